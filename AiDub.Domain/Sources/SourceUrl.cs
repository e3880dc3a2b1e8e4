using System.Text;

namespace AiDub.Domain.Sources;

/// <summary>An address that a source may have: absolute, HTTP or HTTPS. Its path and query reach the server as they were written.</summary>
public sealed record SourceUrl
{
    /// <summary>How long an address may be, in characters: those that are signed by credentials of a session pass 2000.</summary>
    public const int MaxLength = 4096;

    // Servers sign what they redirect to at greater length.
    private const int MaxRedirectLength = 8192;

    private SourceUrl(string text, Uri uri, string hostAndPort) => (Text, Uri, HostAndPort) = (text, uri, hostAndPort);

    /// <summary>The address as it was written, without what stood around it.</summary>
    public string Text { get; }

    /// <summary>
    /// What is asked of the server: <see cref="Text"/> without its fragment, spaces and letters beyond ASCII escaped, all else untouched.
    /// </summary>
    public Uri Uri { get; }

    /// <summary>Host and port as written, in lower case; the scheme's port when none is: <c>example.com:443</c>, <c>[::1]:80</c>.</summary>
    public string HostAndPort { get; }

    /// <summary>
    /// Reads an address, without what <see cref="SentUrl.Clean"/> takes off; false when it is not absolute HTTP(S), names a user, holds
    /// control characters or is too long.
    /// </summary>
    public static bool TryParse(string? text, out SourceUrl? address)
    {
        address = null;
        return text is not null && TryParse(SentUrl.Clean(text), MaxLength, out address);
    }

    /// <summary>The address that a redirect from this one leads to; false when it may not be followed.</summary>
    /// <param name="location">The redirect's <c>Location</c>, absolute or relative.</param>
    /// <param name="target">The address.</param>
    public bool TryRedirect(string location, out SourceUrl? target) =>
        TryParse(UriReference.Resolve(Uri, location), MaxRedirectLength, out target);

    private static bool TryParse(string text, int maxLength, out SourceUrl? address)
    {
        address = null;
        if (text.Length > maxLength || text.Any(char.IsControl))
            return false;
        var scheme = new[] { "http://", "https://" }.FirstOrDefault(s => text.StartsWith(s, StringComparison.OrdinalIgnoreCase));
        if (scheme is null)
            return false;
        var rest = text[scheme.Length..].Split('#')[0];
        var end = rest.IndexOfAny(['/', '?']);
        var (authority, path) = end < 0 ? (rest, "/") : (rest[..end], rest[end..]);
        if (authority.Length == 0
            || authority.AsSpan().IndexOfAny(['@', '\\', ' ', '%', '<', '>']) >= 0
            || !TryEscape(path, out var escaped))
            return false;
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var asked = scheme + authority + (escaped[0] == '?' ? "/" : "") + escaped;
        if (!Uri.TryCreate(asked, options, out var uri) || uri.Host.Length == 0 || uri.UserInfo.Length > 0 || uri.Port is < 1 or > 65535)
            return false;
        address = new SourceUrl(text, uri, WithPort(authority, uri).ToLowerInvariant());
        return true;
    }

    private static string WithPort(string authority, Uri uri)
    {
        var colon = authority.LastIndexOf(':');
        var host = colon > authority.LastIndexOf(']') ? authority[..colon] : authority;
        return FormattableString.Invariant($"{host}:{uri.Port}");
    }

    private static bool TryEscape(string path, out string escaped)
    {
        var result = new StringBuilder(path.Length);
        escaped = "";
        foreach (var rune in path.EnumerateRunes())
        {
            // What is not a whole character arrives as the replacement for one.
            if (rune == Rune.ReplacementChar)
                return false;
            if (rune.IsAscii && rune.Value != ' ')
                result.Append((char)rune.Value);
            else
                result.Append(Uri.EscapeDataString(rune.ToString()));
        }
        escaped = result.ToString();
        return true;
    }
}
