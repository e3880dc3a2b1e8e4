using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage.Mongo;
using AiDub.Jobs.Storage.Schema;
using AiDub.Jobs.Storage.Sqlite;
using AiDub.Tests.StandIns;
using Microsoft.Data.Sqlite;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace AiDub.Tests.Jobs.Storage.Schema;

/// <summary>
/// What a service of the version before wrote for a complete dub, which was edited then, and a failed one: recorded from it, and read here.
/// </summary>
[TestFixture]
public sealed class VersionBeforeTests
{
    private static readonly Guid Complete = new("3adf3dc7-b3a8-48cd-94de-55a026f122e8");
    private static readonly Guid Failed = new("afff77ee-8a6e-4890-8d22-4fbf0d9aa568");

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Jobs", "Storage", "Schema");

    [Test]
    public async Task A_file_of_the_version_before_is_read_at_once_and_gets_its_indexes_and_version_in_the_background()
    {
        using var data = new TestData();
        await OldFileAsync(data, "DROP INDEX dubs_newest; DROP INDEX progress_running");
        var database = new SqliteDatabase(data.Directory);
        var schema = new SqliteSchema(database);

        Assert.That(
            await schema.FindMissingAsync(default), Is.SupersetOf(new[] { "dubs_newest", "progress_running" }), "no start waits for them");
        var (progress, dubs) = (new SqliteProgressStore(database), new SqliteDubStore(database, TimeProvider.System));
        var document = (await progress.FindAsync(Complete, default))!;
        var record = (await dubs.FindAsync(Complete, default))!;
        Assert.That(
            (document.State, document.Steps.Count, document.FinalResponse!.ResultKey),
            Is.EqualTo((DubState.Complete, 0, record.Response.ResultKey)));
        Assert.That((record.Attempt, record.Response.Steps, record.Order.ToLang), Is.EqualTo((1, (IReadOnlyList<StepRecord>?)null, "es")));
        Assert.That((await progress.FindAsync(Failed, default))!.State, Is.EqualTo(DubState.Failed));
        Assert.That((await new SqliteEditStore(database).FindAsync(Complete, default)).Of(0).Translation, Is.EqualTo("Hola a todas."));
        Assert.That(await dubs.ListAsync(new DubQuery(51, null, null, 10), default), Has.Count.EqualTo(1));

        await AssertMigratesAsync(schema);
        await dubs.RemoveAsync(Complete, int.MaxValue, default);
        Assert.That(await dubs.PutAsync(record, default), Is.False);
        SqliteConnection.ClearAllPools();
    }

    [Test]
    public async Task A_row_of_this_version_has_every_value_that_the_version_before_reads()
    {
        using var data = new TestData();
        await OldFileAsync(data);
        var database = new SqliteDatabase(data.Directory);
        var (progress, dubs) = (new SqliteProgressStore(database), new SqliteDubStore(database, TimeProvider.System));
        var (document, record) = ((await progress.FindAsync(Complete, default))!, (await dubs.FindAsync(Complete, default))!);
        var (progressBefore, dubsBefore) = (await RowAsync("progress"), await RowAsync("dubs"));

        await database.ExecuteAsync("DELETE FROM progress; DELETE FROM dubs", default);
        await progress.AddAsync(document with { Stage = DubStage.Rendering, FinalResponse = null, ExpiresAt = null }, default);
        await new SqliteDubTurns(database)
            .OfferAsync(Complete, new QueuedJob(document.JobId!, "default"), document.UpdatedAt, document.UpdatedAt, default);
        await progress.SaveAsync(document, default);
        await dubs.PutAsync(record, default);

        AssertHasAll(progressBefore, await RowAsync("progress"), "attempt");
        AssertHasAll(dubsBefore, await RowAsync("dubs"));
        SqliteConnection.ClearAllPools();

        // Values that are there; what the version before does not know may be added.
        async Task<BsonDocument> RowAsync(string table) => (await database.QueryAsync(
            $"SELECT * FROM {table} WHERE request_id = '{Complete}'",
            row =>
                new BsonDocument(
                    Enumerable.Range(0, row.FieldCount)
                        .Where(i => !row.IsDBNull(i))
                        .Select(i => new BsonElement(row.GetName(i), Value($"{row[i]}")))),
            default)).Single();

        static BsonValue Value(string text) => text.StartsWith('{') ? BsonSerializer.Deserialize<BsonDocument>(text) : text;
    }

