using AiDub.Domain.Dubbing;

namespace AiDub.Api.Views;

/// <summary>A request was accepted; nothing of it has been done yet.</summary>
internal sealed record SubmitResponse
{
    /// <summary>The dub's id, a version 4 UUID in lower case: what its progress is polled with. Of several, the first one's.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>Always <c>progress_initiated</c>.</summary>
    public required string Status { get; init; }

    /// <summary>When <c>to_lang</c> was a list: the dub of each language, in its order. Absent otherwise.</summary>
    public IReadOnlyList<AcceptedDub>? RequestIds { get; init; }

    /// <summary>The answer to a request for one language.</summary>
    public static SubmitResponse Accepted(Guid requestId) => new() { RequestId = requestId, Status = "progress_initiated" };

    /// <summary>The answer to a request for a list of languages.</summary>
    public static SubmitResponse Accepted(IReadOnlyList<DubOrder> orders) =>
        Accepted(orders[0].RequestId) with { RequestIds = [.. orders.Select(o => new AcceptedDub(o.ToLang, o.RequestId))] };
}

/// <summary>One dub of a request for several languages.</summary>
/// <param name="ToLang">The language dubbed into, as ISO 639-1.</param>
/// <param name="RequestId">The id that its progress is polled with.</param>
internal sealed record AcceptedDub(string ToLang, Guid RequestId);
