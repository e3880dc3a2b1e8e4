using System.Collections.Concurrent;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Uploads;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Quotas;

/// <summary>Measures what is stored for a user.</summary>
public sealed class UsageMeter(
    IProgressStore progress,
    IDubStore dubs,
    IObjectStore objects,
    IOptions<UploadOptions> uploads,
    TimeProvider clock)
{
    /// <summary>
    /// How long a measure serves for judging whether there is room: asking a bucket for every submit would cost more than it saves.
    /// </summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private const int PageSize = 200;

    // Measures of more users than this are thrown away all at once.
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<long, (DateTimeOffset At, long Total)> _kept = new();

    /// <summary>What is stored for a user now.</summary>
    public async Task<StoredUsage> MeasureAsync(long userId, CancellationToken ct)
    {
        var (now, uploaded, work) = (clock.GetUtcNow(), 0L, 0L);
        for (var day = now; day > now.AddHours(-uploads.Value.KeepHours).AddDays(-1); day = day.AddDays(-1))
            uploaded += await objects.MeasureAsync(ObjectKeys.UploadsOf(day, userId), ct);
        foreach (var id in await WorkAsync(userId, ct))
            work += await objects.MeasureAsync(ObjectKeys.Work(id), ct);
        var usage = new StoredUsage(uploaded, work, await objects.MeasureAsync(ObjectKeys.ResultsOf(userId), ct));
        if (_kept.Count > MostKept)
            _kept.Clear();
        _kept[userId] = (now, usage.Total);
        return usage;
    }

    /// <summary>
    /// About how many bytes are stored for a user: what was measured within <see cref="Kept"/>, and what was uploaded here since.
    /// </summary>
    public async Task<long> AboutAsync(long userId, CancellationToken ct) =>
        _kept.TryGetValue(userId, out var kept) && (clock.GetUtcNow() - kept.At).Duration() < Kept
            ? kept.Total
            : (await MeasureAsync(userId, ct)).Total;

    /// <summary>
    /// Counts what is about to be stored for a user, or no longer is; false, with nothing counted, when more than so many bytes would be
    /// stored then.
    /// </summary>
    public bool TryAdd(long userId, long bytes, long most = long.MaxValue)
    {
        while (_kept.TryGetValue(userId, out var kept))
        {
            if (bytes > most - kept.Total)
                return false;
            if (_kept.TryUpdate(userId, kept with { Total = kept.Total + bytes }, kept))
                return true;
        }
        return true;
    }

    // Whose work is kept: dubs that have a document, and complete ones that can still be edited.
    private async Task<HashSet<Guid>> WorkAsync(long userId, CancellationToken ct)
    {
        var found = new HashSet<Guid>();
        IReadOnlyList<DubProgress> page = [];
        do
        {
            page = await progress.ListAsync(new DubQuery(userId, null, page.Count == 0 ? null : page[^1].Cursor, PageSize), ct);
            found.UnionWith(page.SelectMany(document => new[] { document.RequestId, document.Order.SourceId }));
        }
        while (page.Count == PageSize);
        foreach (var record in await dubs.FindEditableOfAsync(userId, ct))
            found.UnionWith([record.Order.RequestId, record.Order.SourceId]);
        return found;
    }
}
