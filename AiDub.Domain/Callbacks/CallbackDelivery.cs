using AiDub.Domain.Dubbing;

namespace AiDub.Domain.Callbacks;

/// <summary>Where the telling of a dub's end stands.</summary>
public enum CallbackState
{
    /// <summary>It is to be told, or told again.</summary>
    Pending,

    /// <summary>The receiver has answered 2xx.</summary>
    Delivered,

    /// <summary>The receiver wants it no more (410), or was tried for a day.</summary>
    GivenUp,
}

/// <summary>One try to tell.</summary>
/// <param name="At">When it began.</param>
/// <param name="Status">The receiver's HTTP status; null when it did not answer.</param>
/// <param name="Error">What went wrong, a stable snake_case name; null when it was delivered.</param>
public sealed record CallbackAttempt(DateTimeOffset At, int? Status, string? Error);

/// <summary>
/// The telling of one end of a dub: written before the dub ends, so that no end is lost, and told once the dub has ended so.
/// </summary>
public sealed record CallbackDelivery
{
    /// <summary>For how long it is tried: 24 hours from the dub's end.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private const int Gone = 410;
    private const double FirstSeconds = 5;
    private const double LongestSeconds = 3600;

    /// <summary>The dub.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>The attempt of the dub that ended it; an attempt ends a dub at most once.</summary>
    public required int Attempt { get; init; }

    /// <summary>Whose dub it is; null for one that was written before this was noted.</summary>
    public long? UserId { get; init; }

    /// <summary>Who is to be told: the host of the address, with its port if it has one of its own; null as <see cref="UserId"/>.</summary>
    public string? Receiver { get; init; }

    /// <summary>Where it stands.</summary>
    public CallbackState State { get; init; }

    /// <summary>The tries so far, in order.</summary>
    public IReadOnlyList<CallbackAttempt> Attempts { get; init; } = [];

    /// <summary>How often it was claimed; only the holder of the highest number writes.</summary>
    public int Claims { get; init; }

    /// <summary>When it may be claimed; null once it is no longer pending.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>
    /// When <see cref="NextAt"/> was set: where that is still to come, the clock has been put back since. Null as <see cref="UserId"/>.
    /// </summary>
    public DateTimeOffset? SetAt { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What receivers tell repetitions by: the same however often it is told.</summary>
    public string EventId => $"{RequestId:D}-{Attempt}";

    /// <summary>What is to be told once the attempt has ended its dub.</summary>
    public static CallbackDelivery Prepare(Guid requestId, int attempt, DateTimeOffset now) =>
        new() { RequestId = requestId, Attempt = attempt, CreatedAt = now, NextAt = now, SetAt = now };

    /// <summary>What is to be told once the attempt has ended the dub of an order that names whom to tell.</summary>
    public static CallbackDelivery Prepare(DubOrder order, int attempt, DateTimeOffset now) => Prepare(order.RequestId, attempt, now) with
    {
        UserId = order.UserId,
        Receiver = Uri.TryCreate(order.Callback?.Url, UriKind.Absolute, out var url) ? url.Authority.ToLowerInvariant() : null,
    };

    /// <summary>It after a try: delivered, given up, or to be tried after a wait that doubles from 5 seconds to an hour.</summary>
    /// <param name="attempt">The try.</param>
    /// <param name="jitter">0–1, drawn for this try: the wait is between half and all of what it could be.</param>
    public CallbackDelivery After(CallbackAttempt attempt, double jitter)
    {
        var tried = this with { Attempts = [.. Attempts, attempt] };
        if (attempt.Status is >= 200 and < 300)
            return tried with { State = CallbackState.Delivered, NextAt = null };
        var wait = Math.Min(
            LongestSeconds, FirstSeconds * Math.Pow(2, Math.Min(Attempts.Count, 30))) * (0.5 + 0.5 * Math.Clamp(jitter, 0, 1));
        var next = attempt.At.AddSeconds(wait);
        return attempt.Status == Gone || next > CreatedAt + Longest
            ? tried with { State = CallbackState.GivenUp, NextAt = null }
            : tried with { NextAt = next, SetAt = attempt.At };
    }
}
