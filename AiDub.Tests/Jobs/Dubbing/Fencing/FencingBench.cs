using System.Text.Json;
using AiDub.Domain.Callbacks;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Editing;
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
using AiDub.Tests.Jobs.Dubbing.Steps;
using AiDub.Tests.Jobs.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Dubbing.Fencing;

/// <summary>Everything that writes a dub, on one set of stores behind a gate, with a clock that stands still.</summary>
internal sealed class FencingBench : IDisposable
{
    private readonly TestData _data = new();
    private readonly TestClock _clock = new();
    private readonly FakeQueue _queue = new();
    private readonly IProgressStore _progress;
    private readonly IDubTurns _turns;
    private readonly ILeases _leases;
    private readonly IDubStore _dubs;
    private readonly IEditStore _edits;
    private readonly ICallbackOutbox _outbox;
    private readonly LocalObjectStore _files;
    private readonly IObjectStore _objects;
    private readonly DubSettings _options = new()
    {
        Leases = new() { HeartbeatSeconds = 60, LeaseSeconds = 120 },
        Retries = new() { MaxFaults = 0 },
        Retention = new() { KeepFailedHours = 24 },
    };

    public FencingBench(IProgressStore progress, IDubTurns turns, ILeases leases, IDubStore dubs, IEditStore edits, ICallbackOutbox outbox)
    {
        _files = new LocalObjectStore(_data.Directory, new SignedUrls(_data.Directory, Options.Create(new ObjectOptions()), _clock));
        (_turns, _leases) = (Gate.Around(turns), leases);
        (_progress, _dubs, _edits, _outbox, _objects) = (
            Gate.Around(progress), Gate.Around(dubs), Gate.Around(edits), Gate.Around(outbox), Gate.Around<IObjectStore>(_files));
    }

    public WriteGate Gate { get; } = new();

    public DubSettings Settings => _options;

    public DubEditing Editing =>
        new(_progress, _dubs, _edits, _objects, FakeSynthesizer.InOrder(), new Scratch(_data.Directory), _clock);

    private DubIntake Intake =>
        new(_progress, JobBench.Refused(_progress), _queue, _turns, new TurnSignal(), _clock, NullLogger<DubIntake>.Instance);

    private DubBatches Batches => new(_progress, Intake, _objects, _dubs);

    private static ClonedVoiceRemoval NoClones => new(FakeSynthesizer.InOrder(), NullLogger<ClonedVoiceRemoval>.Instance);

    private FailedDubRemoval Removal => new(_progress, _objects, _dubs, _edits, Batches, NoClones, _clock);

    private FinishedDubRetention Retention =>
        new(_progress, _dubs, _edits, _objects, Batches, NoClones, _options, _clock, NullLogger<FinishedDubRetention>.Instance);

    public Task AcceptAsync(params DubOrder[] orders) => Intake.AcceptAsync(orders, default);

    /// <summary>Runs an attempt to its end, whichever that is.</summary>
    /// <param name="dub">The dub.</param>
    /// <param name="failsAt">The step that fails for good.</param>
    /// <param name="code">Why.</param>
    /// <param name="diesAt">The step that it gets to, and never on from.</param>
    public async Task RunAsync(Guid dub, string? failsAt = null, string code = "engine_refused", string? diesAt = null)
    {
        var reached = new TaskCompletionSource();
        var steps = FencedSteps.Make((name, _) =>
        {
            if (name == failsAt)
                throw new PermanentDubException(FailureCode.Of(code), "It cannot be done.");
            if (name != diesAt)
                return Task.CompletedTask;
            reached.SetResult();
            return new TaskCompletionSource().Task;
        });
        var plan = new StepPlan(steps);
        var callbacks = new DubCallbacks(_outbox, _clock);
        using var watch = new OutageWatch([], _options, _options, _clock, NullLogger<OutageWatch>.Instance);
        var publisher = new DubPublisher(
            _dubs, callbacks, plan, Retention, _options, _clock, NullLogger<DubPublisher>.Instance);
        var superseded = new SupersededAttemptRemoval(_progress, _dubs, _objects, Removal);
        var job = new DubbingJob(
            new DubClaims(_progress, _turns, Batches, watch, _options, _clock, NullLogger<DubClaims>.Instance),
            new DubAttempts(_progress, _objects, watch, _options, _options, _options, _clock, NullLogger<DubAttempts>.Instance),
            Batches,
            new DubHistory(_progress, _dubs, _objects, plan),
            new DubPipeline(plan, _clock, NullLogger<DubPipeline>.Instance),
            publisher,
            new AttemptEnding(
                _progress, callbacks, Batches, Removal, superseded, watch, _options, _options, _options, _clock,
                NullLogger<AttemptEnding>.Instance),
            new Scratch(_data.Directory),
            _clock,
            NullLogger<DubbingJob>.Instance);
        try
        {
            await Task.WhenAny(reached.Task, job.RunAsync(dub, default)).Unwrap();
        }
        catch (Exception e) when (e is DubException or OperationCanceledException)
        {
            // Its document says so.
        }
    }

    public async Task DeleteAsync(Guid dub) =>
        Assert.That(
            await new DubDeletion(
                _progress,
                _dubs,
                _outbox,
                Removal,
                Intake,
                new DiskReserve(_data.Directory),
                _options,
                _clock,
                NullLogger<DubDeletion>.Instance).DeleteAsync(51, dub, default),
            Is.True);

    public Task CancelAsync(Guid dub) =>
        new DubCancellation(_progress, Removal, Intake, _options, _clock, NullLogger<DubCancellation>.Instance)
            .CancelAsync(dub, default);

