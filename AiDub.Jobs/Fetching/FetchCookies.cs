using System.Globalization;
using AiDub.Domain.Sources;

namespace AiDub.Jobs.Fetching;

/// <summary>The cookies of one fetch. Each goes back only to the origin that set it (RFC 6265, without cookies of whole domains).</summary>
/// <remarks>
/// An origin is its host and port; what was set over HTTP goes to the HTTPS of the same host too, never the other way. <c>Domain</c> widens
/// nothing, so no list of public suffixes is needed.
/// </remarks>
internal sealed class FetchCookies(TimeProvider clock)
{
    private const int MaxCookies = 50;
    private const int MaxLength = 4096;

    private readonly List<Cookie> _cookies = [];

    /// <summary>Keeps what an answer sets.</summary>
    /// <param name="from">The address that answered.</param>
    /// <param name="headers">Its <c>Set-Cookie</c> headers.</param>
    public void Keep(SourceUrl from, IEnumerable<string> headers)
    {
        foreach (var header in headers.Where(h => h.Length <= MaxLength && !h.Any(char.IsControl)))
        {
            var parts = header.Split(';', StringSplitOptions.TrimEntries);
            var attributes = parts.Skip(1).Select(p => p.Split('=', 2, StringSplitOptions.TrimEntries)).Where(p => p[0].Length > 0)
                .ToLookup(p => p[0].ToLowerInvariant(), p => p.Length > 1 ? p[1] : "");
            var isHttps = from.Uri.Scheme == Uri.UriSchemeHttps;
            var isSecure = attributes.Contains("secure");
            if (parts[0].IndexOf('=') <= 0 || (isSecure && !isHttps) || IsMisnamed(parts[0], isSecure))
                continue;
            var cookie = new Cookie(parts[0], Host(from), isHttps, PathOf(from, attributes["path"].LastOrDefault()));
            _cookies.RemoveAll(c => c.IsReplacedBy(cookie));
            if (!HasExpired(attributes) && _cookies.Count < MaxCookies)
                _cookies.Add(cookie);
        }
    }

    /// <summary>The <c>Cookie</c> header for an address; null when there is none.</summary>
    public string? For(SourceUrl address)
    {
        var sent = _cookies.Where(c => c.IsFor(address)).OrderByDescending(c => c.Path.Length).Select(c => c.Pair).ToList();
        return sent.Count == 0 ? null : string.Join("; ", sent);
    }

    // What the prefixes promise cannot be promised over HTTP.
    private static bool IsMisnamed(string pair, bool isSecure) => !isSecure && pair.StartsWith("__", StringComparison.Ordinal);

    private static string PathOf(SourceUrl from, string? stated)
    {
        if (stated is ['/', ..])
            return stated;
        var path = from.Uri.AbsolutePath;
        return path.LastIndexOf('/') is > 0 and var end ? path[..end] : "/";
    }

    private bool HasExpired(ILookup<string, string> attributes)
    {
        if (attributes["max-age"].LastOrDefault() is { } age
            && long.TryParse(age, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
            return seconds <= 0;
        return attributes["expires"].LastOrDefault() is { } date
            && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && at <= clock.GetUtcNow();
    }

    private static string Host(SourceUrl address) =>
        address.Uri.IsDefaultPort ? address.Uri.IdnHost : $"{address.Uri.IdnHost}:{address.Uri.Port}";

    private sealed record Cookie(string Pair, string Host, bool IsOfHttps, string Path)
    {
        private string Name => Pair[..Pair.IndexOf('=')];

        public bool IsReplacedBy(Cookie other) => Name == other.Name && Host == other.Host && Path == other.Path;

        public bool IsFor(SourceUrl address) =>
            Host == FetchCookies.Host(address)
            && (!IsOfHttps || address.Uri.Scheme == Uri.UriSchemeHttps)
            && IsBelow(address.Uri.AbsolutePath);

        private bool IsBelow(string path) =>
            path == Path || (path.StartsWith(Path, StringComparison.Ordinal) && (Path[^1] == '/' || path[Path.Length] == '/'));
    }
}
