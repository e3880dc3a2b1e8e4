using System.Diagnostics;

namespace AiDub.Api.Http;

/// <summary>
/// Gives every request an id that its answer and its log lines carry: the one that was sent, so that a caller finds his request in our
/// logs, or else one that is made here.
/// </summary>
internal static class RequestIds
{
    /// <summary>The header, of requests and answers.</summary>
    public const string Header = "X-Request-Id";

    /// <summary>The longest that is taken, in characters.</summary>
    public const int MaxLength = 128;

    private static readonly Func<ILogger, string, IDisposable?> Scope = LoggerMessage.DefineScope<string>($"{Header}:{{{Header}}}");

    /// <summary>Names the requests that pass.</summary>
    public static WebApplication UseRequestIds(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RequestIds).FullName!);
        app.Use(async (http, next) =>
        {
            var sent = http.Request.Headers[Header];
            http.TraceIdentifier = sent is [{ } id] && IsTaken(id) ? id : NewId();
            if (Activity.Current is { IsAllDataRequested: true } activity)
                activity.SetTag("http.request.header.x-request-id", http.TraceIdentifier);
            // An answer that is begun anew, as an error, keeps it.
            http.Response.OnStarting(
                static state =>
                {
                    var started = (HttpContext)state;
                    started.Response.Headers[Header] = started.TraceIdentifier;
                    return Task.CompletedTask;
                },
                http);
            // The host's own scope was begun before, with an id of the connection's.
            using var scope = Scope(log, http.TraceIdentifier);
            await next(http);
        });
        return app;
    }

    // Nobody has to be unable to guess it, so that the system need not be asked for it at every request.
    private static string NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>Whether an id may stand in headers and logs: letters and digits of ASCII and <c>- _ . : / + = @</c>.</summary>
    internal static bool IsTaken(string id) =>
        id.Length is > 0 and <= MaxLength && id.All(c => char.IsAsciiLetterOrDigit(c) || "-_.:/+=@".Contains(c));
}
