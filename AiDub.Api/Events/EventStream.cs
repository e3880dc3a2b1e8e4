using System.Text;
using System.Text.Json;
using AiDub.Api.Errors;
using AiDub.Api.Http;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Events;

/// <summary>Writes a dub's changes as server-sent events, until it has ended, the client has left or the process stops.</summary>
/// <remarks>By hand, because <c>TypedResults.ServerSentEvents</c> cannot write the comments that keep a silent connection open.</remarks>
internal sealed class EventStream(
    DubFeeds feeds, FinalAnswers answers, PublicUrl address, IOptions<EventOptions> options, TimeProvider clock,
    IHostApplicationLifetime lifetime)
{
    // How long a client waits before it connects again, in milliseconds.
    private const int RetryMilliseconds = 3000;

    /// <summary>Answers a request with the dub's state, unless it was seen, and then with every change.</summary>
    public async Task WriteAsync(HttpContext http, DubView view, long lastId)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await BeginAsync(http, ended.Token);
            await FollowAsync(http, view, lastId, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client left, or the process stops: it will ask again, with the id of the last event.
        }
    }

    private static Task BeginAsync(HttpContext http, CancellationToken ct)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        WriteHeaders(http.Response);
        return SendAsync(http, $"retry: {RetryMilliseconds}\n\n", ct);
    }

    /// <summary>Sets the headers of a stream.</summary>
    public static void WriteHeaders(HttpResponse response)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    private async Task FollowAsync(HttpContext http, DubView seen, long lastId, CancellationToken ct)
    {
        using var listener = feeds.Listen(seen);
        for (DubView? view = seen; view is not null; view = await NextAsync(http, listener, view, ct))
        {
            if (!DubEvent.IsSeen(view, lastId))
            {
                lastId = DubEvent.IdOf(view, lastId);
                await SendAsync(http, await ComposeAsync(http, view, lastId, ct), ct);
            }
            if (view.State != DubState.Running)
                return;
        }
    }

    private async Task<DubView?> NextAsync(HttpContext http, DubListener listener, DubView seen, CancellationToken ct)
    {
        var next = listener.NextAsync(seen, ct);
        while (true)
        {
            try
            {
                return await next.WaitAsync(TimeSpan.FromSeconds(options.Value.HeartbeatSeconds), clock, ct);
            }
            catch (TimeoutException)
            {
                await SendAsync(http, ": still here\n\n", ct);
            }
        }
    }

    private async Task<string> ComposeAsync(HttpContext http, DubView view, long id, CancellationToken ct) => view switch
    {
        { State: DubState.Complete } =>
            Compose(id, "complete", await answers.OfAsync(view.Order, view.Response!, address.Of(http.Request), ct)),
        { State: DubState.Failed } => Compose(id, "failed", DubErrors.Failed(view.Progress!)),
        _ => Compose(id, "progress", RunningAnswer.Of(view.Progress!)),
    };

    /// <summary>An event as it goes over the wire.</summary>
    internal static string Compose<T>(long id, string name, T body) =>
        $"id: {id}\nevent: {name}\ndata: {JsonSerializer.Serialize(body, WireJson.Options)}\n\n";

    private static async Task SendAsync(HttpContext http, string text, CancellationToken ct)
    {
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        await http.Response.Body.FlushAsync(ct);
    }
}
