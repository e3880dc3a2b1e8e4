using AiDub.Domain.Audio;
using AiDub.Domain.Speech;

namespace AiDub.Tests.Domain.Audio;

public sealed class VoiceMixTests
{
    private const int Rate = 48000;
    private static readonly AudioSpan[] Spoken = [new(2, 5), new(7, 9)];

    [TestCase(0.3, 0.05, 0.5, TestName = "Quiet background under a loud voice")]
    [TestCase(0.1, 0.15, 0.02, TestName = "Loud background under a quiet voice")]
    [TestCase(0.01, 0.001, 0.9, TestName = "A quiet source and a loud voice")]
    [TestCase(0.5, 0.2, 0.1, TestName = "A loud source")]
    public void The_mix_is_as_loud_as_the_source(double speech, double background, double voice)
    {
        var (source, mix, _) = Dub(speech, background, voice, Spoken, Spoken);

        Assert.That(mix.ResultLufs, Is.EqualTo(source).Within(0.8));
        Assert.That(mix.TruePeakDbtp, Is.LessThan(-1.3));
    }

    [Test]
    public void Speech_that_is_rare_is_not_made_to_carry_the_whole()
    {
        AudioSpan[] rare = [new(4, 4.5)];

        var (_, _, gain) = Dub(0.2, 0.19, 0.2, rare, rare);

        Assert.That(20 * Math.Log10(gain), Is.InRange(-9, 9));
    }

    [Test]
    public void A_voice_over_silence_is_at_broadcast_level()
    {
        var (source, mix, _) = Dub(0, 0, 0.01, [], Spoken);

        Assert.That(source, Is.Null);
        Assert.That(mix.ResultLufs, Is.EqualTo(-23).Within(1));
    }

    [TestCase(0.0001, TestName = "A voice over what a codec makes of silence is as loud as the whole")]
    [TestCase(0.005, TestName = "A voice over faint noise is as loud as the whole")]
    public void A_voice_where_nobody_spoke_is_as_loud_as_the_whole(double noise)
    {
        AudioSpan[] spoken = [new(2, 4)];

        var (source, mix, gain) = Dub(0.2, noise, 0.2, spoken, spoken, [new(6, 10)]);

        Assert.That(20 * Math.Log10(gain), Is.InRange(-3, 3));
        Assert.That(mix.ResultLufs, Is.EqualTo(source).Within(1));
    }

    [Test]
    public void Without_a_voice_the_source_stays_as_it_is()
    {
        var (source, mix, gain) = Dub(0.2, 0.1, 0.2, [], []);

        Assert.That(gain, Is.EqualTo(1));
        Assert.That(mix.ResultLufs, Is.EqualTo(source).Within(0.001));
    }

    private static (double? SourceLufs, VoiceMixer Mix, double Gain) Dub(
        double speechLevel, double backgroundLevel, double voiceLevel, AudioSpan[] spoken, AudioSpan[] dubbed, AudioSpan[]? loud = null)
    {
        var source = Tones.Noise(backgroundLevel, 12, 1);
        Lay(source, Tones.Noise(speechLevel, 12, 2), loud ?? spoken);
        var voice = new float[source.Length];
        Lay(voice, Tones.Noise(voiceLevel, 12, 3), dubbed);
        var analyzer = new MixAnalyzer(Rate, 1, new LoweringPlan(1, Rate, spoken, dubbed, new MixOptions()));
        analyzer.Add(source, voice);
        var gain = analyzer.VoiceGain();
        var mixer = new VoiceMixer(Rate, analyzer.Lowered(), gain, -1.5);
        for (var at = 0; at < source.Length; at += 4801)
        {
            var count = Math.Min(4801, source.Length - at);
            mixer.Mix(source.AsSpan(at, count), voice.AsSpan(at, count));
        }
        mixer.Mix(new float[mixer.Delay], new float[mixer.Delay]);
        return (analyzer.SourceLufs, mixer, gain);
    }

    private static void Lay(float[] track, float[] sound, AudioSpan[] where)
    {
        foreach (var (start, end) in where)
        {
            for (var n = (int)(start * Rate); n < (int)(end * Rate); n++)
                track[n] += sound[n];
        }
    }
}
