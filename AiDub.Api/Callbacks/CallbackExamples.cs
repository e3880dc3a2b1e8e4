using AiDub.Api.Errors;
using AiDub.Api.OpenApi;
using static AiDub.Api.OpenApi.ContractExample;

namespace AiDub.Api.Callbacks;

/// <summary>The examples of how callbacks went.</summary>
internal sealed class CallbackExamples : IContractExamples
{
    private const string Callbacks = "GET ai_dub/{request_id}/callbacks";

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
    {
        (Callbacks, "200") => [new("pending", "The receiver failed once", Told)],
        (Callbacks, "404") => [Of(DubErrors.NotFound), Of(DubErrors.NoCallback)],
        _ => null,
    };

    private static CallbacksAnswer Told => new()
    {
        CallbackUrl = "https://example.com/dubs",
        State = "pending",
        Attempts = [new CallbackTry(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 503, "status_unexpected")],
        NextAt = new DateTimeOffset(2026, 1, 1, 0, 0, 4, TimeSpan.Zero),
    };
}
