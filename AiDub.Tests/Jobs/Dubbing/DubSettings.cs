using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Queueing;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Dubbing;

/// <summary>The settings of the sections <c>Dubbing</c> and <c>Workers</c>, for every room that reads its own of them.</summary>
public sealed class DubSettings
    : IOptions<LeaseOptions>, IOptions<OutageOptions>, IOptions<RetryOptions>, IOptions<RetentionOptions>, IOptions<WorkerOptions>
{
    public LeaseOptions Leases { get; init; } = new();

    public OutageOptions Outages { get; init; } = new();

    public RetryOptions Retries { get; init; } = new();

    public RetentionOptions Retention { get; init; } = new();

    public WorkerOptions Workers { get; init; } = new();

    LeaseOptions IOptions<LeaseOptions>.Value => Leases;

    OutageOptions IOptions<OutageOptions>.Value => Outages;

    RetryOptions IOptions<RetryOptions>.Value => Retries;

    RetentionOptions IOptions<RetentionOptions>.Value => Retention;

    WorkerOptions IOptions<WorkerOptions>.Value => Workers;
}
