using AiDub.Domain.Dubbing;
using AiDub.Jobs.Storage.Sqlite;
using AiDub.Tests.Jobs.Storage;

namespace AiDub.Tests.Jobs.Dubbing.Fencing;

/// <summary>
/// What was being done is killed before each of its writes, to any store: a dub, a rendering, a deletion in any state. It is ended by
/// whoever comes next, and leaves what it would have left undisturbed.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class KilledTests
{
    private TestData _data = null!;
    private FencingBench _bench = null!;
    private int _put;

    /// <summary>Where a dub stands when it is deleted.</summary>
    public enum Standing
    {
        /// <summary>It waits.</summary>
        Waiting,

        /// <summary>Its worker is dead: it was being transcribed.</summary>
        Transcribing,

        /// <summary>It was being translated.</summary>
        Translating,

        /// <summary>It was being spoken.</summary>
        Speaking,

        /// <summary>It was being rendered.</summary>
        Rendering,

        /// <summary>It was being published.</summary>
        Publishing,

        /// <summary>It failed and is kept for a retry.</summary>
        Failed,

        /// <summary>It is complete.</summary>
        Complete,

        /// <summary>And was read.</summary>
        Delivered,

        /// <summary>It waits to be rendered again.</summary>
        WaitingAgain,

        /// <summary>It was rendered again.</summary>
        RenderedAgain,
    }

    [SetUp]
    public void Open()
    {
        _data = new TestData();
        _bench = SleeperTests.OnSqlite(new SqliteDatabase(_data.Directory));
        _bench.Settings.Retention.KeepEditableHours = 24;
    }

    [TearDown]
    public void Close()
    {
        _bench.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }

    [Test]
    public async Task A_dub_or_a_rendering_is_finished_by_the_next_attempt_with_the_files_of_an_undisturbed_one([Values] bool isRendering)
    {
        var undisturbed = await AcceptAsync(isRendering);
        await _bench.Gate.SleepAsync(() => _bench.RunAsync(undisturbed), holdAt: -1);
        var (writes, files) = (_bench.Gate.Writes.ToList(), await NamesAsync(undisturbed));
        Assert.That(files, Has.Count.GreaterThan(8));

        for (var i = 0; i < writes.Count; i++)
        {
            var dub = await AcceptAsync(isRendering);
            await KillAsync(() => _bench.RunAsync(dub), i);
            _bench.LetLeaseEnd();
            await _bench.RunAsync(dub);

            Assert.That(await _bench.StateAsync(dub), Is.EqualTo(DubState.Complete), $"killed before write {i}, {writes[i]}");
            Assert.That(await NamesAsync(dub), Is.EqualTo(files), $"killed before write {i}, {writes[i]}");
        }
    }

    [Test]
    public async Task A_deletion_is_ended_by_the_sweeper_and_leaves_nothing([Values] Standing standing)
    {
        await _bench.Gate.SleepAsync(async () => await _bench.RunAsync(await AcceptAsync(isRendering: false)), holdAt: -1);
        // Right behind the record.
        _put = _bench.Gate.Writes.ToList().IndexOf("IDubStore.PutAsync") + 1;
        var undisturbed = await StandAsync(standing);
        await _bench.Gate.SleepAsync(() => _bench.DeleteAsync(undisturbed), holdAt: -1);
        var writes = _bench.Gate.Writes.ToList();

        // Before its first write nothing was deleted.
        for (var i = 1; i < writes.Count; i++)
        {
            var dub = await StandAsync(standing);
            await KillAsync(() => _bench.DeleteAsync(dub), i);
            await _bench.SweepAsync();

            Assert.That(await _bench.KeysAsync(dub), Is.Empty, $"killed before write {i}, {writes[i]}");
            Assert.That(await _bench.IsDeletedAsync(dub), $"killed before write {i}, {writes[i]}");
        }
    }

    private async Task<Guid> AcceptAsync(bool isRendering)
    {
        var order = Samples.Order();
        await _bench.AcceptAsync(order);
        if (isRendering)
        {
            await _bench.RunAsync(order.RequestId);
            await _bench.EditAsync(order.RequestId);
        }
        return order.RequestId;
    }

    private async Task<Guid> StandAsync(Standing standing)
    {
        var dub = await AcceptAsync(isRendering: standing is Standing.WaitingAgain or Standing.RenderedAgain);
        switch (standing)
        {
            case Standing.Transcribing or Standing.Translating or Standing.Speaking or Standing.Rendering:
                await _bench.RunAsync(dub, diesAt: standing switch
                {
                    Standing.Transcribing => "transcribe",
                    Standing.Translating => "translate",
                    Standing.Speaking => "speak",
                    _ => "render",
                });
                break;
            case Standing.Publishing:
                await KillAsync(() => _bench.RunAsync(dub), _put);
                break;
            case Standing.Failed:
                await _bench.RunAsync(dub, failsAt: "render");
                break;
            case Standing.Complete or Standing.Delivered or Standing.RenderedAgain:
                await _bench.RunAsync(dub);
                break;
        }
        if (standing == Standing.Delivered)
            await _bench.DeliverAsync(dub);
        _bench.LetLeaseEnd();
        return dub;
    }

    // It never gets to the write, nor to anything after it.
    private async Task KillAsync(Func<Task> work, int write)
    {
        var killed = _bench.Gate.SleepAsync(work, write);
        Assert.That(await Task.WhenAny(_bench.Gate.Held, killed), Is.Not.SameAs(killed));
    }

    private async Task<IReadOnlyList<string>> NamesAsync(Guid dub) =>
        [.. (await _bench.KeysAsync(dub)).Select(key =>
            AttemptKeys.Name(key).Replace($"{dub}", "#", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
