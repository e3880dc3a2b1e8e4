using AiDub.Domain.Subtitles;

namespace AiDub.Jobs.Dubbing.Steps.Texts;

/// <summary>Reads subtitle files of any encoding and format.</summary>
public static class SubtitleFile
{
    // The largest take up to two hundred MB of memory while they are read.
    private const int Large = 1 << 20;
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    /// <summary>Reads a file away from the caller's thread, which may serve requests.</summary>
    /// <param name="path">The file.</param>
    /// <param name="language">The language that it should be in, as ISO 639-1; null when that is not known.</param>
    /// <param name="isPaired">Whether its subtitles are to answer those of another file, one to one.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="SubtitleFormatException">Nothing can be made of it.</exception>
    public static async Task<ReadText> ReadAsync(
        string path, string? language, bool isPaired, CancellationToken ct)
    {
        var bytes = new FileInfo(path).Length;
        if (bytes > SubtitleBytes.MaxBytes)
            throw new SubtitleFormatException(1, "the file is larger than 8 MB");
        if (bytes <= Large)
            return await Task.Run(() => Read(path, language, isPaired, ct), ct);
        await OneAtATime.WaitAsync(ct);
        try
        {
            return await Task.Run(() => Read(path, language, isPaired, ct), ct);
        }
        finally
        {
            // Arrays of such a size are kept for long otherwise, though they are needed no more.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            OneAtATime.Release();
        }
    }

    private static ReadText Read(
        string path, string? language, bool isPaired, CancellationToken ct)
    {
        var decoded = TextDecoder.Decode(File.ReadAllBytes(path), language);
        ct.ThrowIfCancellationRequested();
        var reading = SubtitleParser.Read(decoded.Text, isPaired, ct);
        var mended = string.Join("; ", new[] { decoded.Doubt, reading.Summary }.Where(m => !string.IsNullOrEmpty(m)));
        return new ReadText(reading.Texts, mended, reading.SupposedRate);
    }
}

/// <summary>A subtitle file as it was read.</summary>
/// <param name="Texts">What is said.</param>
/// <param name="Mended">What was mended or supposed, for a person; empty when nothing was.</param>
/// <param name="SupposedRate">How many frames were supposed to make a second, where it counts in them and does not say.</param>
public sealed record ReadText(IReadOnlyList<TimedText> Texts, string Mended, double? SupposedRate);
