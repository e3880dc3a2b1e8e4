using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;

namespace AiDub.Tests.Domain.Dubbing;

public class DubProgressTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DubProgress Accepted = DubProgress.Accept(Samples.Order(), Now);

    [Test]
    public void A_dub_begins_at_Status_1_with_nothing_done() =>
        Assert.That((Accepted.Stage.ToWire(), Accepted.Percent, Accepted.Attempt, Accepted.State), Is.EqualTo(("Status_1", 0, 0, DubState.Running)));

    [Test]
    public void Percent_never_goes_backwards()
    {
        var later = Accepted.Apply(new DubTransition.Advance(DubStage.Translating, 55), Now);

        Assert.That(later.Apply(new DubTransition.Advance(DubStage.Translating, 51), Now).Percent, Is.EqualTo(55));
    }

    [Test]
    public void A_stage_never_goes_backwards()
    {
        var later = Accepted.Apply(new DubTransition.Advance(DubStage.Speaking, 60), Now);

        Assert.That(() => later.Apply(new DubTransition.Advance(DubStage.Translating, 60), Now), Throws.TypeOf<IllegalTransitionException>());
    }

    [Test]
    public void A_dub_cannot_be_finished_before_it_is_rendered() => Assert.That(
        () => Accepted.Apply(new DubTransition.Finish(Samples.Response(), Now), Now), Throws.TypeOf<IllegalTransitionException>());

    [TestCaseSource(nameof(AllTransitions))]
    public void Nothing_happens_to_a_failed_dub(DubTransition transition)
    {
        var failed = Accepted.Apply(new DubTransition.Fail("media_invalid", "It is not a video.", Now), Now);

        Assert.That(() => failed.Apply(transition, Now), Throws.TypeOf<IllegalTransitionException>());
    }

    [TestCaseSource(nameof(AllTransitions))]
    public void Nothing_happens_to_a_complete_dub(DubTransition transition)
    {
        var complete = Accepted
            .Apply(new DubTransition.Advance(DubStage.Rendering, 80), Now)
            .Apply(new DubTransition.Finish(Samples.Response(), Now), Now);

        Assert.That(complete, Has.Property("Percent").EqualTo(100).And.Property("Stage").EqualTo(DubStage.Complete));
        Assert.That(() => complete.Apply(transition, Now), Throws.TypeOf<IllegalTransitionException>());
    }

    [Test]
    public void A_cancelled_dub_failed_as_cancelled_and_is_not_retried()
    {
        var cancelled = Accepted.Apply(new DubTransition.Cancel(Now.AddDays(7)), Now);

        Assert.That((cancelled.State, cancelled.IsCancelled, cancelled.KeptUntil), Is.EqualTo((DubState.Failed, true, (DateTimeOffset?)Now)));
        Assert.That(() => cancelled.Apply(new DubTransition.Retry(), Now.AddSeconds(-1)), Throws.TypeOf<IllegalTransitionException>());
    }

    [Test]
    public void A_failed_dub_runs_again_with_its_faults_forgiven_while_it_is_kept()
    {
        var beating = Accepted.Apply(new DubTransition.Advance(DubStage.Speaking, 70), Now).Apply(new DubTransition.Fault(), Now);
        var failed = beating.Apply(new DubTransition.Fail("retries_used_up", "It kept failing.", Now.AddDays(7)) { KeptUntil = Now.AddHours(1) }, Now);

        Assert.That(failed.Apply(new DubTransition.Retry(), Now), Is.EqualTo(beating with { Faults = 0 }));
        Assert.That(() => failed.Apply(new DubTransition.Retry(), Now.AddHours(1)), Throws.TypeOf<IllegalTransitionException>());
        var cleaned = failed.Apply(new DubTransition.Clean(), Now);
        Assert.That(() => cleaned.Apply(new DubTransition.Retry(), Now), Throws.TypeOf<IllegalTransitionException>());
    }

    [Test]
    public void A_fault_and_a_release_let_go_of_the_dub()
    {
        var beating = Accepted.Apply(new DubTransition.Advance(DubStage.Transcribing, 0), Now);

        Assert.That(beating.HeartbeatAt, Is.EqualTo(Now));
        Assert.That(beating.Apply(new DubTransition.Release(), Now).HeartbeatAt, Is.Null);
        Assert.That(beating.Apply(new DubTransition.Fault(), Now), Has.Property("HeartbeatAt").Null.And.Property("Faults").EqualTo(1));
    }

    [Test]
    public void Percent_ranges_of_the_stages_follow_one_another()
    {
        var ranges = Enum.GetValues<DubStage>().Select(s => s.PercentRange()).ToList();

        Assert.That(ranges.Zip(ranges.Skip(1)).All(pair => pair.First.To <= pair.Second.From && pair.First.From < pair.Second.From), Is.True);
    }

    private static IEnumerable<DubTransition> AllTransitions() =>
    [
        new DubTransition.Advance(DubStage.Rendering, 90),
        new DubTransition.Fault(),
        new DubTransition.Release(),
        new DubTransition.Fail("x", "y", Now),
        new DubTransition.Finish(Samples.Response(), Now),
        new DubTransition.Cancel(Now),
        new DubTransition.Retry(),
    ];
}
