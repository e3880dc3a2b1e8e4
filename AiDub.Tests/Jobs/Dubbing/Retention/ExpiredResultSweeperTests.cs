using AiDub.Domain.Dubbing;
using AiDub.Jobs.Dubbing.Retention;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Dubbing.Retention;

public sealed class ExpiredResultSweeperTests
{
    private JobBench _bench = null!;

    private Guid Id => _bench.Order.RequestId;

    [SetUp]
    public async Task Dub()
    {
        _bench = new JobBench();
        await _bench.AcceptAsync();
        await _bench.Job(_bench.Steps()).RunAsync(Id, default);
        Assert.That(_bench.ObjectFiles.Select(Path.GetFileName), Does.Contain("dubbed.mp4"));
    }

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task A_result_is_deleted_with_all_its_files_once_it_was_kept_for_as_long_as_is_set()
    {
        await EndAsync(keepDays: 30, later: 29.9);
        Assert.That(await _bench.Dubs.FindAsync(Id, default), Is.Not.Null);

        await EndAsync(keepDays: 30, later: 30.1);

        Assert.That(await _bench.Dubs.FindAsync(Id, default), Is.Null);
        Assert.That(_bench.ObjectFiles.Select(Path.GetFileName), Does.Not.Contain("dubbed.mp4"));
        Assert.That((await _bench.Progress.FindAsync(Id, default))?.IsDeleted, Is.Not.False);
    }

    [Test]
    public async Task By_default_results_are_kept()
    {
        await EndAsync(keepDays: 0, later: 10_000);

        Assert.That(await _bench.Dubs.FindAsync(Id, default), Is.Not.Null);
    }

    [Test]
    public async Task One_that_is_being_rendered_again_is_kept()
    {
        var record = (await _bench.Dubs.FindAsync(Id, default))!;
        await _bench.Progress.RestartAsync(
            DubProgress.Accept(record.Order with { Revision = 1 }, TimeProvider.System.GetUtcNow()), default);

        await EndAsync(keepDays: 1, later: 2);

        Assert.That(await _bench.Dubs.FindAsync(Id, default), Is.Not.Null);
    }

    private async Task EndAsync(int keepDays, double later)
    {
        var clock = TimeProvider.System;
        using var expiry = new ExpiredResultSweeper(
            _bench.Dubs, _bench.Progress, _bench.Deletion, _bench.HousekeepingLease(clock),
            Options.Create(new ResultOptions { KeepDays = keepDays }), clock,
            NullLogger<ExpiredResultSweeper>.Instance);
        await expiry.EndAsync(clock.GetUtcNow().AddDays(later), 100, default);
    }
}
