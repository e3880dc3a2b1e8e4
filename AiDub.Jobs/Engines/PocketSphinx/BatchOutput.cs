using System.Globalization;
using System.Text.RegularExpressions;
using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines.PocketSphinx;

/// <summary>Reads what <c>pocketsphinx_batch</c> writes.</summary>
internal static partial class BatchOutput
{
    /// <summary>
    /// The words of a CTM file (<c>id channel start duration word confidence</c>, times in seconds from the chunk's start) by chunk id.
    /// Lines that are not of this form are passed over.
    /// </summary>
    public static ILookup<string, RecognizedWord> ReadWords(IEnumerable<string> lines) =>
        lines.Select(ReadWord).OfType<(string Id, RecognizedWord Word)>().ToLookup(w => w.Id, w => w.Word);

    /// <summary>The id of the chunk that a line of the log says is done, or null.</summary>
    public static string? ReadFinished(string logLine) =>
        Finished().Match(logLine) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Whether a line of the log says that a chunk could not be read: nothing else is said of it.</summary>
    public static bool IsLeftOut(string logLine) => logLine.StartsWith("ERROR: \"batch.c\"", StringComparison.Ordinal);

    private static (string Id, RecognizedWord Word)? ReadWord(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 6
            || !TryNumber(fields[2], out var start)
            || !TryNumber(fields[3], out var length)
            || !TryNumber(fields[5], out var sure))
            return null;
        return (fields[0], new RecognizedWord(fields[4], start, start + length, Math.Clamp(sure, 0, 1)));
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    // INFO: batch.c(760): c4: 3.61 seconds speech, 0.77 seconds CPU, 0.77 seconds wall
    [GeneratedRegex(@"batch\.c\(\d+\): (\S+): [\d.]+ seconds speech", RegexOptions.NonBacktracking)]
    private static partial Regex Finished();
}
