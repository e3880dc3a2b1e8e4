using System.Globalization;
using System.Text;
using System.Xml;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Reads the XML that YouTube serves: <c>timedtext</c> (srv3, srv2), whose times are in milliseconds, and <c>transcript</c> (srv1), whose
/// are in seconds.
/// </summary>
internal static class TimedXmlReader
{
    private static readonly string[] Roots = ["<timedtext", "<transcript>", "<transcript "];

    /// <summary>Whether a text is XML with such a first element.</summary>
    public static bool Reads(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 1024)).TrimStart("\uFEFF\0 \t\r\n");
        if (head.StartsWith("<?xml") && head.IndexOf("?>") is > 0 and var end)
            head = head[(end + 2)..].TrimStart();
        foreach (var root in Roots)
        {
            if (head.StartsWith(root, StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    /// <summary>The subtitles in the order of the file.</summary>
    /// <exception cref="SubtitleFormatException">Elements nest too deep, or the XML is broken before the first subtitle.</exception>
    public static List<RawCue> Read(string text, RepairLog repairs, CancellationToken ct)
    {
        var cues = new List<RawCue>();
        using var xml = SubtitleXml.Open(text);
        try
        {
            while (xml.Read())
            {
                ct.ThrowIfCancellationRequested();
                SubtitleXml.RequireFlat(xml);
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "p" or "text", IsEmptyElement: false })
                    Add(xml, cues, repairs);
            }
        }
        catch (XmlException e) when (cues.Count > 0)
        {
            repairs.Add(Math.Max(1, e.LineNumber), "the XML is broken here; what follows was left out");
        }
        catch (XmlException e)
        {
            throw new SubtitleFormatException(Math.Max(1, e.LineNumber), "the XML is broken");
        }
        return cues;
    }

    private static void Add(XmlReader xml, List<RawCue> cues, RepairLog repairs)
    {
        var line = SubtitleXml.LineOf(xml);
        var start = Time(xml, "t", 1000) ?? Time(xml, "start", 1);
        var length = Time(xml, "d", 1000) ?? Time(xml, "dur", 1);
        var said = Said(xml);
        if (start is not { } from)
            repairs.Add(line, "left out: no time can be read");
        else if (CueMarkup.ToLines(said) is { Count: > 0 } lines)
            cues.Add(new RawCue(line, from, length is { } lasts ? from + lasts : double.NaN, lines));
    }

    // All that stands in the element; what words have of their own is when they are said.
    private static string Said(XmlReader xml)
    {
        var (said, depth) = (new StringBuilder(), xml.Depth);
        while (xml.Read() && xml.Depth > depth)
        {
            SubtitleXml.RequireFlat(xml);
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                said.Append(xml.Value);
        }
        // Of srv1 the entities are written twice, which the lines undo.
        return said.ToString();
    }

    private static double? Time(XmlReader xml, string name, double perSecond) =>
        double.TryParse(xml.GetAttribute(name), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var time)
        && time / perSecond is >= 0 and <= CueTimes.Latest
            ? time / perSecond
            : null;
}
