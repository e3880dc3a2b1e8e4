using AiDub.Api.OpenApi;

namespace AiDub.Api.Usage;

/// <summary>The example of what is stored for a user.</summary>
internal sealed class UsageExamples : IContractExamples
{
    private const string Find = "GET ai_dub/usage";

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
    {
        (Find, "200") => [new("usage", "One upload and one dub, of at most 10 GB", Stored)],
        _ => null,
    };

    private static UsageAnswer Stored => new()
    {
        StoredBytes = 77_594_624,
        StoredBytesLimit = 10_000_000_000,
        UploadBytes = 41_943_040,
        WorkBytes = 12_582_912,
        ResultBytes = 23_068_672,
    };
}
