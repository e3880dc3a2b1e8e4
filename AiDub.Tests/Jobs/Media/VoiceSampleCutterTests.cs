using AiDub.Domain.Media;
using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Tests.Jobs.Media;

public sealed class VoiceSampleCutterTests
{
    private const int Rate = 24000;
    private MediaBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new MediaBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [Test]
    public async Task A_voice_is_made_of_where_the_speaker_is_heard_most_clearly()
    {
        // Beside noise for 15 s, then clearly for 15 and 20: the last of these to its tenth second.
        var source = await SourceAsync((0, 15, 200, 0.2), (20, 35, 300, 0.001), (40, 60, 400, 0.0005));

        var voice = await CutAsync(source, [new(0, 15), new(20, 35), new(40, 60)]);

        Assert.That(voice.Seconds, Is.EqualTo(30).Within(0.03));
        Assert.That((Pitch(voice, 1), Pitch(voice, 9), Pitch(voice, 11), Pitch(voice, 29)), Is.EqualTo((300, 300, 400, 400)));
    }

    [Test]
    public async Task Of_a_long_source_only_what_lies_before_the_last_stretch_is_read()
    {
        var source = await SourceAsync((0, 4, 200, 0.001), (1790, 1800, 300, 0.001));
        var media = Media();

        var arguments = VoiceSampleCutter.Arguments(source, media, [new(0, 4)], _bench.Path("voice.wav"));

        Assert.That(arguments.TakeWhile(a => a != "-i"), Does.Contain("-t").And.Contain("9.000"));
        Assert.That((await CutAsync(source, [new(0, 4)])).Seconds, Is.EqualTo(4).Within(0.001));
    }

    private static SourceMedia Media() =>
        new() { Container = Container.M4a, DurationSeconds = 60, Audio = new AudioStream(0, "pcm_s16le", 1) };

    private async Task<WavFile> CutAsync(string source, IReadOnlyList<AudioSpan> spans)
    {
        var wav = _bench.Path("voice.wav");
        await new VoiceSampleCutter(_bench.Tools).CutAsync(source, Media(), spans, wav, _bench.Folder, default);
        return WavFile.Read(wav);
    }

    // Tones that come and go, as syllables do, each of its own pitch and beside noise of its own level; silence between.
    private async Task<string> SourceAsync(params (double From, double To, int Hz, double Noise)[] parts)
    {
        var random = new Random(1);
        var samples = new short[(int)(parts[^1].To * Rate)];
        foreach (var (from, to, hz, noise) in parts)
        {
            for (var i = (int)(from * Rate); i < (int)(to * Rate); i++)
            {
                var tone = i % (Rate / 2) < Rate / 3 ? 0.3 * Math.Sin(2 * Math.PI * hz * i / Rate) : 0;
                samples[i] = (short)(32767 * Math.Clamp(tone + (noise * (random.NextDouble() - 0.5)), -1, 1));
            }
        }
        await new WavFile(Rate, samples).WriteAsync(_bench.Path("source.wav"), default);
        return _bench.Path("source.wav");
    }

    // Of what is heard in a second, by how often the sign changes where it is loud; to the next hundred Hz.
    private static int Pitch(WavFile wav, double at)
    {
        var loud = wav.Samples[(int)(at * Rate)..(int)((at + 1) * Rate)];
        var crossings = Enumerable.Range(1, loud.Length - 1)
            .Where(i => loud[i - 1] < 0 && loud[i] >= 0 && loud[i..].Take(20).Any(s => s > 3000));
        return (int)Math.Round(crossings.Count() * 1.5 / 100) * 100;
    }
}
