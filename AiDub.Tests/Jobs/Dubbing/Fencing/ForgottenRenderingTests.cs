using AiDub.Domain.Dubbing;
using AiDub.Jobs.Dubbing.Editing;
using AiDub.Jobs.Storage.Sqlite;
using AiDub.Tests.Jobs.Storage;

namespace AiDub.Tests.Jobs.Dubbing.Fencing;

/// <summary>Attempts that are shut out and of which no document says so, when their dub is to be rendered again.</summary>
public sealed class ForgottenRenderingTests
{
    private readonly Guid _dub = Guid.NewGuid();
    private TestData _data = null!;
    private SqliteDubStore _dubs = null!;
    private FencingBench _bench = null!;

    [SetUp]
    public async Task Deliver()
    {
        _data = new TestData();
        var database = new SqliteDatabase(_data.Directory);
        _dubs = new SqliteDubStore(database, TimeProvider.System);
        _bench = SleeperTests.OnSqlite(database);
        _bench.Settings.Retention.KeepEditableHours = 1000;
        await _bench.AcceptAsync(Samples.Order(_dub));
        await _bench.RunAsync(_dub);
        await _bench.DeliverAsync(_dub);
    }

    [TearDown]
    public void Close()
    {
        _bench.Dispose();
        _data.Dispose();
    }

    [Test]
    public async Task A_dub_is_rendered_at_once_after_a_rendering_failed_of_which_nothing_is_known_any_more()
    {
        await _bench.EditAsync(_dub);
        await _bench.RunAsync(_dub, failsAt: "fit");
        await _bench.SweepAsync(TimeSpan.FromHours(25));
        await _bench.SweepAsync(TimeSpan.FromHours(_bench.Settings.Retention.KeepUnreadHours));
        Assert.That(await _bench.StateAsync(_dub), Is.Null, "its document is gone");

        await _bench.EditAsync(_dub);
        await _bench.RunAsync(_dub);

        Assert.That(await _bench.StateAsync(_dub), Is.EqualTo(DubState.Complete));
    }

    [TestCase(WhileAsleep.CancelledAndToBeRenderedAgain)]
    [TestCase(WhileAsleep.CancelledAndToBeRenderedAsItWas)]
    public Task A_rendering_that_was_cancelled_and_is_at_work_still_spoils_none_that_is_asked_for_meanwhile(WhileAsleep meanwhile) =>
        new Nap(_bench, meanwhile) { IsRendering = true }.TryEachAsync(every: 3);

    [Test]
    public async Task A_dub_that_was_rendered_again_while_it_was_read_is_read_as_it_is_now()
    {
        await _bench.EditAsync(_dub);
        await _bench.RunAsync(_dub);
        var before = (await _bench.FindAsync(_dub))!;
        await _bench.EditAsync(_dub);
        await _bench.RunAsync(_dub);

        var read = await _bench.Editing.FindAsync(before, default);

        Assert.That(read?.Record.Order.Revision, Is.EqualTo(2));
    }

    [Test]
    public async Task A_rendering_that_would_be_one_dub_too_many_is_not_begun_and_the_next_may_be()
    {
        Assert.That(await _bench.RenderAsync(_dub, most: 0), Is.InstanceOf<RenderAnswer.TooMany>());
        Assert.That(await _bench.StateAsync(_dub), Is.Null, "nothing was written");

        Assert.That(await _bench.RenderAsync(_dub, most: 1), Is.InstanceOf<RenderAnswer.Begun>());
    }

    [TestCase(null, typeof(RenderAnswer.Running))]
    [TestCase(0, typeof(RenderAnswer.Stale))]
    public async Task Of_two_renderings_at_once_the_later_is_told_that_the_dub_runs_and_its_revision_is_stale_only_if_it_named_one(
        int? revision, Type answer)
    {
        RenderAnswer? later = null;
        var asked = _bench.Gate.SleepAsync(async () => later = await _bench.RenderAsync(_dub, revision: revision), holdAt: 0);
        await _bench.Gate.Held;
        Assert.That(await _bench.RenderAsync(_dub), Is.EqualTo(new RenderAnswer.Begun(1)));

        _bench.Gate.LetGo();
        await asked;

        Assert.That(later, Is.InstanceOf(answer));
        Assert.That(_bench.Gate.Writes[0], Is.EqualTo("IEditStore.SaveAsync"));
    }

    [Test]
    public async Task A_rendering_that_names_no_revision_makes_what_was_edited_while_it_was_asked_for()
    {
        RenderAnswer? answer = null;
        var asked = _bench.Gate.SleepAsync(async () => answer = await _bench.RenderAsync(_dub), holdAt: 0);
        await _bench.Gate.Held;
        await _bench.ChangeAsync(_dub);

        _bench.Gate.LetGo();
        await asked;

        Assert.That(answer, Is.EqualTo(new RenderAnswer.Begun(1)));
    }

    [Test]
    public async Task A_dub_whose_files_are_gone_stays_complete_and_is_not_rendered()
    {
        await _bench.LoseWorkAsync();

        Assert.That(await _bench.RenderAsync(_dub), Is.InstanceOf<RenderAnswer.NotEditable>());
        Assert.That(await _bench.StateAsync(_dub), Is.Null, "nothing was written");
    }

    [Test]
    public async Task A_dub_that_is_being_deleted_is_not_rendered()
    {
        await _dubs.ShutOutAsync(_dub, int.MaxValue, default);

        Assert.That(await _bench.RenderAsync(_dub), Is.InstanceOf<RenderAnswer.NotEditable>());
    }
}
