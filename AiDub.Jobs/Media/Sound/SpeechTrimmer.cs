using AiDub.Domain.Sound;

namespace AiDub.Jobs.Media.Sound;

/// <summary>Takes the silence off the ends of spoken segments.</summary>
public static class SpeechTrimmer
{
    /// <summary>Trims a 16-bit PCM mono WAV file of any rate in place; returns how long it now is in seconds, 0 when nothing is said in it.</summary>
    /// <exception cref="InvalidDataException">It is not such a file.</exception>
    public static async Task<double> TrimAsync(string wav, CancellationToken ct)
    {
        var speech = WavFile.Read(wav);
        var trimmed = speech with { Samples = SpeechEdges.Trim(speech.Samples, speech.SampleRate) };
        await trimmed.WriteAsync(wav, ct);
        return trimmed.Seconds;
    }
}
