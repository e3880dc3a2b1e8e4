using AiDub.Domain.Audio;
using AiDub.Tests.Jobs.Engines.PocketSphinx;

namespace AiDub.Tests.Domain.Audio;

public sealed class SpeechDownmixTests
{
    private const int Rate = Recordings.Rate;
    private const int Seconds = 14;
    private static readonly float[] Voice = [.. Recordings.ReadByAPerson().Samples[..(Seconds * Rate)].Select(s => s / 32768f)];
    private static readonly float[] Music = [.. Recordings.Music(Seconds).Select(s => s / 65536f)];
    private static readonly float[] Silence = new float[Seconds * Rate];

    // The channels as what is in each: v voice, m music, - nothing, ~ the voice turned over, h the voice at half.
    [TestCase("vv", null, 30)]
    [TestCase("v~", null, 30)]
    [TestCase("~v", null, 30)]
    [TestCase("v-", null, 30)]
    [TestCase("-v", null, 30)]
    [TestCase("vm", null, 30, TestName = "A voice in one channel and music in the other")]
    [TestCase("hv", null, 30)]
    [TestCase("mmv-mm", "5.1", 12, TestName = "A voice in the centre of a film, music around it")]
    [TestCase("vv----", "5.1(side)", 30, TestName = "A film whose centre is empty")]
    [TestCase("---v", null, 30, TestName = "A camera with a microphone on the fourth channel")]
    [TestCase("m-vm", "quad", 30)]
    public void The_voice_is_heard_whatever_channels_it_is_in(string channels, string? layout, double leastDb)
    {
        var mono = Mix([.. channels.Select(Sound)], layout);

        Assert.That(mono, Has.Length.EqualTo(Voice.Length));
        Assert.That(VoiceToRestDb(mono), Is.GreaterThan(leastDb));
    }

    [Test]
    public void A_voice_that_is_hidden_at_the_sides_is_heard()
    {
        var (left, right) = (Music.Zip(Voice, (m, v) => m + (v / 2)).ToArray(), Music.Zip(Voice, (m, v) => m - (v / 2)).ToArray());

        Assert.That(VoiceToRestDb(Mix([left, right], "stereo")), Is.GreaterThan(20));
    }

    [Test]
    public void What_changes_within_the_sound_is_followed()
    {
        var right = Voice.Select((v, i) => i < Voice.Length / 2 ? -v : v).ToArray();

        var mono = Mix([Voice, right], "stereo");

        foreach (var third in new[] { new Range(0, Voice.Length / 3), new Range(Voice.Length * 2 / 3, Voice.Length) })
            Assert.That(mono[third].Sum(s => s * s), Is.GreaterThan(0.9 * Voice[third].Sum(s => s * s)));
    }

    [Test]
    public void Stereo_as_it_should_be_is_its_mean() =>
        Assert.That(Mix([Voice, [.. Voice.Select(v => v * 0.5f)]], "stereo"), Is.EqualTo(Voice.Select(v => v * 0.75f)).Within(1e-6));

    [TestCase("5.1", 6, 2, 3)]
    [TestCase("5.1(side)", 6, 2, 3)]
    [TestCase("7.1", 8, 2, 3)]
    [TestCase("3.0", 3, 2, null)]
    [TestCase("5.0", 5, 2, null)]
    [TestCase("quad", 4, null, null)]
    [TestCase("stereo", 2, null, null)]
    [TestCase(null, 6, null, null)]
    public void The_places_of_channels_come_from_the_layout(string? layout, int count, int? centre, int? bass) =>
        Assert.That(ChannelPlaces.Of(layout, count), Is.EqualTo(new ChannelPlaces(count, centre, bass)));

    private static float[] Sound(char what) => what switch
    {
        'v' => Voice,
        'h' => [.. Voice.Select(v => v / 2)],
        '~' => [.. Voice.Select(v => -v)],
        'm' => Music,
        _ => Silence,
    };

    private static float[] Mix(float[][] channels, string? layout)
    {
        var (mono, frames) = (new List<float>(), new float[channels.Length * channels[0].Length]);
        for (var i = 0; i < frames.Length; i++)
            frames[i] = channels[i % channels.Length][i / channels.Length];
        var downmix = new SpeechDownmix(ChannelPlaces.Of(layout, channels.Length), Rate);
        // In blocks of an odd size, as they come from a pipe.
        for (var at = 0; at < frames.Length; at += 1001 * channels.Length)
            downmix.Add(frames.AsSpan(at, Math.Min(1001 * channels.Length, frames.Length - at)), mono.AddRange);
        downmix.Finish(mono.AddRange);
        return [.. mono];
    }

    // The power of the voice in a sound to that of all else: what is left when the voice is taken out by least squares.
    private static double VoiceToRestDb(float[] mono)
    {
        var gain = mono.Zip(Voice, (s, v) => (double)s * v).Sum() / Voice.Sum(v => (double)v * v);
        var rest = mono.Zip(Voice, (s, v) => s - (gain * v)).Sum(r => r * r);
        return 10 * Math.Log10(gain * gain * Voice.Sum(v => (double)v * v) / (rest + 1e-12));
    }
}
