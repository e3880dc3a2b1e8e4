using AiDub.Api.Errors;
using AiDub.Api.Wire;
using AiDub.Jobs.Quotas;
using AiDub.Jobs.Storage;

namespace AiDub.Api.Limits;

/// <summary>Judges whether there is room for more of a user's.</summary>
internal sealed class StorageLimits(UserLimits limits, UsageMeter usage, FreeRoom room)
{
    /// <summary>Why a submission is not taken; null when it is.</summary>
    public async Task<ErrorBody?> OfSubmitAsync(long userId, CancellationToken ct)
    {
        if (room.IsShort())
            return DubErrors.NoSpaceLeft;
        if (limits.StoredBytes is not { } limit)
            return null;
        var stored = await usage.AboutAsync(userId, ct);
        return stored < limit ? null : DubErrors.OverQuota(stored, limit);
    }

    /// <summary>How much a user may upload now.</summary>
    /// <param name="userId">Who uploads; null: nobody in particular, who has no quota.</param>
    /// <param name="announced">How large the upload says it is; null: it does not.</param>
    /// <param name="ct">Ends the measuring.</param>
    public async Task<UploadRoom> OfUploadAsync(long? userId, long? announced, CancellationToken ct)
    {
        if (room.IsShort(announced ?? 0))
            return new UploadRoom(0, DubErrors.NoSpaceLeft);
        if (userId is not { } user || limits.StoredBytes is not { } limit)
            return new UploadRoom(long.MaxValue, null);
        var stored = await usage.AboutAsync(user, ct);
        // A file that there is no room for is too large; elsewhere the same error is 507.
        var refusal = DubErrors.OverQuota(stored, limit) with { Status = StatusCodes.Status413PayloadTooLarge };
        return new UploadRoom(Math.Max(0, limit - stored), refusal);
    }

    /// <summary>
    /// Counts an upload that is about to be stored; false when others of the user's that came meanwhile have taken its room.
    /// </summary>
    public bool TryTake(long? userId, long bytes) =>
        userId is not { } user || limits.StoredBytes is not { } limit || usage.TryAdd(user, bytes, limit);

    /// <summary>Counts an upload no longer, because it could not be stored.</summary>
    public void GiveBack(long? userId, long bytes)
    {
        if (userId is { } user && limits.StoredBytes is not null)
            usage.TryAdd(user, -bytes);
    }
}

/// <summary>Room for an upload.</summary>
/// <param name="Bytes">How large it may be.</param>
/// <param name="Refusal">What a larger one is answered; null when there is no such limit.</param>
internal sealed record UploadRoom(long Bytes, ErrorBody? Refusal);
