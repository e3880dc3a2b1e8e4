using Microsoft.Net.Http.Headers;

namespace AiDub.Api.Http;

/// <summary>
/// Reads <c>If-None-Match</c> and <c>Range</c> as RFC 9110 has them, where the framework does not, for everything that is sent as a file.
/// </summary>
internal static class Preconditions
{
    /// <summary>Takes from requests what nobody is to go by.</summary>
    public static WebApplication UsePreconditions(this WebApplication app)
    {
        app.Use((http, next) =>
        {
            Read(http.Request);
            return next(http);
        });
        return app;
    }

    /// <summary>
    /// Tags of <c>If-None-Match</c> are compared weakly (13.1.2): those between us and the client mark ours as weak when they change how a
    /// body is packed. A <c>Range</c> in a unit that is not known asks for nothing (14.2).
    /// </summary>
    internal static void Read(HttpRequest request)
    {
        var headers = request.Headers;
        if (headers.IfNoneMatch.Count > 0 && EntityTagHeaderValue.TryParseList(headers.IfNoneMatch, out var tags)
            && tags.Any(tag => tag.IsWeak))
            headers.IfNoneMatch = string.Join(", ", tags.Select(tag => tag.Tag));
        if (headers.Range.Count > 0 && !IsInBytes(headers.Range.ToString()))
            headers.Remove(HeaderNames.Range);
    }

    private static bool IsInBytes(string range) => range.IndexOf('=') is > 0 and var end
        && range.AsSpan(0, end).Trim().Equals("bytes", StringComparison.OrdinalIgnoreCase);
}
