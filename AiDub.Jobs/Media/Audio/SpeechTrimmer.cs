using System.Runtime.InteropServices;
using AiDub.Domain.Audio;

namespace AiDub.Jobs.Media.Audio;

/// <summary>Takes the silence off the ends of spoken segments, a block at a time: speech may be as long as its text makes it.</summary>
public static class SpeechTrimmer
{
    private const int BlockFrames = 1 << 15;

    /// <summary>
    /// Trims a 16-bit PCM mono WAV file of any rate in place; returns how long it now is in seconds, 0 when nothing is said in it.
    /// </summary>
    /// <exception cref="InvalidDataException">It is not such a file.</exception>
    public static async Task<double> TrimAsync(string wav, CancellationToken ct)
    {
        var part = wav + ".trimmed";
        try
        {
            var seconds = await TrimAsync(wav, part, ct);
            File.Move(part, wav, overwrite: true);
            return seconds;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task<double> TrimAsync(string wav, string part, CancellationToken ct)
    {
        using var speech = WavReader.Open(wav);
        var (first, length) = Find(speech, ct);
        await using var trimmed = File.Create(part);
        await trimmed.WriteAsync(WavFile.Head(speech.SampleRate, length), ct);
        speech.Seek(first);
        var block = new short[BlockFrames];
        for (long at = 0; at < length;)
        {
            ct.ThrowIfCancellationRequested();
            var read = speech.Read(block.AsSpan(0, (int)Math.Min(BlockFrames, length - at)));
            for (var i = 0; i < read; i++)
                block[i] = (short)(block[i] * SpeechEdges.Gain(at + i, length, speech.SampleRate));
            trimmed.Write(MemoryMarshal.AsBytes(block.AsSpan(0, read)));
            at += read;
        }
        return (double)length / speech.SampleRate;
    }

    // Where speech begins, and how long it is; nothing of a file that is silent.
    private static (long First, long Length) Find(WavReader speech, CancellationToken ct)
    {
        var peak = 0;
        foreach (var (_, samples) in Blocks(speech, ct))
            peak = Math.Max(peak, SpeechEdges.Peak(samples.Span));
        if (SpeechEdges.Threshold(peak) is not { } threshold)
            return (0, 0);
        var (first, last, end) = (-1L, 0L, 0L);
        foreach (var (at, samples) in Blocks(speech, ct))
        {
            end = at + samples.Length;
            for (var i = 0; i < samples.Length; i++)
            {
                if (Math.Abs((int)samples.Span[i]) < threshold)
                    continue;
                first = first < 0 ? at + i : first;
                last = at + i;
            }
        }
        var margin = SpeechEdges.Margin(speech.SampleRate);
        first = Math.Max(0, first - margin);
        return (first, Math.Min(end - 1, last + margin) + 1 - first);
    }

    private static IEnumerable<(long At, ReadOnlyMemory<short> Samples)> Blocks(WavReader speech, CancellationToken ct)
    {
        speech.Seek(0);
        var block = new short[BlockFrames];
        var at = 0L;
        for (int read; (read = speech.Read(block)) > 0; at += read)
        {
            ct.ThrowIfCancellationRequested();
            yield return (at, block.AsMemory(0, read));
        }
    }
}
