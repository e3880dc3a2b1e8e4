using AiDub.Domain.Dubbing;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>The plan of a dub: which steps there are, in which order, and what each is worth beside the others.</summary>
public sealed class StepPlan
{
    private readonly IReadOnlyList<(StepRow Row, IDubStep Step)> _steps;

    /// <summary>The plan of the steps that there are.</summary>
    /// <exception cref="ArgumentException">A step has no row, or one that another step has too.</exception>
    public StepPlan(IEnumerable<IDubStep> steps)
    {
        var byName = steps.ToDictionary(step => step.Name);
        if (byName.Keys.Except(Rows.Select(row => row.Name)).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"The plan has no row for the step '{unknown}'.", nameof(steps));
        _steps = [.. Rows.Where(row => byName.ContainsKey(row.Name)).Select(row => (row, byName[row.Name]))];
    }

    /// <summary>All steps in order. Each fills the percents from the end of the step before it that an order needs.</summary>
    public static IReadOnlyList<StepRow> Rows { get; } =
    [
        new("texts", DubStage.Transcribing, EndsAtPercent: 1, Weight: 0),
        new("fetch", DubStage.Transcribing, EndsAtPercent: 5, Weight: 0),
        new("transcribe", DubStage.Transcribing, EndsAtPercent: 44, Weight: 60),
        new("speakers", DubStage.Transcribing, EndsAtPercent: 45, Weight: 2),
        new("separate", DubStage.Transcribing, EndsAtPercent: 50, Weight: 0),
        new("release", DubStage.Translating, EndsAtPercent: 50, Weight: 0),
        new("translate", DubStage.Translating, EndsAtPercent: 60, Weight: 4),
        new("edit", DubStage.Translating, EndsAtPercent: 60, Weight: 0),
        new("speak", DubStage.Speaking, EndsAtPercent: 80, Weight: 8),
        new("fit", DubStage.Rendering, EndsAtPercent: 82, Weight: 6),
        new("render", DubStage.Rendering, EndsAtPercent: 99, Weight: 20),
    ];

    /// <summary>The percent at which a stage begins: where the last step before it ends.</summary>
    public static int StartOf(DubStage stage) => Rows.LastOrDefault(row => row.Stage < stage)?.EndsAtPercent ?? 0;

    /// <summary>The steps that an order has something to do for, in order.</summary>
    public IReadOnlyList<PlannedStep> Of(DubOrder order)
    {
        var planned = new List<PlannedStep>();
        foreach (var (row, step) in _steps.Where(planned => planned.Step.IsNeeded(order)))
        {
            var before = planned.Count == 0 ? 0 : planned[^1].Row.EndsAtPercent;
            planned.Add(new PlannedStep(step, row, Math.Max(before, StartOf(row.Stage))));
        }
        return planned;
    }
}

/// <summary>What the plan says of a step.</summary>
/// <param name="Name">Its name in records, logs and the report.</param>
/// <param name="Stage">The stage that a dub is in while it runs.</param>
/// <param name="EndsAtPercent">The percent of the dub at which it is done, 0–99.</param>
/// <param name="Weight">
/// Roughly how many hundredths of a dub's time it takes, for estimates of what is left; 0 for what says nothing about the rest: the
/// network's speed, or next to no work.
/// </param>
public sealed record StepRow(string Name, DubStage Stage, int EndsAtPercent, double Weight);

/// <summary>A step in the plan of one order.</summary>
/// <param name="Step">What does it.</param>
/// <param name="Row">What the plan says of it.</param>
/// <param name="StartsAtPercent">The percent of the dub at which it begins.</param>
public sealed record PlannedStep(IDubStep Step, StepRow Row, int StartsAtPercent)
{
    /// <summary>Its name.</summary>
    public string Name => Row.Name;

    /// <summary>Its stage.</summary>
    public DubStage Stage => Row.Stage;

    /// <summary>Its weight.</summary>
    public double Weight => Row.Weight;

    /// <summary>The percent of the dub that is done with a share of the step, 0–1.</summary>
    public int PercentAt(double share) => StartsAtPercent + (int)((Row.EndsAtPercent - StartsAtPercent) * Math.Clamp(share, 0, 1));
}
