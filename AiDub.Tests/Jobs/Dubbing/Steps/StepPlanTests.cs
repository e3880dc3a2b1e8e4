using System.Runtime.CompilerServices;
using AiDub.Domain.Dubbing;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

public sealed class StepPlanTests
{
    private static readonly DubOrder Plain = Samples.Order();

    private static readonly DubOrder[] Orders =
    [
        Plain,
        Plain with { Transcript = new TextPlace.Linked("https://example.com/a.srt") },
        Plain with { Revision = 1 },
        Plain with { Batch = new DubBatch(Guid.NewGuid(), [Plain.RequestId, Guid.NewGuid()]) },
    ];

    [Test]
    public void Every_step_has_a_row_and_every_row_a_step() =>
        Assert.That(AllSteps().Select(step => step.Name), Is.EquivalentTo(StepPlan.Rows.Select(row => row.Name)));

    [Test]
    public void A_step_without_a_row_is_refused() =>
        Assert.That(() => new StepPlan([new Unplanned()]), Throws.ArgumentException.With.Message.Contains("'unplanned'"));

    [Test]
    public void Stages_and_percents_never_go_back_from_row_to_row()
    {
        Assert.That(StepPlan.Rows.Select(row => row.Stage), Is.Ordered);
        Assert.That(StepPlan.Rows.Select(row => row.EndsAtPercent), Is.Ordered.And.All.InRange(1, 99));
        Assert.That(StepPlan.Rows.Sum(row => row.Weight), Is.EqualTo(100));
    }

    [TestCase(DubStage.Transcribing, 0)]
    [TestCase(DubStage.Translating, 50)]
    [TestCase(DubStage.Speaking, 60)]
    [TestCase(DubStage.Rendering, 80)]
    public void A_stage_begins_at_its_percent(DubStage stage, int percent) => Assert.That(StepPlan.StartOf(stage), Is.EqualTo(percent));

    [TestCaseSource(nameof(Orders))]
    public void The_steps_of_any_order_fill_the_percents_one_after_another(DubOrder order)
    {
        var planned = new StepPlan(AllSteps()).Of(order);

        var percents = planned.SelectMany(step => new[] { 0, 0.3, 1 }.Select(step.PercentAt)).ToList();
        Assert.That(percents, Is.Ordered);
        Assert.That((percents[0], percents[^1]), Is.EqualTo((0, 99)));
        Assert.That(planned.Zip(planned.Skip(1)).All(pair => pair.First.PercentAt(1) == pair.Second.PercentAt(0)), Is.True);
    }

    [Test]
    public void An_order_has_the_steps_that_it_needs()
    {
        var plan = new StepPlan(AllSteps().Reverse());

        Assert.That(plan.Of(Orders[0]).Select(s => s.Name), Is.EqualTo(
            new[] { "fetch", "transcribe", "speakers", "separate", "translate", "speak", "fit", "render" }));
        Assert.That(plan.Of(Orders[1]).Select(s => s.Name), Does.Contain("texts"));
        Assert.That(plan.Of(Orders[2]).Select(s => s.Name), Does.Contain("edit").And.Not.Contain("translate"));
        Assert.That(plan.Of(Orders[3]).Select(s => s.Name), Does.Contain("release"));
    }

    // As their types are, without what they work with: only what they say of themselves is asked.
    private static IEnumerable<IDubStep> AllSteps() => typeof(IDubStep).Assembly.GetTypes()
        .Where(type => type.IsClass && type.IsAssignableTo(typeof(IDubStep)))
        .Select(type => (IDubStep)RuntimeHelpers.GetUninitializedObject(type));

    private sealed class Unplanned : IDubStep
    {
        public string Name => "unplanned";

        public Task RunAsync(DubContext context, CancellationToken ct) => Task.CompletedTask;
    }
}
