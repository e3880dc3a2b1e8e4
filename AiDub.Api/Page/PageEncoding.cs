using Microsoft.Net.Http.Headers;

namespace AiDub.Api.Page;

/// <summary>In which of two ways a file is sent compressed, by <c>Accept-Encoding</c> (RFC 9110, 12.5.3).</summary>
internal static class PageEncoding
{
    /// <summary>Brotli.</summary>
    public const string Brotli = "br";

    /// <summary>gzip.</summary>
    public const string Gzip = "gzip";

    private const string Identity = "identity";

    /// <summary>
    /// <see cref="Brotli"/> or <see cref="Gzip"/>, whichever has the higher <c>q</c>; null: the file as it is, because neither is taken, or
    /// because the request says that it would rather have that.
    /// </summary>
    public static string? Of(HttpRequest request)
    {
        if (request.Headers.AcceptEncoding.Count == 0)
            return null;
        var taken = request.GetTypedHeaders().AcceptEncoding;
        var (brotli, gzip) = (Weight(taken, Brotli) ?? Weight(taken, "*") ?? 0, Weight(taken, Gzip) ?? Weight(taken, "*") ?? 0);
        var best = Math.Max(brotli, gzip);
        // Who does not speak of the file as it is would rather have it smaller.
        if (best == 0 || Weight(taken, Identity) > best)
            return null;
        return brotli >= gzip ? Brotli : Gzip;
    }

    private static double? Weight(IEnumerable<StringWithQualityHeaderValue> taken, string encoding) =>
        taken.FirstOrDefault(one => one.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)) is { } named
            ? named.Quality ?? 1
            : null;
}
