using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Publishing;
using AiDub.Jobs.Dubbing.Retention;
using AiDub.Jobs.Dubbing.Running;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Queueing;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.LocalFiles;
using AiDub.Jobs.Storage.Mongo;
using AiDub.Jobs.Storage.Sqlite;
using AiDub.Tests.Api.Fakes;
using AiDub.Tests.Jobs.Dubbing.Steps;
using AiDub.Tests.Jobs.Storage;
using AiDub.Tests.StandIns;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Dubbing;

/// <summary>The real job on real embedded stores, with steps that a test writes.</summary>
internal sealed class JobBench : IDisposable
{
    private readonly TestData _data = new();
    private readonly LoggerFactory _loggers;

    /// <param name="mongo">Where records and turns are kept; null: in the data folder.</param>
    public JobBench(MongoTestDatabase? mongo = null)
    {
        _loggers = new LoggerFactory([Log]);
        var database = new SqliteDatabase(_data.Directory);
        Progress = mongo is null ? new SqliteProgressStore(database) : new MongoProgressStore(mongo.Records);
        Turns = mongo is null ? new SqliteDubTurns(database) : new MongoDubTurns(mongo.Records);
        Leases = mongo is null ? new SqliteLeases(database) : new MongoLeases(mongo.Records);
        Dubs = mongo is null ? new SqliteDubStore(database, TimeProvider.System) : new MongoDubStore(mongo.Records, TimeProvider.System);
        Edits = new SqliteEditStore(new SqliteDatabase(_data.Directory));
        Outbox = new SqliteCallbackOutbox(new SqliteDatabase(_data.Directory));
        var addresses = new SignedUrls(
            _data.Directory, Microsoft.Extensions.Options.Options.Create(new ObjectOptions()), TimeProvider.System);
        Objects = new LocalObjectStore(_data.Directory, addresses);
        Watch = new OutageWatch(Probes, Options, Options, TimeProvider.System, NullLogger<OutageWatch>.Instance);
        Intake = NewIntake(TimeProvider.System);
    }

    /// <summary>What the job, its publisher and the intake log.</summary>
    public CapturedLog Log { get; } = new();

    public DubSettings Options { get; } = new()
    {
        Leases = new() { HeartbeatSeconds = 0.2 },
        Retries = new() { MaxFaults = 2 },
        Retention = new() { KeepEditableHours = 0 },
    };

    public IProgressStore Progress { get; }

    public IDubStore Dubs { get; }

    public IEditStore Edits { get; }

    public SqliteCallbackOutbox Outbox { get; }

    public LocalObjectStore Objects { get; }

    /// <summary>The records as the job sees them; null: as they are.</summary>
    public IProgressStore? JobProgress { get; set; }

    /// <summary>The objects as the job sees them; null: as they are.</summary>
    public IObjectStore? JobObjects { get; set; }

    /// <summary>The turns as the job sees them; null: as they are.</summary>
    public IDubTurns? JobTurns { get; set; }

    public FakeQueue Queue { get; } = new();

    public DubIntake Intake { get; }

    /// <summary>What is looked at to see whether it is back.</summary>
    public List<IReachProbe> Probes { get; } = [];

    public OutageWatch Watch { get; }

    public IDubTurns Turns { get; }

    public ILeases Leases { get; }

    public DubIntake NewIntake(TimeProvider clock) =>
        new(Progress, Refused(Progress), Queue, Turns, new TurnSignal(), clock, new Logger<DubIntake>(_loggers));

    /// <summary>What forgets dubs that were not accepted.</summary>
    public static RefusedDubs Refused(IProgressStore progress) => new(progress, TimeProvider.System, NullLogger<RefusedDubs>.Instance);

    public HousekeepingLease HousekeepingLease(TimeProvider clock) =>
        new(Leases, Options, clock, NullLogger<HousekeepingLease>.Instance);

    public DubSweeper Sweeper(TimeProvider clock) => Sweeper(clock, NewWatch(clock));

    public DubSweeper Sweeper(TimeProvider clock, OutageWatch watch) => new(
        Progress, Turns, HousekeepingLease(clock), NewIntake(clock), Batches, Removal, Retention(clock), watch, Options, clock,
        NullLogger<DubSweeper>.Instance);

    public OutageWatch NewWatch(TimeProvider clock) =>
        new(Probes, Options, Options, clock, NullLogger<OutageWatch>.Instance);

    public DubBatches Batches => new(Progress, Intake, Objects, Dubs);

