using AiDub.Domain.Editing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage.Mongo;
using AiDub.Jobs.Storage.Sqlite;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Jobs.Storage;

/// <summary>What every store of edits must do.</summary>
public abstract class EditStoreContract
{
    protected abstract IEditStore Store { get; }

    [Test]
    public async Task Edits_are_found_as_they_were_written_and_nothing_is_revision_0()
    {
        var id = Guid.NewGuid();
        Assert.That((await Store.FindAsync(id, default)).Revision, Is.Zero);
        var first = DubEdits.None(id).With(new SegmentEdit(3) { Text = "$set {\"a\":1} ünï", Voice = "es+f2", Start = 1.25, End = 2.5 });
        var second = first.With(new SegmentEdit(0) { Translation = "Hola" });

        Assert.That(await Store.SaveAsync(first, default), Is.True);
        Assert.That(await Store.SaveAsync(second, default), Is.True);

        var found = await Store.FindAsync(id, default);
        Assert.That((found.RequestId, found.Revision), Is.EqualTo((id, 2)));
        Assert.That(found.Segments, Is.EqualTo(second.Segments));
    }

    [Test]
    public async Task A_stale_revision_is_not_written([Values(1, 2, 4)] int revision)
    {
        var id = Guid.NewGuid();
        var edits = DubEdits.None(id).Again();
        await Store.SaveAsync(edits, default);
        await Store.SaveAsync(edits.Again(), default);

        Assert.That(
            await Store.SaveAsync(edits with { Revision = revision, Segments = [new SegmentEdit(1) { Text = "lost" }] }, default),
            Is.False);

        var found = await Store.FindAsync(id, default);
        Assert.That((found.Revision, found.Segments.Count), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task Of_50_writers_with_the_same_revision_one_wins([Values(0, 1)] int before)
    {
        var id = Guid.NewGuid();
        var edits = DubEdits.None(id);
        for (var i = 0; i < before; i++)
            await Store.SaveAsync(edits = edits.Again(), default);

        var won = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            Task.Run(() => Store.SaveAsync(edits.With(new SegmentEdit(i) { Text = $"text {i}" }), default))));

        Assert.That(won.Count(w => w), Is.EqualTo(1));
        var found = await Store.FindAsync(id, default);
        Assert.That(found.Revision, Is.EqualTo(before + 1));
        Assert.That(found.Segments.Single().Index, Is.EqualTo(Array.IndexOf(won, true)));
    }

    [Test]
    public async Task Removed_edits_are_gone_and_begin_anew()
    {
        var id = Guid.NewGuid();
        await Store.SaveAsync(DubEdits.None(id).Again(), default);

        await Store.RemoveAsync(id, default);
        await Store.RemoveAsync(id, default);

        Assert.That((await Store.FindAsync(id, default)).Revision, Is.Zero);
        Assert.That(await Store.SaveAsync(DubEdits.None(id).Again(), default), Is.True);
    }
}

[TestFixture]
public sealed class SqliteEditStoreTests : EditStoreContract
{
    private TestData _data = null!;
    private SqliteEditStore _store = null!;

    protected override IEditStore Store => _store;

    [OneTimeSetUp]
    public void Open()
    {
        _data = new TestData();
        _store = new SqliteEditStore(new SqliteDatabase(_data.Directory));
    }

    [OneTimeTearDown]
    public void Close()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }
}

[TestFixture]
public sealed class MongoEditStoreTests : EditStoreContract
{
    private MongoTestDatabase _database = null!;
    private MongoEditStore _store = null!;

    protected override IEditStore Store => _store;

    [OneTimeSetUp]
    public async Task Open()
    {
        _database = (await MongoServer.SharedAsync()).NewDatabase();
        await _database.Records.EnsureIndexesAsync(default);
        _store = new MongoEditStore(_database.Records);
    }

    [OneTimeTearDown]
    public async Task Close() => await _database.DisposeAsync();
}
