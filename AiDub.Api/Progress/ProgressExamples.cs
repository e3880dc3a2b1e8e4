using AiDub.Api.Errors;
using AiDub.Api.OpenApi;
using AiDub.Api.Views;
using AiDub.Domain.Errors;
using static AiDub.Api.OpenApi.ContractExample;

namespace AiDub.Api.Progress;

/// <summary>The examples of a poll.</summary>
internal sealed class ProgressExamples : IContractExamples
{
    private const string Poll = "POST ai_dub/progress";

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Requests(string endpoint) =>
        endpoint == Poll ? [new("poll", "Poll a dub", new ProgressRequest { UserId = 51, RequestId = $"{ExampleDub.Id}" })] : null;

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
    {
        (Poll, "200") => [new("running", "Being spoken", ExampleDub.Running), new("final", "Complete; answered once", ExampleDub.Final)],
        (Poll, "400") => [Error(ErrorCodes.RequestIdMissing, "request id is missing"), .. CommonExamples.NoUser, Bare(400)],
        (Poll, "404") => [Of(ProgressController.NoSuchDub)],
        (Poll, "500") =>
        [
            new("dub_failed", "The dub failed", DubErrors.Failed(FailureCode.MediaInvalid.Message, FailureCode.MediaInvalid)),
            Bare(500),
        ],
        _ => null,
    };
}
