using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Dubbing.Retention;

/// <summary>Deletes dubs in any state, with all that is kept of them.</summary>
/// <remarks>
/// A document that says so is written first: for users the dub is gone with it, and whatever breaks off afterwards is found by it and done
/// again. An attempt that holds the dub finds out at its next heartbeat, ends its tools and removes the files; the sweeper does for one
/// that is dead.
/// </remarks>
public sealed class DubDeletion(
    IProgressStore progress,
    IDubStore dubs,
    ICallbackOutbox outbox,
    FailedDubRemoval removal,
    DubIntake intake,
    DiskReserve reserve,
    IOptions<RetentionOptions> options,
    TimeProvider clock,
    ILogger<DubDeletion> log)
{
    /// <summary>Deletes a user's dub.</summary>
    /// <returns>False when there is none: unknown, another user's, or deleted already.</returns>
    public async Task<bool> DeleteAsync(long userId, Guid requestId, CancellationToken ct)
    {
        try
        {
            return await DeleteOnceAsync(userId, requestId, ct);
        }
        catch (Exception e) when (HasRoomNow(e))
        {
            return await DeleteOnceAsync(userId, requestId, ct);
        }
        finally
        {
            reserve.Take();
        }
    }

    // What frees room must not need what there is none of.
    private bool HasRoomNow(Exception error) => OutageRules.Of(error) is { What: Dependency.Storage } && reserve.GiveUp();

    private async Task<bool> DeleteOnceAsync(long userId, Guid requestId, CancellationToken ct)
    {
        if (await FindAsync(requestId, ct) is not { IsDeleted: false } dub || dub.Order.UserId != userId)
            return false;
        var now = clock.GetUtcNow();
        var deleted = await progress.DeleteAsync(dub.Apply(new DubTransition.Delete(now.AddHours(options.Value.KeepUnreadHours)), now), ct);
        using var scope = log.BeginScope(DubLogScope.Of(deleted));
        log.LogInformation("Dub {RequestId} was deleted at {Stage}.", requestId, deleted.Stage.ToWire());
        if (dub.State == DubState.Running && deleted is { HeartbeatAt: null, JobId: { } job })
            await intake.DropSoonAsync(requestId, job);
        // Deleted is deleted, even when the client has gone by now.
        await CleanAsync(deleted);
        return true;
    }

    private async Task<DubProgress?> FindAsync(Guid requestId, CancellationToken ct)
    {
        if (await progress.FindAsync(requestId, ct) is { } running)
            return running;
        return await dubs.FindAsync(requestId, ct) is { } record
            // What the other dubs of its batch share stays where it says.
            ? DubProgress.Accept(record.Order, record.CreatedAt) with { Attempt = record.Attempt, Steps = record.Response.Steps ?? [] }
            : null;
    }

    private async Task CleanAsync(DubProgress deleted)
    {
        try
        {
            await outbox.RemoveAllAsync(deleted.RequestId, CancellationToken.None);
            await removal.ShutOutAsync(deleted, CancellationToken.None);
            if (deleted.HeartbeatAt is null)
                await removal.CleanAsync(deleted, CancellationToken.None);
        }
        catch (Exception e) when (HasRoomNow(e))
        {
            await CleanAsync(deleted);
        }
        catch (Exception e)
        {
            log.LogWarning(
                e, "What is kept of dub {RequestId}, which was deleted, could not be removed; the sweeper will.", deleted.RequestId);
        }
    }
}