    [Test]
    public async Task A_file_of_a_version_after_the_next_stops_the_start_and_one_of_the_next_does_not()
    {
        using var data = new TestData();
        await OldFileAsync(data, $"PRAGMA user_version = {SchemaVersion.LastReadable}");
        Assert.That(() => new SqliteDatabase(data.Directory).Make(), Throws.Nothing);
        await OldFileAsync(data, $"PRAGMA user_version = {SchemaVersion.LastReadable + 1}", isThere: true);

        Assert.That(
            () => new SqliteDatabase(data.Directory).Make(),
            Throws.TypeOf<AiDub.Domain.Errors.StartRefusedException>().With.Message.Contains("run a later one"));
        SqliteConnection.ClearAllPools();
    }

    [Test]
    public async Task Documents_of_the_version_before_are_read_and_documents_of_this_one_have_all_that_they_have()
    {
        await using var database = (await MongoServer.SharedAsync()).NewDatabase();
        var old = BsonSerializer.Deserialize<BsonDocument>(await File.ReadAllTextAsync(Path.Combine(Folder, "version-1.json")));
        foreach (var collection in old.Elements.Where(e => e.Value.AsBsonArray.Count > 0))
            await database.Database.GetCollection<BsonDocument>(collection.Name)
                .InsertManyAsync(collection.Value.AsBsonArray.Select(d => d.AsBsonDocument));
        var id = Guid.Parse(old["dubs"][0]["request_id"].AsString);
        var (progress, dubs) = (new MongoProgressStore(database.Records), new MongoDubStore(database.Records, TimeProvider.System));
        var (document, record) = ((await progress.FindAsync(id, default))!, (await dubs.FindAsync(id, default))!);

        Assert.That(
            (document.State, record.Attempt, record.Response.Steps), Is.EqualTo((DubState.Complete, 1, (IReadOnlyList<StepRecord>?)null)));
        Assert.That((await new MongoEditStore(database.Records).FindAsync(id, default)).Of(0).Translation, Is.EqualTo("Hola a todas."));
        await AssertMigratesAsync(new MongoSchema(database.Database, database.Records));
        await progress.RemoveAsync(id, default);
        await progress.AddAsync(document with { Stage = DubStage.Rendering, FinalResponse = null }, default);
        await progress.SaveAsync(document, default);
        Assert.That(await dubs.PutAsync(record, default), Is.True);

        AssertHasAll(
            old["progress"].AsBsonArray.First(d => d["request_id"] == id.ToString()).AsBsonDocument, await database.RawAsync(id), "job_id");
        AssertHasAll(
            old["dubs"][0].AsBsonDocument, await database.Records.Dubs.Find(new BsonDocument("request_id", id.ToString())).SingleAsync());
    }

    private static void AssertHasAll(BsonDocument before, BsonDocument now, params string[] but)
    {
        foreach (var field in before.Where(field => field.Name != "_id" && !but.Contains(field.Name)))
        {
            var value = now.GetValue(field.Name, BsonNull.Value);
            if (field.Value is BsonDocument inner && value is BsonDocument innerNow)
                AssertHasAll(inner, innerNow);
            else
                Assert.That(value, Is.EqualTo(field.Value), field.Name);
        }
    }

    private static async Task AssertMigratesAsync(IRecordSchema schema)
    {
        var said = new List<string>();
        var migration = new SchemaMigration(schema, TimeProvider.System);
        Assert.That(await migration.RunAsync(said.Add, default), Is.True);
        Assert.That(said, Has.Some.Contains("is missing and is being made").And.Some.Contains("was made in"));
        Assert.That(
            (await schema.VersionAsync(default), (await schema.FindMissingAsync(default)).Count), Is.EqualTo((SchemaVersion.Current, 0)));

        said.Clear();
        Assert.That(await migration.RunAsync(said.Add, default), Is.True);
        Assert.That(said.Single(), Does.Contain("there is nothing to do"));
    }

    private static async Task OldFileAsync(TestData data, string also = "", bool isThere = false)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = data.Directory.File("aidub.db"), Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = isThere ? also : await File.ReadAllTextAsync(Path.Combine(Folder, "version-1.sql")) + also;
        await command.ExecuteNonQueryAsync();
    }
}
