using AiDub.Jobs.Media.Audio;

namespace AiDub.Tests.Jobs.Media;

/// <summary>A telephone's recording, which stores next to nothing while nobody speaks, is heard in its time.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PausedSpeechTests
{
    private const int FramesASecond = 50;
    private const int Silent = 8 * FramesASecond;
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    // How many bytes follow the head of a frame of the highest rate, and of one that describes silence (RFC 4867).
    [TestCase("#!AMR\n", 7, 31, 8, 5)]
    [TestCase("#!AMR-WB\n", 8, 60, 9, 5)]
    public async Task Though_most_of_it_is_silence(string head, int spoken, int spokenBytes, int silent, int silentBytes)
    {
        var (random, source) = (new Random(1), _bench.Path("call.amr"));
        byte[] speech = [.. Enumerable.Range(0, FramesASecond).SelectMany(_ => Frame(spoken, spokenBytes))];
        byte[] silence = [.. Enumerable.Range(0, Silent).SelectMany(i => i % 8 == 0 ? Frame(silent, silentBytes) : Frame(15, 0))];
        await File.WriteAllBytesAsync(source, [.. head.Select(c => (byte)c), .. speech, .. silence, .. speech]);
        var media = await _bench.ProbeAsync(source);

        await _bench.Extractor.ExtractAsync(source, media, _bench.Path("x.wav"), _bench.Folder, new NoProgress(), default);

        var samples = WavFile.Read(_bench.Path("x.wav")).Samples;
        var speechAgain = Array.FindIndex(samples, 8 * 16000, s => Math.Abs((int)s) > 1000) / 16000.0;
        Assert.That(media.DurationSeconds, Is.EqualTo(10).Within(0.05));
        Assert.That(samples[(2 * 16000)..(8 * 16000)], Is.All.Zero);
        Assert.That(speechAgain, Is.EqualTo(9).Within(0.05));

        byte[] Frame(int kind, int bytes)
        {
            var data = new byte[bytes + 1];
            random.NextBytes(data);
            data[0] = (byte)((kind << 3) | 4);
            return data;
        }
    }
}
