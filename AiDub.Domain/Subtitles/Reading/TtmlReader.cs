using System.Xml;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>Reads TTML, DFXP and IMSC text: the paragraphs of the body, with the times of what they stand in.</summary>
/// <remarks>Where the XML breaks off, what stands before is kept.</remarks>
internal sealed class TtmlReader
{
    private static readonly string[] Roots = ["<tt ", "<tt>", "<tt\n", "<tt\r", ":tt "];

    private readonly RepairLog _repairs;
    private readonly List<RawCue> _cues = [];
    private readonly Dictionary<string, string> _agents = new(StringComparer.Ordinal);
    private readonly Stack<Span> _open = new();
    private TtmlClock _clock = new();
    private TtmlParagraph? _said;
    private string? _agent;
    private int _apart;

    private TtmlReader(RepairLog repairs) => _repairs = repairs;

    /// <summary>Whether a text is XML whose first element is <c>tt</c>.</summary>
    public static bool Reads(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 4096)).TrimStart("\uFEFF\0 \t\r\n");
        return head.Length > 0 && head[0] == '<'
            && Roots.Any(root => text.AsSpan(0, Math.Min(text.Length, 4096)).IndexOf(root) >= 0);
    }

    /// <summary>The subtitles in the order of the file.</summary>
    /// <exception cref="SubtitleFormatException">Elements nest too deep, or the XML is broken before the first subtitle.</exception>
    public static List<RawCue> Read(string text, RepairLog repairs, CancellationToken ct)
    {
        var reader = new TtmlReader(repairs);
        using var xml = SubtitleXml.Open(text);
        try
        {
            while (xml.Read())
            {
                ct.ThrowIfCancellationRequested();
                reader.Take(xml);
            }
        }
        catch (XmlException e) when (reader._cues.Count > 0)
        {
            repairs.Add(Math.Max(1, e.LineNumber), "the XML is broken here; what follows was left out");
        }
        catch (XmlException e)
        {
            throw new SubtitleFormatException(Math.Max(1, e.LineNumber), "the XML is broken");
        }
        return reader._cues.ConvertAll(c => c with { Lines = [.. c.Lines.Select(reader.Named)] });
    }

    private CueLine Named(CueLine line) => line.Speaker is { } id ? line with { Speaker = _agents.GetValueOrDefault(id, id) } : line;

    private void Take(XmlReader xml)
    {
        switch (xml.NodeType)
        {
            case XmlNodeType.Element:
                Begin(xml);
                if (xml.IsEmptyElement)
                    End(xml.LocalName);
                break;
            case XmlNodeType.EndElement:
                End(xml.LocalName);
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                if (_apart > 0)
                    Name(xml.Value);
                else
                    _said?.Add(_open.Peek().KeepsSpace ? xml.Value : xml.Value.Replace('\n', ' ').Replace('\r', ' '));
                break;
        }
    }

    private void Begin(XmlReader xml)
    {
        SubtitleXml.RequireFlat(xml);
        var isRoot = _open.Count == 0;
        var outer = isRoot ? new Span(0, 0, double.PositiveInfinity, false, null) : _open.Peek();
        if (isRoot)
            _clock = TtmlClock.Of(xml);
        var keeps = xml.GetAttribute("xml:space") is { } space ? space == "preserve" : outer.KeepsSpace;
        var span = Timed(xml, outer) with
        {
            KeepsSpace = keeps,
            Agent = Attribute(xml, "agent") ?? outer.Agent,
            IsSequence = xml.GetAttribute("timeContainer") == "seq",
        };
        _open.Push(span);
        if (xml.LocalName is "metadata" or "head" or "agent" || _apart > 0 || IsReading(xml))
            _apart++;
        if (xml.LocalName == "agent")
            _agent = xml.GetAttribute("xml:id");
        if (xml.LocalName == "p" && _apart == 0)
            _said = new TtmlParagraph();
        else if (xml.LocalName == "br")
            _said?.Add("\n");
        else if (span.HasTimes && xml.LocalName == "span" && _apart == 0)
            _said?.Open(span.Begin, span.End);
    }

    // What stands above or beside other text and says how that is read.
    private static bool IsReading(XmlReader xml) =>
        xml.LocalName == "span" && Attribute(xml, "ruby") is "text" or "textContainer" or "delimiter";

    private void End(string name)
    {
        var closed = _open.Pop();
        if (_open.Count > 0)
            _open.Peek().Follow(closed);
        if (_apart > 0)
        {
            _apart--;
            return;
        }
        if (closed.HasTimes && name == "span")
            _said?.Close();
        if (name != "p" || _said is not { } said)
            return;
        _said = null;
        foreach (var (begin, end, text) in said.Parts(closed.Begin, closed.End))
        {
            var lines = CueMarkup.Split(text, closed.Line)
                .Select(CueMarkup.Visible)
                .Where(l => l.Length > 0)
                .Select(l => new CueLine(l, closed.Agent))
                .ToList();
            if (lines.Count > 0 && double.IsNaN(begin))
                _repairs.Add(closed.Line, "left out: no time can be read");
            else if (lines.Count > 0)
                _cues.Add(new RawCue(closed.Line, Math.Max(0, begin), double.IsPositiveInfinity(end) ? double.NaN : end, lines));
        }
    }

    // What an element says of its time is relative to what it stands in, and in a sequence to what stands before it; of end and duration
    // the earlier counts.
    private Span Timed(XmlReader xml, Span outer)
    {
        var from = outer.IsSequence ? outer.Latest : outer.Begin;
        var begin = Time("begin", 0);
        var end = Math.Min(Time("end", double.PositiveInfinity), begin + Time("dur", double.PositiveInfinity));
        return new Span(SubtitleXml.LineOf(xml), from + begin, Math.Min(outer.End, from + end), false, null)
        {
            HasTimes = outer.IsSequence || begin != 0 || !double.IsPositiveInfinity(end),
            HasEnd = !double.IsPositiveInfinity(end),
            Latest = from + begin,
        };

        double Time(string name, double none) => xml.GetAttribute(name) is { } text ? _clock.Parse(text) : none;
    }

    private void Name(string text)
    {
        if (_agent is not null && !string.IsNullOrWhiteSpace(text) && _agents.Count < 1000)
            _agents.TryAdd(_agent, CueMarkup.Visible(text).Trim());
    }

    private static string? Attribute(XmlReader xml, string name)
    {
        for (var has = xml.MoveToFirstAttribute(); has; has = xml.MoveToNextAttribute())
        {
            if (xml.LocalName != name)
                continue;
            var value = xml.Value;
            xml.MoveToElement();
            return value;
        }
        xml.MoveToElement();
        return null;
    }

    private sealed record Span(int Line, double Begin, double End, bool KeepsSpace, string? Agent)
    {
        public bool IsSequence { get; init; }

        public bool HasTimes { get; init; }

        public bool HasEnd { get; init; }

        // When the last of what stands in it so far is over.
        public double Latest { get; set; }

        public void Follow(Span inner)
        {
            var over = inner.HasEnd ? inner.End : inner.Latest;
            if (over > Latest)
                Latest = over;
        }
    }
}
