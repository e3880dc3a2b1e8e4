using AiDub.Domain.Dubbing;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Intake;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Lets the other dubs of a batch go on, once what they share is done.</summary>
public sealed class ReleaseStep(DubBatches batches) : IDubStep
{
    /// <inheritdoc />
    public string Name => "release";

    /// <inheritdoc />
    public bool IsNeeded(DubOrder order) => order is { Batch: not null, Revision: 0 };

    /// <inheritdoc />
    public Task RunAsync(DubContext context, CancellationToken ct) => batches.ReleaseAsync(context.Order, ct);
}
