using System.Net;
using System.Text.RegularExpressions;
using AiDub.Domain.Speech;

namespace AiDub.Domain.Subtitles;

/// <summary>What the lines of a subtitle say, without how they look.</summary>
internal static partial class CueMarkup
{
    /// <summary>The lines as one, tags and positions left out and entities decoded; empty when nothing is left.</summary>
    public static string ToPlain(IEnumerable<string> lines)
    {
        var bare = Markup().Replace(string.Join('\n', lines), "");
        var read = WebUtility.HtmlDecode(bare).Split('\n').Select(line => Dash().Replace(Invisible().Replace(line, " "), "").Trim());
        return Prose.Join(Prose.Join(read).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Who the first WebVTT voice tag names, or null.</summary>
    public static string? Speaker(IEnumerable<string> lines)
    {
        var name = lines.Select(line => Voice().Match(line)).FirstOrDefault(match => match.Success)?.Groups["name"].Value;
        return string.IsNullOrWhiteSpace(name) ? null : WebUtility.HtmlDecode(name).Trim();
    }

    // Tags of both formats, WebVTT's times within a line, SubRip's {\an8}; what a ruby text spells is in the text already. A bare < stays.
    [GeneratedRegex(@"<rt>[^<]*(</rt>)?|</?[A-Za-z][^<>]*>|</?>|<[0-9:.]+>|\{\\[^{}]*\}")]
    private static partial Regex Markup();

    [GeneratedRegex(@"<v(\.[^\s<>]*)?\s+(?<name>[^<>]*)>", RegexOptions.ExplicitCapture)]
    private static partial Regex Voice();

    // Of two who speak at once each has a line that begins with a dash.
    [GeneratedRegex(@"^\s*[-‐–—]\s+")]
    private static partial Regex Dash();

    [GeneratedRegex(@"[\p{Cc}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\s]")]
    private static partial Regex Invisible();
}
