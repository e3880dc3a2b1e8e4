using System.Net.Http.Headers;
using System.Security.Authentication;
using AiDub.Domain.Callbacks;
using AiDub.Domain.Errors;
using AiDub.Domain.Sources;
using AiDub.Jobs.Fetching;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Callbacks;

/// <summary>Posts a callback once, to where sources may be fetched from and nowhere else.</summary>
internal sealed class CallbackPost(SourceGate gate, ISourceNetwork network, IOptions<CallbackOptions> options, TimeProvider clock)
{
    // What a receiver answers means nothing; this much of it is taken, so that it need not find its connection cut.
    private const int MaxAnswerBytes = 64 * 1024;

    /// <summary>Posts a body and says how it went; whatever the receiver does is no exception.</summary>
    /// <param name="url">The address as the user sent it.</param>
    /// <param name="eventId">What receivers tell repetitions by.</param>
    /// <param name="body">UTF-8 JSON.</param>
    /// <param name="ct">Ends the attempt.</param>
    /// <exception cref="IOException">A key's file cannot be read.</exception>
    /// <exception cref="FormatException">A key's file holds what is no key.</exception>
    public async Task<CallbackAttempt> SendAsync(string url, string eventId, byte[] body, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var headers = CallbackSignature.Sign(CallbackKeys.Of(options.Value), eventId, body, now).ToList();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TimeoutSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            if (!SourceUrl.TryParse(url, out var address))
                return new CallbackAttempt(now, null, "address_forbidden");
            var status = await PostAsync(address!, headers, body, either.Token);
            return new CallbackAttempt(now, status, ErrorOf(status));
        }
        catch (Exception e) when (!ct.IsCancellationRequested && Name(e, deadline.IsCancellationRequested) is { } error)
        {
            return new CallbackAttempt(now, null, error);
        }
    }

    private async Task<int> PostAsync(
        SourceUrl address, IEnumerable<(string Name, string Value)> headers, byte[] body, CancellationToken ct)
    {
        var admitted = await gate.AdmitAsync(address, ct);
        using var client = new HttpClient(AdmittedHandler.Make(network, admitted)) { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, address.Uri) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.ParseAdd("AiDub/1.0");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        await IgnoreAsync(answer.Content, ct);
        return (int)answer.StatusCode;
    }

    // The status has arrived, and counts whatever becomes of the rest.
    private static async Task IgnoreAsync(HttpContent content, CancellationToken ct)
    {
        try
        {
            var body = await content.ReadAsStreamAsync(ct);
            var buffer = new byte[8192];
            for (int total = 0, read; total < MaxAnswerBytes && (read = await body.ReadAsync(buffer, ct)) > 0;)
                total += read;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // Its rest is not wanted.
        }
    }

    private static string? ErrorOf(int status) => status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => "redirect_refused",
        _ => "status_unexpected",
    };

    private static string? Name(Exception error, bool isLate) => error switch
    {
        _ when isLate => "timeout",
        PermanentDubException e when e.Code == FailureCode.SourceUnreachable => "host_unknown",
        PermanentDubException => "address_forbidden",
        HttpRequestException { InnerException: AuthenticationException } => "certificate_invalid",
        TransientDubException or HttpRequestException or IOException or OperationCanceledException => "unreachable",
        _ => null,
    };
}
