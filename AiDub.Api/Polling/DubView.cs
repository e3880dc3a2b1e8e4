using AiDub.Domain.Dubbing;

namespace AiDub.Api.Polling;

/// <summary>What is known of a dub: its progress document or, once that was delivered, its durable record.</summary>
public sealed record DubView
{
    private DubView(DubOrder order) => Order = order;

    /// <summary>What was asked for.</summary>
    public DubOrder Order { get; }

    /// <summary>The progress document; null once it was delivered.</summary>
    public DubProgress? Progress { get; private init; }

    /// <summary>What came of the dub; null unless it is complete.</summary>
    public FinalResponse? Response { get; private init; }

    /// <summary>Whether it runs, failed or is complete.</summary>
    public DubState State => Progress?.State ?? DubState.Complete;

    /// <summary>Rises with every change: about Unix milliseconds.</summary>
    public long Version { get; private init; }

    /// <summary>The view of a progress document.</summary>
    public static DubView Of(DubProgress progress) =>
        new(progress.Order) { Progress = progress, Response = progress.FinalResponse, Version = progress.Version };

    /// <summary>The view of a durable record.</summary>
    public static DubView Of(DubRecord record) =>
        new(record.Order) { Response = record.Response, Version = record.FinishedAt.ToUnixTimeMilliseconds() };
}
