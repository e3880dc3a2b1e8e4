using System.Globalization;

namespace AiDub.Domain.Sources;

/// <summary>An address as people hand it in: copied with what stood around it, or without its scheme.</summary>
public static class SentUrl
{
    private static readonly string[] Pairs = ["\"\"", "''", "``", "<>", "“”", "‘’", "«»", "„“"];

    /// <summary>
    /// The address itself: without white space, characters of no width, quotes and angle brackets around it, and with <c>https://</c>
    /// before <c>www.…</c>, which cannot mean anything else. Nothing inside it is changed.
    /// </summary>
    public static string Clean(string text)
    {
        var inner = text.AsSpan();
        for (var before = -1; before != inner.Length;)
        {
            before = inner.Length;
            while (inner.Length > 0 && IsBlank(inner[0]))
                inner = inner[1..];
            while (inner.Length > 0 && IsBlank(inner[^1]))
                inner = inner[..^1];
            if (inner.Length >= 2 && IsPair(inner[0], inner[^1]))
                inner = inner[1..^1];
        }
        if (inner.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            return $"https://{inner}";
        return inner.Length == text.Length ? text : inner.ToString();
    }

    // Formatting characters are those of no width: joiners, marks of direction, the byte order mark.
    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static bool IsPair(char open, char close) => Array.Exists(Pairs, pair => pair[0] == open && pair[1] == close);
}
