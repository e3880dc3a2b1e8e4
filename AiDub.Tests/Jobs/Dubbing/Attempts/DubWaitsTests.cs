using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Outages;
using AiDub.Tests.Jobs.Outages;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing.Attempts;

/// <summary>What the real job does while something it depends on is away.</summary>
public sealed class DubWaitsTests
{
    private static readonly Outage Engine = new(Dependency.Engine, "LibreTranslate");

    private JobBench _bench = null!;
    private AwayCalls _objects = null!;
    private AwayCalls _records = null!;
    private AwayCalls _engine = null!;
    private AwayCalls _room = null!;

    [SetUp]
    public async Task Accept()
    {
        _bench = new JobBench();
        // No fault is survived, so that one that is counted ends the dub.
        (_bench.Options.Retries.MaxFaults, _bench.Options.Outages.ProbeSeconds, _bench.Options.Retries.RetrySeconds) = (0, 0.05, 0.1);
        await _bench.AcceptAsync();
        _objects = new AwayCalls(new Outage(Dependency.Objects));
        _records = new AwayCalls(new Outage(Dependency.Records));
        _engine = new AwayCalls(Engine);
        _room = new AwayCalls(new Outage(Dependency.Storage));
        _bench.Probes.AddRange([_objects.Probe, _records.Probe, _engine.Probe, _room.Probe]);
        _bench.JobObjects = Port<IObjectStore>.Around(_bench.Objects, _objects);
        _bench.JobProgress = Port<IProgressStore>.Around(_bench.Progress, _records);
    }

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task A_dub_waits_until_its_objects_are_back_says_so_and_does_nothing_twice()
    {
        var running = RunAsync(_bench.Steps((name, _, _) =>
        {
            _objects.IsAway = name == "speak";
            return Task.CompletedTask;
        }));
        var waiting = await UntilAsync(dub => dub.Activity?.Wait is not null);
        _objects.IsAway = false;
        await running;

        Assert.That(
            (waiting.Activity!.Wait!.For, waiting.Activity.Wait.Message, waiting.Activity.EtaSeconds),
            Is.EqualTo(("objects", "The object store cannot be reached.", (int?)null)));
        Assert.That(waiting.HeartbeatAt, Is.Not.Null, "it is held while it waits");
        var done = await _bench.FindAsync();
        Assert.That((done.State, done.Faults, done.Attempt, done.Activity!.Wait), Is.EqualTo((DubState.Complete, 0, 1, (DubWait?)null)));
        Assert.That(_bench.Ran, Is.EqualTo(new[] { "transcribe", "translate", "speak", "render" }));
    }

