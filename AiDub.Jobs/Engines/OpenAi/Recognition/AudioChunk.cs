using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Jobs.Engines.OpenAi.Recognition;

/// <summary>Stretches of a 16 kHz mono 16-bit recording, cut in silences.</summary>
internal static class AudioChunk
{
    public const int BytesPerSecond = 32000;

    private const double LongestBreath = 20;

    /// <summary>The stretches that hold speech, in order, each as long as it may be; pure.</summary>
    /// <param name="levels">What a <see cref="LevelMeter"/> measured.</param>
    /// <param name="heard">Where somebody speaks; null when it is not known.</param>
    /// <param name="longest">In seconds.</param>
    public static IReadOnlyList<AudioSpan> Plan(IReadOnlyList<float> levels, IReadOnlyList<AudioSpan>? heard, double longest)
    {
        var chunks = new List<AudioSpan>();
        foreach (var speech in SpeechSplitter.Split(levels, heard, new SplitRules { MaxChunk = Math.Min(LongestBreath, longest) }))
        {
            if (chunks.Count > 0 && speech.End - chunks[^1].Start <= longest)
                chunks[^1] = new AudioSpan(chunks[^1].Start, speech.End);
            else
                chunks.Add(speech);
        }
        return chunks;
    }

    /// <summary>A stretch as a WAV file.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="span">What of it.</param>
    public static byte[] Cut(string path, AudioSpan span)
    {
        using var recording = WavReader.Open(path);
        recording.Seek(Frames(span.Start));
        var samples = new short[Math.Min(Frames(span.Length), recording.Frames)];
        return new WavFile(recording.SampleRate, samples[..recording.Read(samples)]).ToBytes();
    }

    private static long Frames(double seconds) => (long)Math.Round(seconds * BytesPerSecond / 2);
}
