using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Engines.Native;

/// <summary>Models in processes of their own, with real processes.</summary>
[CancelAfter(60_000)]
public sealed class NativeEngineTests
{
    private readonly TestClock _clock = new();
    private readonly NativeOptions _options = new();
    private string _folder = "";
    private int _started;
    private NativeEngine _engine = null!;

    [SetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-tests-").FullName;
        (_started, _options.IdleSeconds, _options.SilenceSeconds) = (0, 60, 60);
        _engine = new NativeEngine("Scripted", folder =>
        {
            _started++;
            return ScriptedModel.Command(folder);
        }, new ToolRunner(TimeProvider.System), _options, _clock, NullLogger.Instance);
    }

    [TearDown]
    public async Task Close()
    {
        await _engine.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task One_process_answers_every_call_and_says_how_far_it_is(CancellationToken test)
    {
        var shares = new Shares();

        var first = await AskAsync("answer", test, shares);
        var fault = Assert.ThrowsAsync<NativeEngineException>(() => AskAsync("fail", test));
        var second = await AskAsync("answer", test);

        Assert.That(second, Is.EqualTo(first).And.Not.EqualTo(Environment.ProcessId));
        Assert.That(shares.Seen, Is.EqualTo(new[] { 1.0 }));
        Assert.That(fault.Message, Does.Contain("no sound"));
    }

    [Test]
    public async Task A_call_whose_process_is_killed_is_answered_by_another(CancellationToken test)
    {
        var first = await AskAsync("answer", test);

        var second = await AskAsync("die once", test);

        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(_started, Is.EqualTo(2));
        Assert.That(IsAlive(first), Is.False);
    }

    [Test]
    public async Task An_engine_that_dies_twice_is_not_asked_for_ten_minutes(CancellationToken test)
    {
        Assert.ThrowsAsync<EngineSkippedException>(() => AskAsync("die", test));
        Assert.ThrowsAsync<EngineSkippedException>(() => AskAsync("answer", test));
        Assert.That(_started, Is.EqualTo(2));

        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.That(await AskAsync("answer", test), Is.Positive);
    }

    [Test]
    public void A_process_that_hangs_is_ended(CancellationToken test)
    {
        _options.SilenceSeconds = 1;

        var skipped = Assert.ThrowsAsync<EngineSkippedException>(() => AskAsync("hang", test));

        Assert.That(skipped.InnerException!.Message, Does.Contain("said nothing for 1 s"));
        Assert.That(_engine.IsWarm, Is.False);
    }

    [Test]
    public void A_process_that_takes_all_memory_takes_no_more_than_it_may(CancellationToken test)
    {
        var shares = new Shares();

        Assert.ThrowsAsync<EngineSkippedException>(() => AskAsync("eat", test, shares));

        // Of 4 GB it may have 0.75.
        Assert.That(shares.Seen.Max(), Is.GreaterThan(0).And.LessThan(0.75 / 4));
    }

    [Test]
    public async Task A_call_that_is_cancelled_leaves_a_process_warm_that_can_stop(CancellationToken test)
    {
        var before = await AskAsync("answer", test);

        await CancelledAsync("wait", test);

        Assert.That(await AskAsync("answer", test), Is.EqualTo(before));
    }

    [Test]
    public async Task A_call_that_is_cancelled_ends_a_process_that_does_not_stop(CancellationToken test)
    {
        var before = await AskAsync("answer", test);

        await CancelledAsync("hang", test);

        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (IsAlive(before))
            await Task.Delay(10, test);
        await TestContext.Out.WriteLineAsync($"gone {watch.Elapsed.TotalSeconds:0.00} s after the call had ended");
        Assert.That(await AskAsync("answer", test), Is.Not.EqualTo(before));
        Assert.That(_started, Is.EqualTo(2), "a call that was cancelled is no death");
    }

    [Test]
    public async Task A_process_that_is_idle_is_ended_and_another_is_started_for_the_next_call(CancellationToken test)
    {
        _options.IdleSeconds = 1;
        var before = await AskAsync("answer", test);
        while (_engine.IsWarm)
            await Task.Delay(20, test);

        _options.IdleSeconds = 60;
        Assert.That(await AskAsync("answer", test), Is.Not.EqualTo(before));
        Assert.That(IsAlive(before), Is.False);
    }

    [Test]
    public async Task A_process_is_replaced_before_it_meets_the_limit_of_its_run(CancellationToken test)
    {
        var before = await AskAsync("answer", test);

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.That(await AskAsync("answer", test), Is.Not.EqualTo(before));
    }

    private async Task CancelledAsync(string what, CancellationToken test)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(test);
        var call = AskAsync(what, cancel.Token, new Shares(onFirst: cancel.Cancel));
        Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
        await Task.CompletedTask;
    }

    private async Task<int> AskAsync(string what, CancellationToken ct, IProgress<double>? progress = null) =>
        (await _engine.AskAsync<Answer>(new { what, marker = Path.Combine(_folder, "marker") }, progress, ct)).Pid;

    private static bool IsAlive(int pid) =>
        File.Exists($"/proc/{pid}/stat") && File.ReadAllText($"/proc/{pid}/stat") is var stat && stat[(stat.LastIndexOf(')') + 2)] != 'Z';

    private sealed record Answer(int Pid);

    private sealed class Shares(Action? onFirst = null) : IProgress<double>
    {
        private readonly List<double> _seen = [];

        public IReadOnlyList<double> Seen => _seen;

        public void Report(double value)
        {
            _seen.Add(value);
            if (_seen.Count == 1)
                onFirst?.Invoke();
        }
    }
}
