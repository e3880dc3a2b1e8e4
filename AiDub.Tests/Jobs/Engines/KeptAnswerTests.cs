using AiDub.Domain.Errors;
using AiDub.Jobs.Engines;
using Microsoft.Extensions.Time.Testing;

namespace AiDub.Tests.Jobs.Engines;

/// <summary>Whoever submits a dub waits for what engines can do: not for long, whatever an engine does.</summary>
public sealed class KeptAnswerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly FakeTimeProvider _clock = Samples.Clock();

    [Test]
    [CancelAfter(60_000)]
    public async Task An_engine_that_never_answers_is_given_up_as_transient_and_is_asked_once_by_all_who_wait(CancellationToken ct)
    {
        var (asked, begun) = (0, new TaskCompletionSource());
        using var kept = new KeptAnswer<string>(
            async end =>
            {
                Interlocked.Increment(ref asked);
                begun.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, end);
                return "";
            },
            a => a.Length == 0, _clock, Patience);

        var waits = Enumerable.Range(0, 20).Select(_ => kept.GetAsync(ct)).ToList();
        await begun.Task.WaitAsync(ct);
        _clock.Advance(Patience);

        foreach (var wait in waits)
            Assert.That(async () => await wait, Throws.InstanceOf<TransientDubException>());
        Assert.That(asked, Is.EqualTo(1));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task What_an_engine_said_before_counts_while_it_hangs_and_until_it_says_something_else(CancellationToken ct)
    {
        var next = new TaskCompletionSource<string>();
        var answers = new Queue<Task<string>>([Task.FromResult("es"), next.Task]);
        using var kept = new KeptAnswer<string>(_ => answers.Dequeue(), a => a.Length == 0, _clock, Patience);
        Assert.That(await kept.GetAsync(ct), Is.EqualTo("es"));
        _clock.Advance(TimeSpan.FromMinutes(11));

        var hanging = kept.GetAsync(ct);
        _clock.Advance(Patience / 5);
        Assert.That(await hanging, Is.EqualTo("es"), "it hangs");
        var waiting = kept.GetAsync(ct);
        next.SetResult("es fr");

        Assert.That(await waiting, Is.EqualTo("es fr"));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task What_an_engine_said_before_the_clock_was_put_back_is_asked_for_again(CancellationToken ct)
    {
        var asked = 0;
        using var kept = new KeptAnswer<string>(_ => Task.FromResult($"{++asked}"), a => a.Length == 0, _clock);
        Assert.That(await kept.GetAsync(ct), Is.EqualTo("1"));

        _clock.AdjustTime(_clock.GetUtcNow().AddHours(-1));

        Assert.That(await kept.GetAsync(ct), Is.EqualTo("2"));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task One_who_stops_waiting_does_not_end_the_wait_of_others(CancellationToken ct)
    {
        var answer = new TaskCompletionSource<string>();
        using var kept = new KeptAnswer<string>(end => answer.Task.WaitAsync(end), a => a.Length == 0, _clock);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var (first, second) = (kept.GetAsync(leaving.Token), kept.GetAsync(ct));

        await leaving.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        answer.SetResult("es");

        Assert.That(await second, Is.EqualTo("es"));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_question_that_failed_is_asked_again(CancellationToken ct)
    {
        var answers = new Queue<Task<string>>([Task.FromException<string>(new TransientDubException("down")), Task.FromResult("es")]);
        using var kept = new KeptAnswer<string>(_ => answers.Dequeue(), a => a.Length == 0, _clock);

        Assert.That(async () => await kept.GetAsync(ct), Throws.InstanceOf<TransientDubException>());

        Assert.That(await kept.GetAsync(ct), Is.EqualTo("es"));
    }
}
