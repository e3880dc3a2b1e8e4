namespace AiDub.Jobs.Engines.Remote;

/// <summary>
/// Innermost of an engine's handlers, once for every request sent: counts it, and takes in the answer whole, so that one which hangs, is
/// cut off or cannot be read is a fault of the call and is repeated like any other.
/// </summary>
internal sealed class AnswerHandler : DelegatingHandler
{
    private const long MaxBytes = 256 << 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = request.Options.TryGetValue(EngineCall.Key, out var known) ? known : EngineCall.Uncounted;
        call.Ledger.Spend(1, 0, 0);
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                call.Ledger.Spend(0, call.Characters, call.Seconds);
                call.Check(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            }
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
