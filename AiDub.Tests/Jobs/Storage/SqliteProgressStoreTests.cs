using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage.Sqlite;

namespace AiDub.Tests.Jobs.Storage;

[TestFixture]
public sealed class SqliteProgressStoreTests : ProgressStoreContract
{
    private TestData _data = null!;
    private SqliteProgressStore _store = null!;

    protected override IProgressStore Store => _store;

    protected override IDubTurns Turns => new SqliteDubTurns(new SqliteDatabase(_data.Directory));

    [SetUp]
    public void Open()
    {
        _data = new TestData();
        _store = new SqliteProgressStore(new SqliteDatabase(_data.Directory));
    }

    [TearDown]
    public void Close()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Dispose();
    }

    [Test]
    public async Task What_another_process_writes_is_found_at_once_however_often_the_dub_was_read_before()
    {
        var now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var dub = DubProgress.Accept(Samples.Order(), now);
        await _store.AddAsync(dub, default);
        Assert.That((await _store.FindAsync(dub.RequestId, default))!.Attempt, Is.Zero);
        Assert.That(_store.TryFind(dub.RequestId, out var kept) && kept!.Attempt == 0, Is.True, "it is kept");
        using var otherDatabase = new SqliteDatabase(_data.Directory);
        var other = new SqliteProgressStore(otherDatabase);

        await other.ClaimAsync(dub.RequestId, now, now, default);
        Assert.That(_store.TryFind(dub.RequestId, out _), Is.False);
        Assert.That((await _store.FindAsync(dub.RequestId, default))!.Attempt, Is.EqualTo(1));
        Assert.That(_store.TryFind(dub.RequestId, out kept) && kept!.Attempt == 1, Is.True, "it is kept");

        await other.RemoveAsync(dub.RequestId, default);
        Assert.That(_store.TryFind(dub.RequestId, out _), Is.False);
        Assert.That(await _store.FindAsync(dub.RequestId, default), Is.Null);
        Assert.That(_store.TryFind(dub.RequestId, out kept) && kept is null, Is.True, "that there is none is kept");
    }

    [Test]
    public async Task What_this_process_writes_is_found_at_once_too()
    {
        var now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var dub = DubProgress.Accept(Samples.Order(), now);
        Assert.That(await _store.FindAsync(dub.RequestId, default), Is.Null);

        await _store.AddAsync(dub, default);

        Assert.That(_store.TryFind(dub.RequestId, out _), Is.False);
        Assert.That(await _store.FindAsync(dub.RequestId, default), Is.Not.Null);
    }

    [Test]
    public async Task A_file_that_was_made_before_a_request_could_have_a_field_can_hold_it()
    {
        new SqliteDatabase(_data.Directory).Make();
        using (var old = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_data.Directory.File("aidub.db")}"))
        {
            old.Open();
            foreach (var table in (string[])["progress", "dubs"])
            {
                foreach (var column in (string[])["voices", "transcript", "translation", "batch"])
                {
                    using var command = old.CreateCommand();
                    command.CommandText = $"ALTER TABLE {table} DROP COLUMN {column}";
                    command.ExecuteNonQuery();
                }
            }
            using var activity = old.CreateCommand();
            activity.CommandText = "ALTER TABLE progress DROP COLUMN activity";
            activity.ExecuteNonQuery();
        }
        var order = Samples.Order() with
        {
            Voices = new Dictionary<string, string> { ["S1"] = "es" },
            Transcript = new TextPlace.Linked("https://a.example/a.srt"),
        };

        await new SqliteProgressStore(new SqliteDatabase(_data.Directory))
            .AddAsync(DubProgress.Accept(order, DateTimeOffset.UnixEpoch), default);

        var found = (await _store.FindAsync(order.RequestId, default))!.Order;
        Assert.That(found.Voices, Is.EquivalentTo(order.Voices));
        Assert.That(found.Transcript, Is.EqualTo(order.Transcript));
    }
}
