using System.Buffers;
using System.Text;

namespace AiDub.Domain.Sources;

/// <summary>
/// Resolves a <c>Location</c> against the address that it was answered at (RFC 3986, section 5.2), and escapes nothing that is written.
/// </summary>
internal static class UriReference
{
    private const string Blanks = " \t\r\n\f";

    private static readonly SearchValues<char> SchemeLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    /// <summary>The absolute address that a reference means; its fragment may stay.</summary>
    /// <param name="from">An absolute HTTP address, as it was asked for.</param>
    /// <param name="location">The header's bytes, a character each.</param>
    public static string Resolve(Uri from, string location)
    {
        var reference = Decode(location.Trim([.. Blanks]));
        var asked = from.OriginalString;
        var root = asked.IndexOf('/', asked.IndexOf("://", StringComparison.Ordinal) + 3);
        var (authority, target) = root < 0 ? (asked, "/") : (asked[..root], asked[root..]);
        var path = target.Split('?')[0];
        if (HasScheme(reference))
            return reference;
        return reference switch
        {
            "" or ['#', ..] => asked,
            ['\\', ..] => "", // Browsers take it for a host, others for a path: for nothing, then.
            ['/', '/', ..] => $"{from.Scheme}:{reference}",
            ['/', ..] => authority + reference,
            ['?', ..] => authority + path + reference,
            _ => authority + Merge(path, reference),
        };
    }

    // A header is Latin-1 to HTTP, but servers send UTF-8, as browsers take it; bytes that are none are asked for as they came.
    private static string Decode(string location)
    {
        if (!location.Any(c => c > 0x7f) || location.Any(c => c > 0xff))
            return location;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Encoding.Latin1.GetBytes(location));
        }
        catch (DecoderFallbackException)
        {
            return string.Concat(location.Select(c => c > 0x7f ? FormattableString.Invariant($"%{(int)c:X2}") : c.ToString()));
        }
    }

    private static bool HasScheme(string reference)
    {
        var colon = reference.IndexOf(':');
        return colon > 0 && char.IsAsciiLetter(reference[0]) && reference.AsSpan(0, colon).IndexOfAnyExcept(SchemeLetters) < 0;
    }

    private static string Merge(string path, string reference)
    {
        var end = reference.AsSpan().IndexOfAny('?', '#');
        var (relative, rest) = end < 0 ? (reference, "") : (reference[..end], reference[end..]);
        var parts = new List<string>();
        var written = (path[..(path.LastIndexOf('/') + 1)] + relative).Split('/')[1..];
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            if (written[i] is not ("." or ".."))
                parts.Add(written[i]);
            else if (i == written.Length - 1)
                parts.Add("");
        }
        return "/" + string.Join('/', parts) + rest;
    }
}
