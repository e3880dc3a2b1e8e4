namespace AiDub.Domain.Dubbing;

/// <summary>The durable record of a finished dub, one a dub, in the main table.</summary>
public sealed record DubRecord
{
    /// <summary>What was asked for.</summary>
    public required DubOrder Order { get; init; }

    /// <summary>What came of it.</summary>
    public required FinalResponse Response { get; init; }

    /// <summary>When the dub was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was finished.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>Until when its working files are kept, so that it can be edited and rendered again; null when they are not.</summary>
    public DateTimeOffset? EditableUntil { get; init; }

    /// <summary>The attempt that wrote it.</summary>
    public int Attempt => Response.Report.Attempts;

    /// <summary>Its place in lists.</summary>
    public DubCursor Cursor => new(CreatedAt, Order.RequestId);
}
