using AiDub.Api.Contracts;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;

namespace AiDub.Api.Polling;

/// <summary>Reads what is recorded of dubs, before and after their final response was delivered; it delivers and deletes nothing.</summary>
public sealed class DubReader(IProgressStore progress, IDubStore dubs, ResultAddresses addresses)
{
    /// <summary>A user's dub; null when it is unknown or another user's.</summary>
    public async Task<DubAnswer?> FindAsync(long userId, Guid requestId, Uri publicBase, CancellationToken ct)
    {
        var running = await progress.FindAsync(requestId, ct);
        if (running is not null && running.Order.UserId != userId)
            return null;
        if (running is { State: not DubState.Complete, Order.Revision: 0 })
            return DubAnswer.Of(running);
        // The record was written before the document was complete, and stays when that is delivered.
        if (await dubs.FindAsync(requestId, ct) is not { } record || record.Order.UserId != userId)
            return null;
        var made = await AnswerAsync(record, publicBase, ct);
        // What is rendered again has its old result until it has a new one.
        return running is { State: not DubState.Complete } ? made.While(running) : made;
    }

    /// <summary>The answer for a record of the main table.</summary>
    public async Task<DubAnswer> AnswerAsync(DubRecord record, Uri publicBase, CancellationToken ct) => DubAnswer.Of(
        record,
        await addresses.ResultAsync(record.Response, publicBase, ct),
        await addresses.SubtitlesAsync(record.Response, publicBase, ct));
}
