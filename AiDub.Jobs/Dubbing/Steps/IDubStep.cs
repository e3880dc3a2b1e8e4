using AiDub.Domain.Dubbing;
using AiDub.Jobs.Dubbing.Attempts;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>One step of a dub: reads artifacts, writes artifacts.</summary>
public interface IDubStep
{
    /// <summary>The name of its row in <see cref="StepPlan"/>, which says when it runs.</summary>
    string Name { get; }

    /// <summary>Whether an order has anything for it to do.</summary>
    bool IsNeeded(DubOrder order) => true;

    /// <summary>Does the step. Run twice, it leaves what running it once does.</summary>
    Task RunAsync(DubContext context, CancellationToken ct);
}
