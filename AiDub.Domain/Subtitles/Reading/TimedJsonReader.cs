using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Reads the JSON of programs that recognise speech: Whisper's <c>segments</c>, <c>transcription</c> of whisper.cpp, <c>results</c> of AWS
/// Transcribe, <c>events</c> of YouTube (json3), and lists of <c>start</c>, <c>end</c> or <c>duration</c>, and <c>text</c>.
/// </summary>
internal static partial class TimedJsonReader
{
    private const int HalfLength = 6;

    /// <summary>Whether a text is JSON: an object, or a list of objects.</summary>
    public static bool Reads(string text)
    {
        var head = text.AsSpan().TrimStart("\uFEFF\0 \t\r\n");
        return head.Length > 1 && ((head[0] == '{' && head[1..].TrimStart() is ['"', ..])
            || (head[0] == '[' && head[1..].TrimStart() is ['{', ..]));
    }

    /// <summary>The subtitles in order.</summary>
    /// <exception cref="SubtitleFormatException">The JSON is broken, or none of those that are known.</exception>
    public static List<RawCue> Read(string text, RepairLog repairs, CancellationToken ct)
    {
        try
        {
            var root = Root(Encoding.UTF8.GetBytes(Plain(text)));
            ct.ThrowIfCancellationRequested();
            return Cues(root, repairs);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            var line = e is JsonException { LineNumber: { } number } ? (int)number + 1 : 1;
            throw new SubtitleFormatException(line, "the JSON is broken");
        }
    }

    // An element that is read by itself is given up with what it stands for; a document would keep arrays of the largest size for later.
    private static JsonElement Root(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        var root = JsonElement.ParseValue(ref reader);
        // What follows is refused by reading it.
        reader.Read();
        return root;
    }

    // Python writes what is no number as names that JSON does not have, within texts they are words; and programs that cut texts by their
    // length write half an emoji.
    private static string Plain(string text)
    {
        text = text.TrimStart('\uFEFF', '\0', ' ', '\t', '\r', '\n').TrimEnd('\0');
        if (text.Contains("NaN", StringComparison.Ordinal) || text.Contains("Infinity", StringComparison.Ordinal))
            text = TextOrNoNumber().Replace(text, found => found.ValueSpan[0] == '"' ? found.Value : "null");
        return text.Contains(@"\ud", StringComparison.OrdinalIgnoreCase)
            ? EscapeOrHalf().Replace(text, found => found.Length == HalfLength ? "" : found.Value)
            : text;
    }

    private static List<RawCue> Cues(JsonElement root, RepairLog repairs)
    {
        if (root.ValueKind == JsonValueKind.Array)
            return Segments(root, repairs);
        if (List(root, "events") is { } events)
            return Events(events, repairs);
        if (List(root, "segments") is { } segments)
            return Segments(segments, repairs);
        if (List(root, "transcription") is { } transcription)
            return Segments(transcription, repairs);
        if (root.TryGetProperty("results", out var results) && results.ValueKind == JsonValueKind.Object)
        {
            if (List(results, "audio_segments") is { } spoken)
                return Segments(spoken, repairs);
            if (List(results, "items") is { } items)
                return SpokenItems.Read(items);
        }
        throw OtherFormat.Refusal("JSON of a kind that is not known");
    }

    private static List<RawCue> Segments(JsonElement list, RepairLog repairs)
    {
        var cues = new List<RawCue>();
        foreach (var (item, number) in list.EnumerateArray().Select((item, i) => (item, i + 1)))
        {
            if (item.ValueKind != JsonValueKind.Object || (Text(item, "text") ?? Text(item, "transcript")) is not { } said)
                continue;
            if (item.TryGetProperty("translation", out _))
                throw new SubtitleFormatException(1, "each segment has a text and a translation: give one of them, as SubRip or WebVTT");
            var (start, end) = Times(item);
            if (start is not { } from)
                repairs.Add(number, "left out: no time can be read");
            else if (CueMarkup.ToLines(said) is { Count: > 0 } lines)
                cues.Add(new RawCue(number, from, end ?? double.NaN, Spoken(lines, Text(item, "speaker") ?? Text(item, "speaker_label"))));
        }
        return cues;
    }

    private static (double? Start, double? End) Times(JsonElement item)
    {
        if (item.TryGetProperty("offsets", out var offsets) && offsets.ValueKind == JsonValueKind.Object)
            return (Number(offsets, "from", 1000), Number(offsets, "to", 1000));
        var start = Number(item, "start") ?? Number(item, "start_time");
        var end = Number(item, "end") ?? Number(item, "end_time");
        return (start, end ?? start + (Number(item, "duration") ?? Number(item, "dur")));
    }

    private static List<RawCue> Events(JsonElement events, RepairLog repairs)
    {
        var cues = new List<RawCue>();
        foreach (var (item, number) in events.EnumerateArray().Select((item, i) => (item, i + 1)))
        {
            // Others say where on the screen the text stands.
            if (item.ValueKind != JsonValueKind.Object || List(item, "segs") is not { } parts)
                continue;
            var lines = CueMarkup.ToLines(string.Concat(parts.EnumerateArray().Select(part => Text(part, "utf8"))));
            var start = Number(item, "tStartMs", 1000);
            if (lines.Count > 0 && start is { } from)
                cues.Add(new RawCue(number, from, from + Number(item, "dDurationMs", 1000) ?? double.NaN, lines));
            else if (lines.Count > 0)
                repairs.Add(number, "left out: no time can be read");
        }
        return cues;
    }

    /// <summary>The lines, said by somebody where that is known.</summary>
    internal static List<CueLine> Spoken(List<CueLine> lines, string? speaker) =>
        string.IsNullOrWhiteSpace(speaker) ? lines : lines.ConvertAll(l => l with { Speaker = l.Speaker ?? CueMarkup.Visible(speaker) });

    /// <summary>A text of an object; null where there is none.</summary>
    internal static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A time of an object in seconds, as a number or as a text of one; null where there is none that is believed.</summary>
    internal static double? Number(JsonElement item, string name, double perSecond = 1)
    {
        if (!item.TryGetProperty(name, out var value))
            return null;
        var isNumber = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out _),
            JsonValueKind.String => true,
            _ => false,
        };
        var written = value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
        return isNumber && double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number / perSecond is >= 0 and <= CueTimes.Latest
                ? number / perSecond
                : null;
    }

    // Other escapes have two characters, whole pairs twelve.
    [GeneratedRegex(@"\\[^u]|\\u[Dd][89ABab]..\\u[Dd][C-Fc-f]..|\\u[Dd][89A-Fa-f]..", RegexOptions.NonBacktracking)]
    private static partial Regex EscapeOrHalf();

    // A text that does not end goes on to the end.
    [GeneratedRegex("""
        "(\\.|[^"\\])*"?|NaN|-?Infinity
        """, RegexOptions.Singleline | RegexOptions.NonBacktracking)]
    private static partial Regex TextOrNoNumber();

    private static JsonElement? List(JsonElement item, string name) =>
        item.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list : null;
}
