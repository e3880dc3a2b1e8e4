using System.Xml;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>Opens XML of which nothing is believed but its elements and texts.</summary>
/// <remarks>
/// No document type is followed and no entity of its own resolved, so none can grow; elements nest <see cref="Deepest"/> deep at most, for
/// each takes memory until it ends, and have no more attributes than can be read at once.
/// </remarks>
internal static class SubtitleXml
{
    /// <summary>How deep elements may nest.</summary>
    public const int Deepest = 64;

    // The time in which an element is read grows with the square of them.
    private const int MostAttributes = 10_000;

    /// <summary>Opens a text; whoever reads it calls <see cref="RequireFlat"/> on the way.</summary>
    /// <exception cref="SubtitleFormatException">An element has more attributes than any has.</exception>
    public static XmlReader Open(string text)
    {
        RequireFewAttributes(text);
        return XmlReader.Create(
            new StringReader(TtmlEntities.Plain(text)),
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Ignore,
                XmlResolver = null,
                MaxCharactersFromEntities = 1,
                CheckCharacters = false,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
            });
    }

    /// <summary>Throws where elements nest too deep.</summary>
    public static void RequireFlat(XmlReader xml)
    {
        if (xml.Depth > Deepest)
            throw new SubtitleFormatException(LineOf(xml), FormattableString.Invariant($"elements nest more than {Deepest} deep"));
    }

    /// <summary>The line that is read, from 1.</summary>
    public static int LineOf(XmlReader xml) => xml is IXmlLineInfo info ? info.LineNumber : 1;

    // In no value of an attribute stands a '<'.
    private static void RequireFewAttributes(string text)
    {
        var left = MostAttributes;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '<')
                left = MostAttributes;
            else if (text[at] == '=' && --left < 0)
                throw new SubtitleFormatException(1 + text.AsSpan(0, at).Count('\n'), "an element has too many attributes");
        }
    }
}
