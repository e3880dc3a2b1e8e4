namespace AiDub.Api.Wire;

/// <summary>The headers of the contract that HTTP does not define.</summary>
internal static class WireHeaders
{
    /// <summary>By which a submission says that it may be a repetition.</summary>
    public const string IdempotencyKey = "Idempotency-Key";

    /// <summary>What a reader of events that is no <c>EventSource</c> sends: the id of the last event that it received.</summary>
    public const string LastEventId = "Last-Event-ID";
}
