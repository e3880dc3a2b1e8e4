using AiDub.Api.Callbacks;
using AiDub.Api.Views;
using AiDub.Domain.Callbacks;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Storage.Mongo;
using AiDub.Jobs.Storage.Sqlite;
using AiDub.Tests.Api.Fakes;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.Jobs.Storage;
using AiDub.Tests.StandIns;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Api.Callbacks;

/// <summary>Callbacks to a receiver that does not answer, beside another user's.</summary>
[TestFixture(false, TestName = "embedded")]
[TestFixture(true, TestName = "on MongoDB")]
internal sealed class CallbackFairnessTests(bool onMongo)
{
    private TestData _data = null!;
    private MongoTestDatabase? _database;
    private ICallbackOutbox _outbox = null!;
    private IProgressStore _progress = null!;
    private IDubStore _dubs = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _data = new TestData();
        _database = onMongo ? (await MongoServer.SharedAsync()).NewDatabase() : null;
        var database = new SqliteDatabase(_data.Directory);
        if (_database is { Records: var records })
            (_outbox, _progress, _dubs) = (
                new MongoCallbackOutbox(records), new MongoProgressStore(records), new MongoDubStore(records, TimeProvider.System));
        else
            (_outbox, _progress, _dubs) = (
                new SqliteCallbackOutbox(database), new SqliteProgressStore(database), new SqliteDubStore(database, TimeProvider.System));
    }

    [TearDown]
    public async Task CloseAsync()
    {
        if (_database is not null)
            await _database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }

    [Test]
    public async Task A_receiver_that_hangs_with_fifty_callbacks_holds_up_nobody_elses()
    {
        await using var slow = await ClipServer.StartAsync();
        await using var quick = await ClipServer.StartAsync();
        var (hanging, told) = (0, new TaskCompletionSource<int>());
        var hangs = slow.On("hook", context =>
        {
            Interlocked.Increment(ref hanging);
            return Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        var answers = quick.On("hook", _ =>
        {
            told.TrySetResult(Volatile.Read(ref hanging));
            return Task.CompletedTask;
        });
        for (var i = 0; i < 50; i++)
            await EndAsync(user: 1, hangs);
        await EndAsync(user: 2, answers);
        using var stop = new CancellationTokenSource();

        var sending = Sender($"127.0.0.1:{slow.Port}", $"127.0.0.1:{quick.Port}").SendDueAsync(stop.Token);
        var hangingThen = await told.Task.WaitAsync(TimeSpan.FromMinutes(4));

        Assert.That(hangingThen, Is.LessThanOrEqualTo(4), "no more of them at once than may go to one receiver");
        await stop.CancelAsync();
        Assert.That(async () => await sending, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Callbacks_that_ended_long_ago_are_removed_although_one_is_always_on_its_way()
    {
        await using var slow = await ClipServer.StartAsync();
        await EndAsync(user: 1, slow.On("hook", context => Task.Delay(Timeout.Infinite, context.RequestAborted)));
        var old = CallbackDelivery.Prepare(Samples.Order(userId: 2), 1, TimeProvider.System.GetUtcNow().AddDays(-30));
        await _outbox.AddAsync(old, default);
        await _outbox.SaveAsync(old with { State = CallbackState.Delivered, NextAt = null }, default);
        using var stop = new CancellationTokenSource();

        var sending = Sender($"127.0.0.1:{slow.Port}").SendDueAsync(stop.Token);
        while ((await _outbox.FindAsync(old.RequestId, default)).Count > 0 && !sending.IsCompleted)
            await Task.Delay(50, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(4), CancellationToken.None);

        Assert.That(sending.IsCompleted, Is.False, "the other one is still on its way");
        await stop.CancelAsync();
        Assert.That(async () => await sending, Throws.InstanceOf<OperationCanceledException>());
    }

    private CallbackSender Sender(params string[] allowed)
    {
        var network = new SourceNetwork();
        // Longer than the test waits: only what is sent beside the others is told in time.
        var options = Options.Create(new CallbackOptions { SigningKey = "0123456789abcdef0123456789abcdef", TimeoutSeconds = 59 });
        var gate = new SourceGate(network, Options.Create(new SourceOptions { AllowedPrivateHosts = [.. allowed] }));
        return new CallbackSender(
            _outbox,
            _progress,
            _dubs,
            new CallbackBodies(new FinalAnswers(new ResultUrls(new AddressingObjectStore()))),
            new CallbackPost(gate, network, options, TimeProvider.System),
            options,
            TimeProvider.System,
            NullLogger<CallbackSender>.Instance);
    }

    private async Task EndAsync(long user, Uri url)
    {
        var now = TimeProvider.System.GetUtcNow();
        var order = Samples.Order(userId: user) with { Callback = new DubCallback(url.OriginalString, "https://dub.example.com/") };
        await _progress.AddAsync(DubProgress.Accept(order, now), default);
        var dub = (await _progress.ClaimAsync(order.RequestId, now, default, default))!;
        await _outbox.AddAsync(CallbackDelivery.Prepare(order, dub.Attempt, now), default);
        await _progress.SaveAsync(dub.Apply(new DubTransition.Fail(
            FailureCode.MediaInvalid, "It is not a video.", now.AddDays(7)), now), default);
    }
}
