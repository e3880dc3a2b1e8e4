using AiDub.Domain.Dubbing;

namespace AiDub.Api.Views;

/// <summary>What is known of a dub: its progress document and, once it was finished, its durable record.</summary>
internal sealed record DubView
{
    private DubView(DubOrder order) => Order = order;

    /// <summary>What was asked for.</summary>
    public DubOrder Order { get; }

    /// <summary>The progress document; null once it was delivered.</summary>
    public DubProgress? Progress { get; private init; }

    /// <summary>The durable record; null until the dub was finished, and where it was not asked for.</summary>
    public DubRecord? Record { get; private init; }

    /// <summary>
    /// What came of the dub, or, while it is rendered again and after that failed, what came of it before; null until it was complete.
    /// </summary>
    public FinalResponse? Response => Progress?.FinalResponse ?? Record?.Response;

    /// <summary>Whether it runs, failed or is complete.</summary>
    public DubState State => Progress?.State ?? DubState.Complete;

    /// <summary>The state that its user tells it by.</summary>
    public ListedState Listed => Progress?.Listed ?? ListedState.Complete;

    /// <summary>Its place in lists.</summary>
    public DubCursor Cursor { get; private init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; private init; }

    /// <summary>When it failed or was complete; null before.</summary>
    public DateTimeOffset? FinishedAt { get; private init; }

    /// <summary>Rises with every change: about Unix milliseconds.</summary>
    public long Version { get; private init; }

    /// <summary>The view of a progress document, and of the record if it has one; null: the dub was deleted.</summary>
    public static DubView? Of(DubProgress progress, DubRecord? record = null)
    {
        if (progress.IsDeleted)
            return null;
        // The same times before and after it was delivered.
        var changed = progress.State == DubState.Complete && record is not null ? record.FinishedAt : progress.UpdatedAt;
        return new(progress.Order)
        {
            Progress = progress,
            Record = record,
            Cursor = progress.Cursor,
            UpdatedAt = changed,
            FinishedAt = progress.State == DubState.Running ? null : changed,
            Version = progress.Version,
        };
    }

    /// <summary>The view of a durable record.</summary>
    public static DubView Of(DubRecord record) => new(record.Order)
    {
        Record = record,
        Cursor = record.Cursor,
        UpdatedAt = record.FinishedAt,
        FinishedAt = record.FinishedAt,
        Version = record.FinishedAt.ToUnixTimeMilliseconds(),
    };
}
