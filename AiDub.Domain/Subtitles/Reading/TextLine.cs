namespace AiDub.Domain.Subtitles.Reading;

/// <summary>A line of a file, without its end.</summary>
/// <param name="Number">From 1, as an editor counts.</param>
/// <param name="Text">Without byte order marks and control characters; tabs are spaces.</param>
internal readonly record struct TextLine(int Number, string Text)
{
    private const int MostReturns = 3;

    /// <summary>Whether nothing can be seen in it.</summary>
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    /// <summary>
    /// The lines of a text; LF, CR LF, a lone CR, and CR CR LF, which tools write that translate line ends twice, each end one.
    /// </summary>
    public static List<TextLine> Of(string text, RepairLog repairs, CancellationToken ct)
    {
        var lines = new List<TextLine>();
        var isTold = false;
        for (var at = 0; at <= text.Length;)
        {
            if (lines.Count % 1024 == 0)
                ct.ThrowIfCancellationRequested();
            var length = text.AsSpan(at).IndexOfAny('\r', '\n');
            var end = length < 0 ? text.Length : at + length;
            lines.Add(new TextLine(lines.Count + 1, Clean(text.AsSpan(at, end - at))));
            at = End(text, end);
            if (at - end > 2 && !isTold)
                repairs.Add(lines.Count, "lines end with CR CR LF");
            isTold |= at - end > 2;
        }
        return lines;
    }

    // Where the next line begins. CRs belong to the LF after them, if one is.
    private static int End(string text, int at)
    {
        var after = at;
        while (after < text.Length && text[after] == '\r' && after - at < MostReturns)
            after++;
        return after < text.Length && text[after] == '\n' ? after + 1 : at + 1;
    }

    private static string Clean(ReadOnlySpan<char> line)
    {
        if (!line.ContainsAnyInRange('\0', '\x1F') && !line.Contains('\uFEFF'))
            return line.ToString();
        var clean = new char[line.Length];
        var length = 0;
        foreach (var c in line)
        {
            if (c == '\t' || (char.IsControl(c) && c != '\0'))
                clean[length++] = ' ';
            else if (c is not ('\0' or '\uFEFF'))
                clean[length++] = c;
        }
        return new string(clean, 0, length);
    }
}
