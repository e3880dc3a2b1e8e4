using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Recognition;

namespace AiDub.Jobs.Engines.WhisperCpp;

/// <summary>Reads what <c>whisper-cli -oj</c> writes; pure.</summary>
/// <param name="Language">As ISO 639-1; null when it says none that there is a code for.</param>
/// <param name="Pieces">What was heard, with times in seconds.</param>
internal sealed partial record WhisperCppOutput(string? Language, IReadOnlyList<RecognizedWord> Pieces)
{
    private const double LeastLength = 0.02;

    /// <summary>Reads the JSON file. It may break characters in two, which become replacement characters.</summary>
    /// <exception cref="JsonException">It is not what whisper-cli writes.</exception>
    public static WhisperCppOutput Parse(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(json));
            var root = document.RootElement;
            return new WhisperCppOutput(
                WhisperLanguages.Find(root.GetProperty("result").GetProperty("language").GetString()),
                [.. root.GetProperty("transcription").EnumerateArray().Select(Piece).Where(p => SpokenText.IsSpeakable(p.Text)
                    && !HeardChunk.IsSoundEffect(p.Text))]);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException("This is not the JSON that whisper-cli writes.", e);
        }
    }

    /// <summary>
    /// The share that is done, 0–1, of a line such as <c>whisper_print_progress_callback: progress = 45%</c>; null for other lines.
    /// </summary>
    public static double? ReadProgress(string line) =>
        Progress().Match(line) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) / 100.0 : null;

    // Offsets are in milliseconds.
    private static RecognizedWord Piece(JsonElement item)
    {
        var offsets = item.GetProperty("offsets");
        var start = Math.Max(0, offsets.GetProperty("from").GetInt64() / 1000.0);
        var end = Math.Max(start + LeastLength, offsets.GetProperty("to").GetInt64() / 1000.0);
        return new RecognizedWord(
            (item.GetProperty("text").GetString() ?? "").Replace("\uFFFD", "", StringComparison.Ordinal).Trim(), start, end);
    }

    [GeneratedRegex(@"progress\s*=\s*(\d{1,3})\s*%", RegexOptions.NonBacktracking)]
    private static partial Regex Progress();
}
