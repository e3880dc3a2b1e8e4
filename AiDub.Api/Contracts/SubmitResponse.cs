namespace AiDub.Api.Contracts;

/// <summary>A dub was accepted; nothing of it has been done yet.</summary>
public sealed record SubmitResponse
{
    /// <summary>The dub's id, a version 4 UUID in lower case: what its progress is polled with.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>Always <c>progress_initiated</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The answer to a dub that was accepted under <paramref name="requestId"/>.</summary>
    public static SubmitResponse Accepted(Guid requestId) => new() { RequestId = requestId, Status = "progress_initiated" };
}
