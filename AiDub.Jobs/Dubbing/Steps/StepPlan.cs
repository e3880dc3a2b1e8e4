using AiDub.Domain.Dubbing;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>The steps of dubs, in order: by stage, and within a stage as they were registered.</summary>
public sealed class StepPlan(IEnumerable<IDubStep> steps)
{
    private readonly IReadOnlyList<IDubStep> _steps = [.. steps.OrderBy(step => step.Stage)];

    /// <summary>The steps that an order has something to do for, in order.</summary>
    public IReadOnlyList<IDubStep> Of(DubOrder order) => [.. _steps.Where(step => step.IsNeeded(order))];
}
