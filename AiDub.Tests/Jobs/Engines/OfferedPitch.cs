using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Jobs.Media.Audio;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Jobs.Engines;

/// <summary>Whether a voice sounds as it is said to.</summary>
internal static class OfferedPitch
{
    private const string Text = "La casa es grande y el coche es rojo. Mi padre vive en la ciudad.";

    public static async Task AssertAsync(
        EngineHost host, ISynthesizer synthesizer, OfferedVoice offered, string language, string text = Text)
    {
        var (spoken, heard) = (host.PathOf($"{Guid.NewGuid():N}.wav"), host.PathOf($"{Guid.NewGuid():N}.wav"));
        await synthesizer.SpeakAsync(new SpeechRequest(text, language, offered.Name), spoken, default);
        await Tool.FfmpegAsync("-v", "error", "-i", spoken, "-ar", "16000", heard);

        var print = new SegmentVoice().Measure(WavFile.Read(heard).Samples)!;

        Assert.That(print.PitchHz, Is.EqualTo(offered.PitchHz).Within(8).Percent, offered.Name);
        Assert.That(Speaker.GenderOf(print.PitchHz), Is.EqualTo(offered.Gender), offered.Name);
    }
}
