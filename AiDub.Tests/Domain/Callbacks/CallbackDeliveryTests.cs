using AiDub.Domain.Callbacks;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;

namespace AiDub.Tests.Domain.Callbacks;

public class CallbackDeliveryTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly CallbackDelivery Prepared = CallbackDelivery.Prepare(Guid.NewGuid(), 3, Now);

    [Test]
    public void What_was_prepared_is_due_at_once() =>
        Assert.That((Prepared.State, Prepared.NextAt), Is.EqualTo((CallbackState.Pending, Now)));

    [TestCase(200, CallbackState.Delivered)]
    [TestCase(204, CallbackState.Delivered)]
    [TestCase(410, CallbackState.GivenUp)]
    public void A_receiver_that_takes_it_or_wants_no_more_ends_it(int status, CallbackState state)
    {
        var after = Prepared.After(new CallbackAttempt(Now, status, null), 0.5);

        Assert.That((after.State, after.NextAt), Is.EqualTo((state, (DateTimeOffset?)null)));
    }

    [TestCase(0.0)]
    [TestCase(1.0)]
    public void Waits_double_from_five_seconds_to_an_hour_less_up_to_half_for_a_day(double jitter)
    {
        var (delivery, waits) = (Prepared, new List<double>());
        while (delivery.State == CallbackState.Pending)
        {
            var at = delivery.NextAt!.Value;
            delivery = delivery.After(new CallbackAttempt(at, null, "unreachable"), jitter);
            if (delivery.NextAt is { } next)
                waits.Add((next - at).TotalSeconds);
        }

        var scale = jitter == 0 ? 0.5 : 1;
        Assert.That(waits.Take(4), Is.EqualTo(new[] { 5, 10, 20, 40.0 }.Select(s => s * scale)));
        Assert.That(waits.Max(), Is.EqualTo(3600 * scale));
        Assert.That(delivery.State, Is.EqualTo(CallbackState.GivenUp));
        Assert.That(delivery.Attempts[^1].At, Is.InRange(Now.AddHours(23), Now.AddHours(24)));
    }

    [Test]
    public void An_event_keeps_its_id_over_its_tries_and_shares_it_with_no_other_end()
    {
        var tried = Prepared.After(new CallbackAttempt(Now, 503, "status_unexpected"), 1);

        Assert.That(tried.EventId, Is.EqualTo(Prepared.EventId));
        Assert.That((Prepared with { Attempt = 4 }).EventId, Is.Not.EqualTo(Prepared.EventId));
    }

    [Test]
    public void Only_the_end_that_it_was_prepared_for_is_told()
    {
        var running = DubProgress.Accept(Samples.Order(), Now) with { Stage = DubStage.Rendering, Attempt = 3 };
        var failed = running.Apply(new DubTransition.Fail(FailureCode.Of("x"), "y", Now), Now);
        var complete = running.Apply(new DubTransition.Finish(Samples.Response(), Now), Now);
        var record = new DubRecord { Order = running.Order, Response = Response(attempts: 3), CreatedAt = Now, FinishedAt = Now };

        Assert.That(CallbackVerdicts.Judge(Prepared, failed, null), Is.EqualTo(CallbackVerdict.Tell));
        Assert.That(CallbackVerdicts.Judge(Prepared, complete, record), Is.EqualTo(CallbackVerdict.Tell));
        Assert.That(CallbackVerdicts.Judge(Prepared, null, record), Is.EqualTo(CallbackVerdict.Tell), "delivered by a poll");
        Assert.That(CallbackVerdicts.Judge(Prepared, running, record), Is.EqualTo(CallbackVerdict.Wait), "not ended yet");
        Assert.That(
            CallbackVerdicts.Judge(Prepared, running with { Attempt = 4 }, record),
            Is.EqualTo(CallbackVerdict.Drop),
            "another attempt goes on");
        Assert.That(
            CallbackVerdicts.Judge(Prepared, complete with { Attempt = 4 }, record), Is.EqualTo(CallbackVerdict.Drop), "ended by another");
        Assert.That(
            CallbackVerdicts.Judge(Prepared, null, record with { Response = Response(attempts: 4) }), Is.EqualTo(CallbackVerdict.Drop));
        Assert.That(CallbackVerdicts.Judge(Prepared, null, null), Is.EqualTo(CallbackVerdict.Drop), "deleted");
    }

    private static FinalResponse Response(int attempts) =>
        Samples.Response() with { Report = Samples.Response().Report with { Attempts = attempts } };
}