    [Test]
    public async Task A_dub_waits_until_the_server_of_an_engine_is_back_and_goes_on_in_the_step_that_needed_it()
    {
        _engine.IsAway = true;
        var running = RunAsync(_bench.Steps((name, _, _) =>
        {
            if (name == "translate")
                _engine.ThrowIfAway();
            return Task.CompletedTask;
        }));
        var waiting = await UntilAsync(dub => dub.Activity?.Wait is not null);
        _engine.IsAway = false;
        await running;

        Assert.That(
            (waiting.Activity!.Wait!.For, waiting.Activity.Wait.Message), Is.EqualTo(("engine", "LibreTranslate cannot be reached.")));
        Assert.That((await _bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
        Assert.That(_bench.Ran, Is.EqualTo(new[] { "transcribe", "translate", "translate", "speak", "render" }));
    }

    [Test]
    public async Task An_engine_that_answers_and_breaks_off_every_call_of_a_dub_is_that_dub_s_fault()
    {
        var steps = _bench.Steps((name, _, _) =>
            name == "translate" ? throw new TransientDubException("It broke off.") { Outage = Engine } : Task.CompletedTask);

        Assert.That(async () => await RunAsync(steps), Throws.TypeOf<PermanentDubException>());

        Assert.That((await _bench.FindAsync()).ExceptionCode, Is.EqualTo(FailureCode.RetriesUsedUp));
    }

    [Test]
    public async Task A_dub_outlives_its_records_being_away_and_no_other_attempt_takes_it_meanwhile_or_just_after()
    {
        var running = RunAsync(_bench.Steps((name, _, _) =>
        {
            _records.IsAway = name == "speak";
            return Task.CompletedTask;
        }));
        await UntilAsync(() => _records.Refused > 3);
        Assert.That(_bench.Watch.IsAway(Dependency.Records), "by the heartbeat alone it is known");
        _records.IsAway = false;
        await running;

        var done = await _bench.FindAsync();
        Assert.That((done.State, done.Faults, done.Attempt), Is.EqualTo((DubState.Complete, 0, 1)));
        Assert.That(_bench.Ran, Is.EqualTo(new[] { "transcribe", "translate", "speak", "render" }));
    }

    [Test]
    public async Task A_dub_that_finds_no_room_gives_back_what_it_has_and_waits_for_some()
    {
        _room.IsAway = true;
        string[]? kept = null;
        var running = RunAsync(_bench.Steps(async (name, context, ct) =>
        {
            if (name != "render" || !_room.IsAway)
                return;
            await File.WriteAllTextAsync(Path.Combine(context.Scratch, "half.mp4"), "x", ct);
            throw new IOException("No space left on device", 28);
        }));
        var waiting = await UntilAsync(dub => dub.Activity?.Wait is not null);
        kept = [.. _bench.ScratchFiles.Select(f => Path.GetExtension(f)!)];
        _room.IsAway = false;
        await running;

        Assert.That(waiting.Activity!.Wait!.For, Is.EqualTo("storage"));
        Assert.That(kept, Has.None.EqualTo(".mp4"));
        Assert.That((await _bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
    }

    [Test]
    public async Task A_dub_whose_records_find_no_room_waits_for_some()
    {
        _bench.JobProgress = Port<IProgressStore>.Around(_bench.Progress, _room);
        var running = RunAsync(_bench.Steps((name, _, _) =>
        {
            _room.IsAway = name == "speak";
            return Task.CompletedTask;
        }));
        await UntilAsync(() => _bench.Watch.IsAway(Dependency.Storage));
        _room.IsAway = false;
        await running;

        var done = await _bench.FindAsync();
        Assert.That((done.State, done.Faults), Is.EqualTo((DubState.Complete, 0)));
        Assert.That(_bench.Ran, Is.EqualTo(new[] { "transcribe", "translate", "speak", "render" }));
    }

    [Test]
    public async Task A_dub_that_waited_too_long_fails_by_name_and_goes_on_when_its_user_retries_it_after_the_outage()
    {
        _bench.Options.Outages.OutageHours = 0.0001;
        var steps = _bench.Steps((name, _, _) =>
        {
            _objects.IsAway = name == "speak" && _bench.Ran.Count == 3;
            return Task.CompletedTask;
        });
        Assert.That(
            async () => await RunAsync(steps),
            Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.DependencyUnreachable));
        Assert.That((await _bench.FindAsync()).Exception, Does.StartWith("The object store cannot be reached."));

        _objects.IsAway = false;
        await UntilAsync(() => !_bench.Watch.IsAway(Dependency.Objects));
        Assert.That(
            await new DubRetries(_bench.Progress, _bench.Intake, TimeProvider.System).RetryAsync(_bench.Order.RequestId, null, default),
            Is.EqualTo(RetryOutcome.Retried));
        await RunAsync(steps);

        Assert.That((await _bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
        Assert.That(_bench.Ran, Is.EqualTo(new[] { "transcribe", "translate", "speak", "speak", "render" }));
    }

    [Test]
    public async Task A_dub_that_is_cancelled_while_it_waits_stops_at_once()
    {
        _objects.IsAway = true;
        var running = RunAsync(_bench.Steps());
        await UntilAsync(dub => dub.Activity?.Wait is not null);

        var cancellation = new DubCancellation(
            _bench.Progress, _bench.Removal, _bench.Intake, _bench.Options, TimeProvider.System, NullLogger<DubCancellation>.Instance);
        await cancellation.CancelAsync(_bench.Order.RequestId, default);
        await running.WaitAsync(TimeSpan.FromMinutes(4));

        Assert.That((await _bench.FindAsync()).IsCancelled);
        Assert.That(_bench.ScratchFiles, Is.Empty);
    }

    [Test]
    public async Task A_worker_that_is_stopped_while_a_dub_waits_lets_go_of_it_at_once_and_the_wait_goes_on_elsewhere()
    {
        _objects.IsAway = true;
        using var shutdown = new CancellationTokenSource();
        var running = _bench.Job(_bench.Steps()).RunAsync(_bench.Order.RequestId, shutdown.Token);
        await UntilAsync(dub => dub.Activity?.Wait is not null);

        await shutdown.CancelAsync();
        Assert.That(async () => await running.WaitAsync(TimeSpan.FromMinutes(4)), Throws.InstanceOf<OperationCanceledException>());

        var released = await _bench.FindAsync();
        Assert.That((released.State, released.HeartbeatAt, released.Faults), Is.EqualTo((DubState.Running, (DateTimeOffset?)null, 0)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task No_dub_is_begun_while_what_every_dub_needs_is_away(bool isRecords)
    {
        var away = isRecords ? _records : _objects;
        away.IsAway = true;
        _bench.Watch.Report(new Outage(isRecords ? Dependency.Records : Dependency.Objects));
        var running = RunAsync(_bench.Steps());
        await UntilAsync(() => away.Looks > 2);
        Assert.That((await _bench.FindAsync()).Attempt, Is.Zero);

        away.IsAway = false;
        await running;

        Assert.That((await _bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
    }

    [Test]
    public async Task However_many_dubs_wait_one_looks_whether_it_is_over()
    {
        _bench.Options.Outages.ProbeSeconds = 0.2;
        _objects.IsAway = true;
        var outage = new Outage(Dependency.Objects);
        var waits =
            Enumerable.Range(0, 50).Select(_ =>
                new DubWaits(
                    _bench.Watch, new DubMeter(TimeProvider.System), _bench.Options.Outages, _bench.Options.Retries, TimeProvider.System)
            .ThroughAsync(() => Task.Run(_objects.ThrowIfAway), default)).ToArray();
        await UntilAsync(() => _objects.Looks >= 3);
        var refused = _objects.Refused;
        _objects.IsAway = false;
        await Task.WhenAll(waits);

        Assert.That(refused, Is.EqualTo(50), "each was refused once, and then nobody asked but the one who looks");
        Assert.That(_bench.Watch.Current, Has.None.EqualTo(outage));
    }

    private Task RunAsync(IDubStep[] steps) => Task.Run(() => _bench.Job(steps).RunAsync(_bench.Order.RequestId, default));

    private async Task<DubProgress> UntilAsync(Func<DubProgress, bool> isSo)
    {
        var found = await _bench.FindAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        for (; !isSo(found); found = await _bench.FindAsync())
            await Task.Delay(20, deadline.Token);
        return found;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        while (!isSo())
            await Task.Delay(20, deadline.Token);
    }
}
