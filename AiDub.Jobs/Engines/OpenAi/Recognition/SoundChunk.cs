using System.Buffers.Binary;
using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines.OpenAi.Recognition;

/// <summary>Stretches of a 16 kHz mono 16-bit recording, cut in silences.</summary>
internal static class SoundChunk
{
    public const int BytesPerSecond = 32000;

    private const int HeadBytes = 44;
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
    /// <param name="dataOffset">Where its samples begin.</param>
    /// <param name="span">What of it.</param>
    /// <param name="ct">Ends the reading.</param>
    public static async Task<byte[]> CutAsync(string path, int dataOffset, AudioSpan span, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        var from = Math.Min(file.Length, dataOffset + Bytes(span.Start));
        var length = (int)Math.Min(Bytes(span.Length), file.Length - from);
        var wav = new byte[HeadBytes + length];
        file.Position = from;
        await file.ReadExactlyAsync(wav.AsMemory(HeadBytes), ct);
        WriteHead(wav, length);
        return wav;
    }

    private static long Bytes(double seconds) => (long)Math.Round(seconds * BytesPerSecond / 2) * 2;

    private static void WriteHead(Span<byte> wav, int dataBytes)
    {
        "RIFF"u8.CopyTo(wav);
        BinaryPrimitives.WriteInt32LittleEndian(wav[4..], wav.Length - 8);
        "WAVEfmt "u8.CopyTo(wav[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(wav[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(wav[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(wav[24..], BytesPerSecond / 2);
        BinaryPrimitives.WriteInt32LittleEndian(wav[28..], BytesPerSecond);
        BinaryPrimitives.WriteInt16LittleEndian(wav[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(wav[34..], 16);
        "data"u8.CopyTo(wav[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(wav[40..], dataBytes);
    }
}
