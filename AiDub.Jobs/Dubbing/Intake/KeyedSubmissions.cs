using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Dubbing.Intake;

/// <summary>
/// Takes in the dubs of a submission that has an idempotency key: what an earlier try began is ended, and nothing is made twice.
/// </summary>
/// <remarks>A try that fails leaves what it stored, because another may be at it at the same time; the next one stores the rest.</remarks>
public sealed class KeyedSubmissions(
    ISubmissionClaims claims, IProgressStore progress, IDubStore dubs, DubIntake intake, DubSubmissions submissions, TimeProvider clock)
{
    /// <summary>For how long a key stands for its submission.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The submission that a key stands for, or null.</summary>
    public Task<SubmissionClaim?> FindAsync(long userId, string key, CancellationToken ct) =>
        claims.FindAsync(userId, key, clock.GetUtcNow(), ct);

    /// <summary>Claims a key for a submission, unless it stands for one already, which is then returned.</summary>
    public Task<SubmissionClaim> ClaimAsync(long userId, string key, string bodyHash, SubmissionIds ids, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return claims.ClaimAsync(
            new SubmissionClaim { UserId = userId, Key = key, BodyHash = bodyHash, Ids = ids, ExpiresAt = now + Lifetime }, now, ct);
    }

    /// <summary>Stores what of the claim's dubs is not there, unless all of them once were.</summary>
    /// <param name="claim">The claim that holds the key.</param>
    /// <param name="orders">Its orders, under the claim's ids.</param>
    /// <param name="texts">What was sent inline, by the key that the orders refer to it by.</param>
    /// <param name="most">How many dubs of the user may run or wait; null: any number.</param>
    /// <param name="ct">Ends the wait; a repetition goes on from there.</param>
    /// <returns>False, with none of them written, when there would be more.</returns>
    public async Task<bool> CompleteAsync(
        SubmissionClaim claim, IReadOnlyList<DubOrder> orders, IReadOnlyDictionary<string, string> texts, int? most, CancellationToken ct)
    {
        if (claim.IsAccepted)
            return true;
        var missing = new List<DubOrder>();
        foreach (var order in orders)
        {
            if (await progress.FindAsync(order.RequestId, ct) is null && await dubs.FindAsync(order.RequestId, ct) is null)
                missing.Add(order);
        }
        if (missing.Count > 0)
        {
            await submissions.StoreAsync(texts, ct);
            if (!await intake.AddAsync(missing, most, ct))
                return false;
        }
        await claims.AcceptAsync(claim.UserId, claim.Key, CancellationToken.None);
        return true;
    }
}
