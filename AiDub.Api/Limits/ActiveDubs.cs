using AiDub.Api.Errors;
using AiDub.Api.Wire;
using AiDub.Domain.Ports;

namespace AiDub.Api.Limits;

/// <summary>Judges whether a user may have more dubs running or waiting.</summary>
internal sealed class ActiveDubs(IProgressStore progress, UserLimits limits)
{
    /// <summary>Why a user may not have <paramref name="more"/> of them; null when there is room.</summary>
    public async Task<ErrorBody?> RefusalAsync(long userId, CancellationToken ct, int more = 1) =>
        limits.ActiveDubs is { } limit && await progress.CountRunningAsync(userId, ct) + more > limit ? DubErrors.TooMany(limit) : null;
}
