using AiDub.Api.Errors;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AiDub.Api.Limits;

/// <summary>
/// How long the address and the headers of a request may be. What is too long is refused here, in our shape: the server by itself would
/// refuse it with no body at all, as it still does what is many times too long.
/// </summary>
internal static class HeadLimits
{
    /// <summary>The longest path and query, in characters as they were sent.</summary>
    public const int TargetLength = 8 * 1024;

    /// <summary>The most that all headers may be, in characters.</summary>
    public const int HeadersLength = 32 * 1024;

    /// <summary>The most headers.</summary>
    public const int HeaderCount = 100;

    // By how much more is read, so as to be refused here.
    private const int Slack = 8;

    // The colon, the space and the end of a header's line.
    private const int BetweenHeaders = 4;

    /// <summary>Lets the server read more than is taken.</summary>
    public static void Widen(KestrelServerOptions kestrel)
    {
        kestrel.Limits.MaxRequestLineSize = TargetLength * Slack;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeadersLength * Slack;
        kestrel.Limits.MaxRequestHeaderCount = HeaderCount * Slack;
    }

    /// <summary>Refuses what is too long: 414 and 431.</summary>
    public static WebApplication UseHeadLimits(this WebApplication app)
    {
        app.Use((http, next) => Refuses(http) is { } status ? http.Response.RefuseAsync(HttpErrors.Of(status)) : next(http));
        return app;
    }

    private static int? Refuses(HttpContext http) =>
        http.Features.Get<IHttpRequestFeature>()!.RawTarget.Length > TargetLength ? StatusCodes.Status414UriTooLong
        : http.Request.Headers.Count > HeaderCount || LengthOf(http.Request.Headers) > HeadersLength
            ? StatusCodes.Status431RequestHeaderFieldsTooLarge
        : null;

    private static int LengthOf(IHeaderDictionary headers)
    {
        var length = 0;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
                length += name.Length + BetweenHeaders + (value?.Length ?? 0);
        }
        return length;
    }
}
