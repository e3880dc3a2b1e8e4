using System.Buffers.Binary;
using AiDub.Jobs.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace AiDub.Tests.Jobs.Storage;

[TestFixture]
public sealed class SqliteWritesTests
{
    private const string Add = "INSERT INTO health (id, at) VALUES (@id, 0)";

    private TestData _data = null!;
    private SqliteDatabase _database = null!;

    private string File => _data.Directory.File("aidub.db");

    [SetUp]
    public void Open()
    {
        _data = new TestData();
        _database = new SqliteDatabase(_data.Directory);
        _database.Make();
    }

    [TearDown]
    public void Close()
    {
        _database.Dispose();
        _data.Dispose();
    }

    [Test]
    public async Task Writes_that_are_asked_for_while_another_is_on_its_way_go_to_the_disk_together()
    {
        await AddAsync(0);
        using var first = await HeldWrite.BeginAsync(_database, id: 1000);
        var before = Commits();
        var writes = Enumerable.Range(1, 100).Select(AddAsync).ToList();
        first.Release();

        Assert.That(await Task.WhenAll(writes), Has.All.EqualTo(1));
        Assert.That(Commits() - before, Is.EqualTo(2), "the first, and all others");
        Assert.That(await IdsAsync(), Is.EqualTo([.. Enumerable.Range(0, 101), 1000]));
    }

    [Test]
    public async Task A_write_that_fails_fails_for_who_asked_for_it_and_for_nobody_else()
    {
        using var held = await HeldWrite.BeginAsync(_database, id: 1000);
        var first = AddAsync(1);
        var again = AddAsync(1);
        var unreadable = _database.ChangeAsync<int>(
            $"{Add} RETURNING id", _ => throw new FormatException("It cannot be read."), default, ("@id", 2));
        var last = AddAsync(3);
        held.Release();

        Assert.That(async () => await again, Throws.TypeOf<SqliteException>().With.Property("SqliteErrorCode").EqualTo(19));
        Assert.That(async () => await unreadable, Throws.TypeOf<FormatException>());
        Assert.That((await first, await last), Is.EqualTo((1, 1)));
        Assert.That(await IdsAsync(), Is.EqualTo([1, 3, 1000]));
    }

    [Test]
    public async Task A_write_that_is_taken_back_while_it_waits_is_not_made()
    {
        using var gone = new CancellationTokenSource();
        using var held = await HeldWrite.BeginAsync(_database, id: 1000);
        var second = _database.ExecuteAsync(Add, gone.Token, ("@id", 2));
        await gone.CancelAsync();
        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>());
        held.Release();

        Assert.That(await AddAsync(3), Is.EqualTo(1));
        Assert.That(await IdsAsync(), Is.EqualTo([3, 1000]));
    }

    [Test]
    public async Task A_lock_that_another_program_keeps_is_told_and_what_is_asked_for_afterwards_is_written()
    {
        await using (await LockAsync())
            Assert.That(async () => await AddAsync(1), Throws.TypeOf<SqliteException>().With.Property("SqliteErrorCode").EqualTo(5));

        Assert.That(await AddAsync(2), Is.EqualTo(1));
        Assert.That(await IdsAsync(), Is.EqualTo([2]));
    }

    [Test]
    public async Task A_file_that_was_put_in_place_of_a_removed_one_is_written_to()
    {
        await AddAsync(1);
        foreach (var name in (string[])["", "-wal", "-shm"])
            System.IO.File.Move(File + name, File + name + ".away");
        Assert.That(async () => await AddAsync(2), Throws.TypeOf<SqliteException>().With.Property("SqliteErrorCode").EqualTo(14));
        foreach (var name in (string[])["", "-wal"])
            System.IO.File.Copy(File + name + ".away", File + name);

        await AddAsync(3);

        Assert.That(await IdsAsync(), Is.EqualTo([1, 3]));
    }

    private Task<int> AddAsync(int id) => _database.ExecuteAsync(Add, default, ("@id", id));

    private async Task<List<int>> IdsAsync()
    {
        using var other = new SqliteDatabase(_data.Directory);
        return await other.QueryAsync("SELECT id FROM health ORDER BY id", row => row.GetInt32(0), default);
    }

    // Until it is disposed.
    private async Task<IAsyncDisposable> LockAsync()
    {
        var other = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString());
        await other.OpenAsync();
        using var command = other.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return other;
    }

    // The journal's frames that end a transaction say how large the database then is (sqlite.org/fileformat2, "The Write-Ahead Log").
    private int Commits()
    {
        const int header = 32, frameHeader = 24;
        using var journal = new FileStream(File + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[journal.Length];
        journal.ReadExactly(bytes);
        var page = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(8));
        var commits = 0;
        for (var frame = header; frame + frameHeader + page <= bytes.Length; frame += frameHeader + page)
            commits += BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(frame + 4)) != 0 ? 1 : 0;
        return commits;
    }

    /// <summary>A write that is on its way until it is released.</summary>
    private sealed class HeldWrite : IDisposable
    {
        private readonly ManualResetEventSlim _released = new();

        public static async Task<HeldWrite> BeginAsync(SqliteDatabase database, int id)
        {
            var (write, begun) = (new HeldWrite(), new TaskCompletionSource());
            _ = database.ChangeAsync(
                $"{Add} RETURNING id",
                row =>
                {
                    begun.SetResult();
                    write._released.Wait();
                    return row.GetInt32(0);
                },
                default,
                ("@id", id));
            await begun.Task;
            return write;
        }

        public void Release() => _released.Set();

        public void Dispose()
        {
            _released.Set();
            _released.Dispose();
        }
    }
}
