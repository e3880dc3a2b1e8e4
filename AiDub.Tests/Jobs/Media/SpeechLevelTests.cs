using AiDub.Jobs.Media.Audio;

namespace AiDub.Tests.Jobs.Media;

/// <summary>Speech that nobody would look for in what was recorded is brought to where it is found.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SpeechLevelTests : IDisposable
{
    private const string Voice = "sin(2*PI*300*t)";
    private readonly MediaBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [TestCase("0.003*" + Voice, 1, TestName = "Of one channel")]
    [TestCase("0.003*" + Voice, 2, TestName = "Of two channels")]
    [TestCase("0.3+0.003*" + Voice, 1, TestName = "Beside a constant")]
    public async Task What_is_said_very_quietly_is_raised(string sound, int channels)
    {
        var samples = await ExtractAsync(sound, channels);

        Assert.That(samples.Max(s => Math.Abs((int)s)), Is.EqualTo(8192).Within(900));
        Assert.That(samples.Average(s => (double)s), Is.Zero.Within(40));
    }

    [Test]
    public async Task A_constant_that_a_sound_card_adds_is_taken_off()
    {
        var samples = await ExtractAsync("0.3+0.2*" + Voice, 1);

        Assert.That(samples.Average(s => (double)s), Is.Zero.Within(40));
        Assert.That(samples.Max(s => Math.Abs((int)s)), Is.EqualTo(0.2 * 32768).Within(400));
    }

    [Test]
    public async Task A_constant_that_ends_on_the_way_leaves_none_in_what_follows()
    {
        var samples = await ExtractAsync("if(lt(t\\,1)\\,0.3\\,0)+0.1*" + Voice, 1);

        Assert.That(samples.Skip(20_000).Average(s => (double)s), Is.Zero.Within(40));
        Assert.That(samples.Skip(2_000).Take(12_000).Average(s => (double)s), Is.Zero.Within(40));
    }

    [TestCase("0.05*" + Voice, 0.05 * 32768)]
    [TestCase("0.0003*(random(0)-0.5)", 5)]
    [TestCase("0", 0)]
    public async Task What_is_loud_enough_or_is_noise_of_the_last_bits_stays_as_it_is(string sound, double peak)
    {
        var samples = await ExtractAsync(sound, 1);

        Assert.That(samples.Max(s => Math.Abs((int)s)), Is.EqualTo(peak).Within(peak * 0.05 + 1));
    }

    private async Task<short[]> ExtractAsync(string sound, int channels)
    {
        var source = await _bench.MakeAsync("a.mkv", $"-f lavfi -i aevalsrc={sound}:s=48000:d=2 -ac {channels} -c:a pcm_f32le");
        var media = await _bench.ProbeAsync(source);
        await _bench.Extractor.ExtractAsync(source, media, _bench.Path("x.wav"), _bench.Folder, new NoProgress(), default);
        return WavFile.Read(_bench.Path("x.wav")).Samples;
    }
}
