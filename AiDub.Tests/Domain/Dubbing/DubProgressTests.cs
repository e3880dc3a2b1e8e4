using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;

namespace AiDub.Tests.Domain.Dubbing;

public class DubProgressTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DubProgress Accepted = DubProgress.Accept(Samples.Order(), Now);

    [Test]
    public void What_gets_on_is_forgiven_its_faults_and_what_only_beats_is_not()
    {
        var now = DateTimeOffset.UnixEpoch;
        var stumbled = DubProgress.Accept(Samples.Order(), now)
            .Apply(new DubTransition.Advance(DubStage.Speaking, 65), now)
            .Apply(new DubTransition.Fault(), now);

        Assert.That(stumbled.Apply(new DubTransition.Advance(DubStage.Speaking, 65), now).Faults, Is.EqualTo(1));
        Assert.That(stumbled.Apply(new DubTransition.Advance(DubStage.Speaking, 66), now).Faults, Is.Zero);
        Assert.That(stumbled.Apply(new DubTransition.Advance(DubStage.Rendering, 65), now).Faults, Is.Zero);
    }

    [Test]
    public void A_dub_begins_at_Status_1_with_nothing_done() =>
        Assert.That(
            (Accepted.Stage.ToWire(), Accepted.Percent, Accepted.Attempt, Accepted.State),
            Is.EqualTo(("Status_1", 0, 0, DubState.Running)));

    [Test]
    public void Percent_never_goes_backwards()
    {
        var later = Accepted.Apply(new DubTransition.Advance(DubStage.Translating, 55), Now);

        Assert.That(later.Apply(new DubTransition.Advance(DubStage.Translating, 51), Now).Percent, Is.EqualTo(55));
    }

    [Test]
    public void Percent_and_version_never_go_backwards_whatever_an_attempt_tells_by_whatever_clock()
    {
        var random = new Random(3);
        var dub = Accepted;
        for (var i = 0; i < 3000; i++)
        {
            var stage = (DubStage)Math.Min(4, (int)dub.Stage + (random.Next(200) == 0 ? 1 : 0));
            var activity = new DubActivity { Step = $"step {random.Next(3)}", EtaSeconds = random.Next(20) };
            DubTransition transition = random.Next(10) switch
            {
                0 => new DubTransition.Fault(),
                1 => new DubTransition.Release(),
                _ => new DubTransition.Advance(stage, random.Next(-50, 200)) { Activity = random.Next(4) == 0 ? null : activity },
            };

            var next = dub.Apply(transition, Now.AddSeconds(random.Next(-60, 60)));

            Assert.That(next.Percent, Is.InRange(dub.Percent, 99), $"seed 3, case {i}");
            Assert.That(next.Version, Is.GreaterThanOrEqualTo(dub.Version), $"seed 3, case {i}");
            dub = next;
        }
    }

    [Test]
    public void The_version_rises_with_every_change_that_a_poll_shows_and_with_nothing_else()
    {
        var speaking = new DubTransition.Advance(DubStage.Speaking, 60)
        {
            Activity = new DubActivity { Step = "speak", SegmentsDone = 1, SegmentsTotal = 9 },
        };
        var before = Accepted.Apply(speaking, Now);

        Assert.That(before.Version, Is.GreaterThan(Accepted.Version));
        Assert.That(before.Apply(speaking, Now.AddSeconds(1)).Version, Is.EqualTo(before.Version), "only a heartbeat");
        Assert.That(
            before.Apply(speaking with { Activity = speaking.Activity! with { SegmentsDone = 2 } }, Now).Version,
            Is.GreaterThan(before.Version));
        Assert.That(
            before.Apply(speaking with
            {
                Activity = speaking.Activity! with
                {
                    Warnings = [new DubWarning(
                WarningCode.Of("a"), "b")]
                }
            }, Now).Version,
            Is.GreaterThan(before.Version));
        Assert.That(before.Apply(new DubTransition.Fail(FailureCode.Of("x"), "y", Now), Now).Version, Is.GreaterThan(before.Version));
    }

    [Test]
    public void A_dub_that_nobody_holds_has_no_time_at_which_it_will_be_done()
    {
        var held = Accepted.Apply(
            new DubTransition.Advance(DubStage.Speaking, 60) { Activity = new DubActivity { Step = "speak", EtaSeconds = 5 } }, Now);

        Assert.That(
            held.Apply(new DubTransition.Release(), Now).Activity, Has.Property("EtaSeconds").Null.And.Property("Step").EqualTo("speak"));
        Assert.That(held.Apply(new DubTransition.Fault(), Now).Activity!.EtaSeconds, Is.Null);
    }

    [Test]
    public void A_stage_never_goes_backwards()
    {
        var later = Accepted.Apply(new DubTransition.Advance(DubStage.Speaking, 60), Now);

        Assert.That(
            () => later.Apply(new DubTransition.Advance(DubStage.Translating, 60), Now), Throws.TypeOf<IllegalTransitionException>());
    }

    [Test]
    public void A_dub_cannot_be_finished_before_it_is_rendered() => Assert.That(
        () => Accepted.Apply(new DubTransition.Finish(Samples.Response(), Now), Now), Throws.TypeOf<IllegalTransitionException>());

    [TestCaseSource(nameof(AllTransitions))]
    public void Nothing_happens_to_a_failed_dub(DubTransition transition)
    {
        var failed = Accepted.Apply(new DubTransition.Fail(FailureCode.MediaInvalid, "It is not a video.", Now), Now);

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

        Assert.That(
            (cancelled.State, cancelled.IsCancelled, cancelled.KeptUntil), Is.EqualTo((DubState.Failed, true, (DateTimeOffset?)Now)));
        Assert.That(() => cancelled.Apply(new DubTransition.Retry(), Now.AddSeconds(-1)), Throws.TypeOf<IllegalTransitionException>());
        var cleaned = cancelled.Apply(new DubTransition.Clean(), Now);
        Assert.That(cleaned.KeptUntil, Is.EqualTo(Now.AddDays(7).AddMinutes(-30)), "once more before its document goes");
        Assert.That(cleaned.Apply(new DubTransition.Clean(), cleaned.KeptUntil!.Value).KeptUntil, Is.Null);
    }

    [Test]
    public void A_failed_dub_runs_again_with_its_faults_forgiven_while_it_is_kept()
    {
        var beating = Accepted.Apply(new DubTransition.Advance(DubStage.Speaking, 70), Now).Apply(new DubTransition.Fault(), Now);
        var failed = beating.Apply(
            new DubTransition.Fail(FailureCode.RetriesUsedUp, "It kept failing.", Now.AddDays(7)) { KeptUntil = Now.AddHours(1) }, Now);

        var retried = failed.Apply(new DubTransition.Retry(), Now);
        Assert.That(retried, Is.EqualTo(beating with { Faults = 0, Activity = retried.Activity }));
        Assert.That(retried.Version, Is.GreaterThan(failed.Version));
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

    private static IEnumerable<DubTransition> AllTransitions() =>
    [
        new DubTransition.Advance(DubStage.Rendering, 90),
        new DubTransition.Fault(),
        new DubTransition.Release(),
        new DubTransition.Fail(FailureCode.Of("x"), "y", Now),
        new DubTransition.Finish(Samples.Response(), Now),
        new DubTransition.Cancel(Now),
        new DubTransition.Retry(),
    ];
}