    public async Task RetryAsync(Guid dub) =>
        Assert.That(await new DubRetries(_progress, Intake, _clock).RetryAsync(dub, null, default), Is.EqualTo(RetryOutcome.Retried));

    /// <summary>Polls a complete dub: its document goes.</summary>
    public async Task DeliverAsync(Guid dub) => Assert.That(await _progress.TakeCompleteAsync(51, dub, default), Is.Not.Null);

    /// <summary>Edits a finished dub, and has it rendered again up to the job.</summary>
    public async Task EditAsync(Guid dub)
    {
        await ChangeAsync(dub);
        Assert.That(await RenderAsync(dub), Is.InstanceOf<RenderAnswer.Begun>());
    }

    /// <summary>Edits a finished dub.</summary>
    public async Task ChangeAsync(Guid dub) =>
        Assert.That(await _edits.SaveAsync((await _edits.FindAsync(dub, default)).Again(), default), Is.True);

    /// <summary>Has a finished dub rendered again as it is edited, up to the job.</summary>
    public async Task<RenderAnswer> RenderAsync(Guid dub, int? most = null, int? revision = null) =>
        await new DubRendering(_progress, _dubs, _edits, _objects, Intake, new Scratch(_data.Directory), _clock)
            .RenderAsync((await _dubs.FindAsync(dub, default))!, revision, null, most, default);

    /// <summary>Removes what dubs can be edited by, as where records were restored without it.</summary>
    public async Task LoseWorkAsync() => await _objects.DeleteAsync(await _objects.ListAsync(ObjectKeys.AllWork, default), default);

    /// <summary>Lets a lease and more go by, and sweeps.</summary>
    public Task SweepAsync() => SweepAsync(TimeSpan.FromSeconds(121));

    public async Task SweepAsync(TimeSpan later)
    {
        _clock.Advance(later);
        using var watch = new OutageWatch([], _options, _options, _clock, NullLogger<OutageWatch>.Instance);
        using var sweeper = new DubSweeper(
            _progress, _turns, new HousekeepingLease(_leases, _options, _clock, NullLogger<HousekeepingLease>.Instance),
            Intake, Batches, Removal, Retention, watch, _options,
            _clock, NullLogger<DubSweeper>.Instance);
        await sweeper.SweepAsync(default);
    }

    public void LetLeaseEnd() => _clock.Advance(TimeSpan.FromSeconds(121));

    /// <summary>Whether nothing but a document that says so is left of a deleted dub in the records.</summary>
    public async Task<bool> IsDeletedAsync(Guid dub) =>
        await _dubs.FindAsync(dub, default) is null && (await _edits.FindAsync(dub, default)).Revision == 0
        && await _progress.FindAsync(dub, default) is { IsDeleted: true };

    public Task<DubRecord?> FindAsync(Guid dub) => _dubs.FindAsync(dub, default);

    public async Task<DubState?> StateAsync(Guid dub) => (await _progress.FindAsync(dub, default))?.State;

    /// <summary>
    /// All that counts of dubs: documents, records, edits, callbacks that are told, and what the objects that these name hold.
    /// </summary>
    public async Task<string> WhatCountsAsync(params Guid[] dubs)
    {
        var text = new List<string>();
        foreach (var dub in dubs)
        {
            var (document, record) = (await _progress.FindAsync(dub, default), await _dubs.FindAsync(dub, default));
            text.Add($"document {Json(document)}");
            text.Add($"record {Json(record)}");
            text.Add($"edits {Json(await _edits.FindAsync(dub, default))}");
            text.AddRange((await _outbox.FindAsync(dub, default))
                .Where(told => CallbackVerdicts.Judge(told, document, record) == CallbackVerdict.Tell)
                    .Select(told => $"told {told.EventId}"));
            foreach (var key in await NamedAsync(document, record))
                text.Add($"{key} {(File.Exists(PathOf(key)) ? await File.ReadAllTextAsync(PathOf(key)) : "is not there")}");
        }
        return string.Join('\n', text);
    }

    /// <summary>The keys of all objects of dubs and batches, but for what was spent.</summary>
    public async Task<IReadOnlyList<string>> KeysAsync(params Guid[] owners)
    {
        var all = (await _files.ListAsync("work/", default)).Concat(await _files.ListAsync("results/", default));
        return [.. all.Where(key => owners.Any(owner => key.Contains($"{owner}", StringComparison.Ordinal))
            && !key.Contains("/usage/", StringComparison.Ordinal))];
    }

    public void Dispose() => _data.Dispose();

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, StoredJson.Options);

    private string PathOf(string key) => _data.Directory.File(Path.Combine("objects", key));

    // What is named and was not kept on purpose is missing before and after.
    private async Task<IEnumerable<string>> NamedAsync(DubProgress? document, DubRecord? record)
    {
        // What a revision was made from counts until it is made.
        var steps = (document?.State == DubState.Running ? document.Steps : [])
            .Concat((record?.Response.Steps ?? []).Where(step => step.Name != StepRecord.Before));
        var keys = steps.SelectMany(step => step.Artifacts ?? []).ToList();
        if (record is not null)
            keys.AddRange([record.Response.ResultKey, record.Response.SrtKey, record.Response.VttKey]);
        foreach (var timeline in keys.Where(key => key.EndsWith("/timeline.json", StringComparison.Ordinal)
            && File.Exists(PathOf(key))).ToList())
            keys.AddRange(
                JsonSerializer.Deserialize<Timeline>(
                    await File.ReadAllTextAsync(PathOf(timeline)), StoredJson.Options)!.Segments.Select(s => s.Key));
        return keys.Distinct().Order(StringComparer.Ordinal);
    }
}