    /// <summary>Who made voices of speakers.</summary>
    public FakeSynthesizer Cloner { get; } = new() { ClonesVoices = true };

    private ClonedVoiceRemoval Clones => new(FakeSynthesizer.InOrder(Cloner), NullLogger<ClonedVoiceRemoval>.Instance);

    public FailedDubRemoval Removal => new(Progress, Objects, Dubs, Edits, Batches, Clones, TimeProvider.System);

    public FinishedDubRetention Retention(TimeProvider clock) =>
        new(Progress, Dubs, Edits, Objects, Batches, Clones, Options, clock, NullLogger<FinishedDubRetention>.Instance);

    public DubDeletion Deletion => new(
        Progress,
        Dubs,
        Outbox,
        Removal,
        Intake,
        new DiskReserve(_data.Directory),
        Options,
        TimeProvider.System,
        NullLogger<DubDeletion>.Instance);

    public List<string> Ran { get; } = [];

    public DubOrder Order { get; set; } = Samples.Order();

    /// <summary>What stands in the scratch folder.</summary>
    public IEnumerable<string> ScratchFiles => Files("scratch");

    /// <summary>Has a file where attempts make their folders.</summary>
    public Task BlockScratchAsync() => File.WriteAllTextAsync(_data.Directory.File("scratch"), "");

    public IEnumerable<string> ObjectFiles => Files("objects");

    public Task AcceptAsync() => Intake.AcceptAsync([Order], default);

    public async Task<DubProgress> FindAsync() => (await Progress.FindAsync(Order.RequestId, default))!;

    public DubbingJob Job(params IDubStep[] steps)
    {
        var clock = TimeProvider.System;
        var progress = JobProgress ?? Progress;
        var plan = new StepPlan(steps);
        var callbacks = new DubCallbacks(Outbox, clock);
        var publisher = new DubPublisher(
            Dubs, callbacks, plan, Retention(clock), Options, clock, new Logger<DubPublisher>(_loggers));
        var superseded = new SupersededAttemptRemoval(Progress, Dubs, Objects, Removal);
        return new DubbingJob(
            new DubClaims(progress, JobTurns ?? Turns, Batches, Watch, Options, clock, new Logger<DubClaims>(_loggers)),
            new DubAttempts(
                progress, JobObjects ?? Objects, Watch, Options, Options, Options, clock, new Logger<DubAttempts>(_loggers)),
            Batches,
            new DubHistory(Progress, Dubs, Objects, plan),
            new DubPipeline(plan, clock, NullLogger<DubPipeline>.Instance),
            publisher,
            new AttemptEnding(
                progress, callbacks, Batches, Removal, superseded, Watch, Options, Options, Options, clock,
                new Logger<AttemptEnding>(_loggers)),
            new Scratch(_data.Directory),
            clock,
            new Logger<DubbingJob>(_loggers));
    }

    /// <summary>Steps that write what the real ones write; <paramref name="before"/> is called as each begins.</summary>
    public IDubStep[] Steps(Func<string, DubContext, CancellationToken, Task>? before = null) => FakeSteps.Make(async (name, context, ct) =>
    {
        Ran.Add(name);
        if (before is not null)
            await before(name, context, ct);
    });

    /// <summary>Such steps, of which one fails as it begins.</summary>
    public IDubStep[] StepsFailingAt(string step, Exception error) =>
        Steps((name, _, _) => name == step ? Task.FromException(error) : Task.CompletedTask);

    public void Dispose()
    {
        Watch.Dispose();
        _loggers.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }

    private IEnumerable<string> Files(string folder) => Directory.Exists(_data.Directory.File(folder))
        ? Directory.EnumerateFiles(_data.Directory.File(folder), "*", SearchOption.AllDirectories)
        : [];
}

/// <summary>A queue that remembers what it was given.</summary>
internal sealed class FakeQueue : IDubQueue
{
    public List<Guid> Enqueued { get; } = [];

    public List<string> Dropped { get; } = [];

    public bool IsDown { get; set; }

    public Task<QueuedJob> EnqueueAsync(Guid requestId, string? likeJob, CancellationToken ct)
    {
        if (IsDown)
            throw new InvalidOperationException("The queue is down.");
        lock (Enqueued)
        {
            Enqueued.Add(requestId);
            return Task.FromResult(new QueuedJob($"job-{Enqueued.Count}", "default"));
        }
    }

    public Task DropAsync(string jobId, CancellationToken ct)
    {
        Dropped.Add(jobId);
        return Task.CompletedTask;
    }
}
