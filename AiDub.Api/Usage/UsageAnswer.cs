using AiDub.Jobs.Quotas;

namespace AiDub.Api.Usage;

/// <summary>What is stored for a user.</summary>
internal sealed record UsageAnswer
{
    /// <summary>Bytes stored, all together.</summary>
    public required long StoredBytes { get; init; }

    /// <summary>Bytes that may be stored; absent: as many as there is room for.</summary>
    public long? StoredBytesLimit { get; init; }

    /// <summary>Bytes of uploads.</summary>
    public required long UploadBytes { get; init; }

    /// <summary>Bytes of what dubs are made of that run, wait, failed or can be edited.</summary>
    public required long WorkBytes { get; init; }

    /// <summary>Bytes of dubbed videos and subtitles.</summary>
    public required long ResultBytes { get; init; }

    /// <summary>The answer for a measure.</summary>
    public static UsageAnswer Of(StoredUsage usage, long? limit) => new()
    {
        StoredBytes = usage.Total,
        StoredBytesLimit = limit,
        UploadBytes = usage.Uploads,
        WorkBytes = usage.Work,
        ResultBytes = usage.Results,
    };
}
