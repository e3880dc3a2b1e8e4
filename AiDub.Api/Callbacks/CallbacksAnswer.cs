using System.Text.Json;
using AiDub.Domain.Callbacks;

namespace AiDub.Api.Callbacks;

/// <summary>How the telling of a dub's end went.</summary>
internal sealed record CallbacksAnswer
{
    /// <summary>The address that is told, as it was sent.</summary>
    public required string CallbackUrl { get; init; }

    /// <summary>
    /// <c>pending</c> until the receiver has answered 2xx: <c>delivered</c>, or 410 or nothing good for 24 hours: <c>given_up</c>.
    /// </summary>
    public required string State { get; init; }

    /// <summary>The tries so far, in order.</summary>
    public required IReadOnlyList<CallbackTry> Attempts { get; init; }

    /// <summary>When it is tried next; absent while the dub has not ended, and once it is tried no more.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>The answer for the callback of a dub's last end; null: the dub has not ended.</summary>
    public static CallbacksAnswer Of(string url, CallbackDelivery? delivery) => new()
    {
        CallbackUrl = url,
        State = JsonNamingPolicy.SnakeCaseLower.ConvertName($"{delivery?.State ?? CallbackState.Pending}"),
        Attempts = [.. (delivery?.Attempts ?? []).Select(a => new CallbackTry(a.At, a.Status, a.Error))],
        NextAt = delivery?.NextAt,
    };
}

/// <summary>One try to tell.</summary>
/// <param name="At">When it began.</param>
/// <param name="Status">The receiver's HTTP status; absent when it did not answer.</param>
/// <param name="Error">
/// What went wrong: <c>status_unexpected</c>, <c>redirect_refused</c>, <c>timeout</c>, <c>unreachable</c>, <c>host_unknown</c>,
/// <c>certificate_invalid</c> or <c>address_forbidden</c>; absent when it was delivered.
/// </param>
internal sealed record CallbackTry(DateTimeOffset At, int? Status, string? Error);
