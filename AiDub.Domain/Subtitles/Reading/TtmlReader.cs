using System.Text;
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
    private StringBuilder? _said;
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
                    _said?.Append(_open.Peek().KeepsSpace ? xml.Value : xml.Value.Replace('\n', ' ').Replace('\r', ' '));
                break;
        }
    }

    private void Begin(XmlReader xml)
    {
        SubtitleXml.RequireFlat(xml);
        var outer = _open.Count > 0 ? _open.Peek() : new Span(0, 0, double.PositiveInfinity, false, null);
        var isRoot = _open.Count == 0;
        if (isRoot)
            _clock = TtmlClock.Of(xml);
        var (begin, end) = _said is null ? Times(xml, outer) : (outer.Begin, outer.End);
        var keeps = xml.GetAttribute("xml:space") is { } space ? space == "preserve" : outer.KeepsSpace;
        _open.Push(new Span(SubtitleXml.LineOf(xml), begin, end, keeps, Attribute(xml, "agent") ?? outer.Agent));
        if (xml.LocalName == "metadata" || xml.LocalName == "head" || xml.LocalName == "agent" || _apart > 0)
            _apart++;
        if (xml.LocalName == "agent")
            _agent = xml.GetAttribute("xml:id");
        if (xml.LocalName == "p" && _apart == 0)
            _said = new StringBuilder();
        else if (xml.LocalName == "br")
            _said?.Append('\n');
    }

    private void End(string name)
    {
        var closed = _open.Pop();
        if (_apart > 0)
        {
            _apart--;
            return;
        }
        if (name != "p" || _said is not { } said)
            return;
        _said = null;
        var lines = CueMarkup.Split(said.ToString(), closed.Line)
            .Select(CueMarkup.Visible)
            .Where(l => l.Length > 0)
            .Select(l => new CueLine(l, closed.Agent))
            .ToList();
        if (lines.Count > 0 && double.IsNaN(closed.Begin))
            _repairs.Add(closed.Line, "left out: no time can be read");
        else if (lines.Count > 0)
            _cues.Add(
                new RawCue(closed.Line, Math.Max(0, closed.Begin), double.IsPositiveInfinity(closed.End) ? double.NaN : closed.End, lines));
    }

    // What an element says of its time is relative to what it stands in; of end and duration the earlier counts.
    private (double Begin, double End) Times(XmlReader xml, Span outer)
    {
        var begin = Time("begin", 0);
        var end = Math.Min(Time("end", double.PositiveInfinity), begin + Time("dur", double.PositiveInfinity));
        return (outer.Begin + begin, Math.Min(outer.End, outer.Begin + end));

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

    private sealed record Span(int Line, double Begin, double End, bool KeepsSpace, string? Agent);
}
