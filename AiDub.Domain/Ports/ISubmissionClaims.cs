using AiDub.Domain.Dubbing;

namespace AiDub.Domain.Ports;

/// <summary>
/// Which submissions the idempotency keys of users stand for. Keys are compared byte by byte, and each user has keys of their own.
/// </summary>
public interface ISubmissionClaims
{
    /// <summary>The claim of a key at <paramref name="now"/>, or null.</summary>
    Task<SubmissionClaim?> FindAsync(long userId, string key, DateTimeOffset now, CancellationToken ct);

    /// <summary>
    /// Claims a key, unless it is claimed at <paramref name="now"/>; returns the claim that holds. Of several at once, all get the same.
    /// </summary>
    Task<SubmissionClaim> ClaimAsync(SubmissionClaim claim, DateTimeOffset now, CancellationToken ct);

    /// <summary>Notes that every dub of the claim was stored.</summary>
    Task AcceptAsync(long userId, string key, CancellationToken ct);
}
