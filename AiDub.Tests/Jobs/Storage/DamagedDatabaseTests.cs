using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace AiDub.Tests.Jobs.Storage;

/// <summary>A database whose file is damaged in the middle while a process works with it.</summary>
public sealed class DamagedDatabaseTests
{
    private const int PageBytes = 4096;

    [Test]
    public async Task It_is_away_for_reads_writes_and_readiness_once_that_is_noticed_until_it_is_whole_again()
    {
        using var data = new TestData();
        var dub = DubProgress.Accept(Samples.Order(), DateTimeOffset.UnixEpoch);
        using (var before = new SqliteDatabase(data.Directory))
            await new SqliteProgressStore(before).AddAsync(dub, default);
        var file = Path.Combine(data.Root, "aidub.db");
        var whole = await File.ReadAllBytesAsync(file);
        using var database = new SqliteDatabase(data.Directory);
        await database.ProbeAsync(default);
        await DamageAsync(file, await RootOfAsync(file, "progress"));
        var store = new SqliteProgressStore(database);

        Assert.That(Away(() => store.FindAsync(dub.RequestId, default)), Does.Contain("aidub.db").And.Contain("damaged"));
        Assert.That(Away(() => database.ProbeAsync(default)), Does.Contain("damaged"), "though its own table is whole");
        Assert.That(Away(() => new SqliteLeases(database).ReleaseAsync("sweep", Guid.NewGuid(), default)), Does.Contain("damaged"));

        await using (var repaired = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            await repaired.WriteAsync(whole);
        await database.ProbeAsync(default);
        Assert.That((await store.FindAsync(dub.RequestId, default))?.RequestId, Is.EqualTo(dub.RequestId));
    }

    [Test]
    public async Task What_is_written_after_a_whole_file_was_put_in_its_place_is_in_that_file()
    {
        using var data = new TestData();
        var first = DubProgress.Accept(Samples.Order(), DateTimeOffset.UnixEpoch);
        var second = DubProgress.Accept(Samples.Order(), DateTimeOffset.UnixEpoch);
        using (var before = new SqliteDatabase(data.Directory))
            await new SqliteProgressStore(before).AddAsync(first, default);
        var file = Path.Combine(data.Root, "aidub.db");
        File.Copy(file, file + ".copy");
        using (var database = new SqliteDatabase(data.Directory))
        {
            await database.ProbeAsync(default);
            await DamageAsync(file, await RootOfAsync(file, "progress"));
            Away(() => new SqliteProgressStore(database).FindAsync(first.RequestId, default));
            File.Move(file, file + ".damaged");
            Away(() => database.ProbeAsync(default));
            Assert.That(File.Exists(file), Is.False, "none is made in its place");
            File.Move(file + ".copy", file);
            await database.ProbeAsync(default);
            await new SqliteProgressStore(database).AddAsync(second, default);
        }

        using var after = new SqliteDatabase(data.Directory);
        Assert.That(await new SqliteProgressStore(after).FindAsync(second.RequestId, default), Is.Not.Null);
    }

    private static string Away(Func<Task> call)
    {
        var error = Assert.CatchAsync(() => call());
        Assert.That(OutageRules.Of(error)?.What, Is.EqualTo(Dependency.Records), error?.ToString());
        return OutageRules.Said(error);
    }

    private static async Task<long> RootOfAsync(string file, string table)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var ask = connection.CreateCommand();
        ask.CommandText = "SELECT rootpage FROM sqlite_master WHERE name = @name";
        ask.Parameters.AddWithValue("@name", table);
        return (long)(await ask.ExecuteScalarAsync())!;
    }

    private static async Task DamageAsync(string file, long page)
    {
        await using var damaged = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        damaged.Position = (page - 1) * PageBytes;
        await damaged.WriteAsync(Enumerable.Repeat((byte)0xA5, PageBytes).ToArray());
    }
}
