using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Jobs.Dubbing.Running;

/// <summary>Tells an attempt's lease and meter how far the step is that works.</summary>
internal sealed class StepProgress(PlannedStep step, DubLease lease) : IProgress<double>
{
    public void Report(double value)
    {
        lease.Meter.Report(value);
        lease.Report(step.PercentAt(value));
    }
}
