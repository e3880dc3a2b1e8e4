using AiDub.Domain.Subtitles;

namespace AiDub.Jobs.Dubbing.Steps.Texts;

/// <summary>Reads subtitle files of any encoding and format.</summary>
public static class SubtitleFile
{
    /// <summary>Reads a file away from the caller's thread, which may serve requests.</summary>
    /// <param name="path">The file.</param>
    /// <param name="language">The language that it should be in, as ISO 639-1; null when that is not known.</param>
    /// <param name="ct">Ends the reading.</param>
    /// <returns>What is said, and what was mended or supposed, for a person; empty when nothing was.</returns>
    /// <exception cref="SubtitleFormatException">Nothing can be made of it.</exception>
    public static Task<(IReadOnlyList<TimedText> Texts, string Mended)> ReadAsync(
        string path, string? language, CancellationToken ct) => Task.Run(
        async () =>
        {
            if (new FileInfo(path).Length > SubtitleBytes.MaxBytes)
                throw new SubtitleFormatException(1, "the file is larger than 1 MB");
            var decoded = TextDecoder.Decode(await File.ReadAllBytesAsync(path, ct), language);
            ct.ThrowIfCancellationRequested();
            var reading = SubtitleParser.Read(decoded.Text, ct);
            return (reading.Texts, string.Join("; ", new[] { decoded.Doubt, reading.Summary }.Where(m => !string.IsNullOrEmpty(m))));
        },
        ct);
}
