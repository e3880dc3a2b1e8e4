using System.Text;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Reads (Advanced) SubStation Alpha: the dialogue lines of <c>[Events]</c>, whose fields their <c>Format</c> line names.
/// </summary>
internal static class AssReader
{
    private static readonly string[] DefaultFormat =
    [
        "layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text",
    ];

    /// <summary>Whether a file that begins with this line is one.</summary>
    public static bool Reads(string first) => first.StartsWith("[Script Info", StringComparison.OrdinalIgnoreCase)
        || first.StartsWith("[Events]", StringComparison.OrdinalIgnoreCase)
            || first.StartsWith("Dialogue:", StringComparison.OrdinalIgnoreCase);

    /// <summary>The subtitles in the order of the file; comments and drawings are none.</summary>
    public static List<RawCue> Read(List<TextLine> lines, RepairLog repairs, CancellationToken ct)
    {
        var cues = new List<RawCue>();
        var format = DefaultFormat;
        foreach (var line in lines)
        {
            ct.ThrowIfCancellationRequested();
            // Styles have a format of their own, without a text.
            if (Value(line.Text, "Format:") is { } fields && fields.Split(',', StringSplitOptions.TrimEntries) is var named
                && named.Contains("Text", StringComparer.OrdinalIgnoreCase))
                format = [.. named.Select(f => f.ToLowerInvariant())];
            else if (Value(line.Text, "Dialogue:") is { } dialogue)
                Add(line.Number, dialogue.Split(',', format.Length), format, cues, repairs);
        }
        return cues;
    }

    private static void Add(int line, string[] fields, string[] format, List<RawCue> cues, RepairLog repairs)
    {
        if (!new ClockScanner(Field("start"), isVtt: true).TryTime(out var start, out _, out _))
        {
            repairs.Add(line, "left out: no time can be read");
            return;
        }
        var hasEnd = new ClockScanner(Field("end"), isVtt: true).TryTime(out var end, out _, out _);
        var name = CueMarkup.Visible(Field("name").Length > 0 ? Field("name") : Field("actor"));
        var said = CueMarkup.ToLines(Undrawn(Field("text")));
        if (name.Length > 0)
            said = said.ConvertAll(l => l with { Speaker = l.Speaker ?? name });
        cues.Add(new RawCue(line, Math.Max(0, start), hasEnd ? end : double.NaN, said));

        string Field(string of) => Array.IndexOf(format, of) is >= 0 and var i && i < fields.Length ? fields[i] : "";
    }

    // Without override blocks, and without what is drawn while \p is on.
    private static string Undrawn(string text)
    {
        var said = new StringBuilder(text.Length);
        var isDrawn = false;
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            var until = close < 0 ? text.Length : open;
            if (!isDrawn)
                said.Append(text, at, until - at);
            if (close < 0)
                break;
            isDrawn = Draws(text.AsSpan(open + 1, close - open - 1)) ?? isDrawn;
            at = close + 1;
        }
        return said.ToString();
    }

    // \p1 begins a drawing, \p0 ends it; \pos and \pbo are others.
    private static bool? Draws(ReadOnlySpan<char> block)
    {
        bool? draws = null;
        while (block.IndexOf("\\p") is >= 0 and var at)
        {
            block = block[(at + 2)..];
            if (block.Length > 0 && char.IsAsciiDigit(block[0]))
                draws = block[0] != '0';
        }
        return draws;
    }

    private static string? Value(string line, string name)
    {
        var text = line.AsSpan().TrimStart();
        return text.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? text[name.Length..].TrimStart().ToString() : null;
    }
}
