using AiDub.Domain.Dubbing;
using AiDub.Domain.Editing;
using AiDub.Jobs.Dubbing.Retention;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Dubbing.Retention;

public sealed class FinishedDubRetentionTests
{
    private JobBench _bench = null!;

    private Guid Id => _bench.Order.RequestId;

    [SetUp]
    public async Task Dub()
    {
        _bench = new JobBench();
        _bench.Options.Retention.KeepEditableHours = 24;
        await _bench.AcceptAsync();
        await _bench.Job(_bench.Steps()).RunAsync(Id, default);
        await _bench.Edits.SaveAsync(DubEdits.None(Id).Again(), default);
    }

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task What_can_be_edited_is_kept_also_by_the_search_for_leftovers_and_removed_whole_afterwards()
    {
        Assert.That(await EditableAsync(), Is.True);
        Assert.That(Work().Select(Path.GetFileName), Does.Contain("transcript.json"));
        using var leftovers = new OrphanedWorkSweeper(
            _bench.Progress, _bench.Dubs, _bench.Objects, _bench.HousekeepingLease(TimeProvider.System), _bench.Options, _bench.Options,
            Options.Create(new AiDub.Jobs.Storage.ObjectOptions()),
            TimeProvider.System, NullLogger<OrphanedWorkSweeper>.Instance);
        await leftovers.ClearAsync(TimeSpan.Zero, default);
        await EndAsync(hours: 23.9);
        Assert.That(Work().Select(Path.GetFileName), Does.Contain("transcript.json"));

        await EndAsync(hours: 24.1);

        Assert.That(Work(), Is.Empty);
        Assert.That((await _bench.Edits.FindAsync(Id, default)).Revision, Is.Zero);
        Assert.That(await EditableAsync(), Is.False);
        Assert.That(_bench.ObjectFiles.Select(Path.GetFileName), Does.Contain("dubbed.mp4"), "the result stays");
    }

    [Test]
    public async Task What_is_being_rendered_again_is_not_removed()
    {
        var record = (await _bench.Dubs.FindAsync(Id, default))!;
        Assert.That(
            await _bench.Progress.RestartAsync(
                DubProgress.Accept(record.Order with { Revision = 1 }, TimeProvider.System.GetUtcNow()), default),
            Is.True);

        await EndAsync(hours: 25);

        Assert.That(Work(), Is.Not.Empty);
        Assert.That(await EditableAsync(), Is.True);
    }

    [Test]
    public async Task A_cancelled_rendering_leaves_the_old_result_and_what_it_can_be_rendered_from()
    {
        var record = (await _bench.Dubs.FindAsync(Id, default))!;
        var again = DubProgress.Accept(record.Order with { Revision = 1 }, TimeProvider.System.GetUtcNow());
        await _bench.Progress.RestartAsync(again, default);
        var before = _bench.ObjectFiles.Order().ToList();
        var half = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(half, "half");
        await _bench.Objects.PutAsync(ObjectKeys.Speech(Id, 0, 1), half, "audio/wav", default);

        await new DubCancellation(
            _bench.Progress, _bench.Removal, _bench.Intake, _bench.Options, TimeProvider.System,
            NullLogger<DubCancellation>.Instance).CancelAsync(Id, default);

        Assert.That(_bench.ObjectFiles.Order(), Is.EqualTo(before));
        Assert.That((await _bench.Dubs.FindAsync(Id, default))!.Order.Revision, Is.Zero);
    }

    private async Task EndAsync(double hours) =>
        await _bench.Retention(TimeProvider.System).EndAsync(TimeProvider.System.GetUtcNow().AddHours(hours), 100, default);

    private async Task<bool> EditableAsync() => (await _bench.Dubs.FindAsync(Id, default))!.EditableUntil is not null;

    private IEnumerable<string> Work() => _bench.ObjectFiles.Where(f => f.Contains($"/work/{Id}/", StringComparison.Ordinal));
}
