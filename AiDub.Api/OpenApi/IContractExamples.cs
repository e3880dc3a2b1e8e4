namespace AiDub.Api.OpenApi;

/// <summary>
/// The examples of a capability's requests and answers. Endpoints are named by method and path: <c>POST ai_dub/progress</c>.
/// </summary>
internal interface IContractExamples
{
    /// <summary>The examples of the body of a request to <paramref name="endpoint"/>; null when it is not this capability's.</summary>
    IReadOnlyList<ContractExample>? Requests(string endpoint) => null;

    /// <summary>
    /// The examples of the answer with <paramref name="status"/> of <paramref name="endpoint"/>; null when they are those of every
    /// endpoint, or it is not this capability's.
    /// </summary>
    IReadOnlyList<ContractExample>? Answers(string endpoint, string status);
}
