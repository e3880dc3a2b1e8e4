using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Security.Authentication;
using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage.S3;
using AiDub.Jobs.Tools;
using Amazon.S3;
using Microsoft.Data.Sqlite;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Connections;

namespace AiDub.Tests.Jobs.Outages;

/// <summary>What is waited out, and what is counted.</summary>
public sealed class OutageRulesTests
{
    private static readonly ConnectionId Connection = MongoRefusal.Server;

    private static IEnumerable<TestCaseData> OfRecords()
    {
        yield return new(
            new TimeoutException("A timeout occurred after 10000ms selecting a server."),
            Dependency.Records)
        { TestName = "no server was selected" };
        yield return new(
            new MongoConnectionException(Connection, "reset", new IOException()),
            Dependency.Records)
        { TestName = "a connection to MongoDB broke" };
        yield return new(new MongoNotPrimaryException(Connection, [], []), Dependency.Records) { TestName = "the primary is another" };
        yield return new(
            new MongoCommandException(Connection, "stepped down", [], new BsonDocument("code", 189)),
            Dependency.Records)
        { TestName = "the primary stepped down" };
        yield return new(
            new MongoCommandException(Connection, "no such command", [], new BsonDocument("code", 59)),
            null)
        { TestName = "MongoDB does not know the command" };
        foreach (var (code, name) in new[]
        {
            (13, "we may not write"), (18, "we are not known any more"), (14031, "the disk is full"), (8000, "a quota is used up"),
            (16500, "requests come too fast"), (64, "too few servers wrote it"), (100, "there are too few servers"),
        })
        {
            yield return new(
                MongoRefusal.Of(code), Dependency.Records)
            { TestName = $"MongoDB says that {name}" };
            yield return new(Written(code), Dependency.Records) { TestName = $"MongoDB says of a write that {name}" };
            yield return new(Acknowledged(code), Dependency.Records) { TestName = $"MongoDB says once it has written that {name}" };
        }
        yield return new(Written(11000), null) { TestName = "a document is there already" };
        yield return new(Written(121), null) { TestName = "MongoDB finds the document wrong" };
        yield return new(
            new SqliteException("database is locked", 5), Dependency.Records)
        { TestName = "another program locks the database" };
        yield return new(new SqliteException("unable to open database file", 14), Dependency.Records) { TestName = "the database is gone" };
        yield return new(
            new SqliteException("attempt to write a readonly database", 8), Dependency.Records)
        { TestName = "the database is read-only" };
        yield return new(new SqliteException("disk is full", 13), Dependency.Storage) { TestName = "the database finds no room" };
        yield return new(new SqliteException("constraint failed", 19), null) { TestName = "a constraint failed" };
        yield return new(new InvalidOperationException("a mistake of ours"), null) { TestName = "a mistake of ours" };
    }

    [TestCaseSource(nameof(OfRecords))]
    public void Of_a_record_store(Exception error, Dependency? away) =>
        Assert.That(OutageRules.Of(error, Dependency.Records)?.What, Is.EqualTo(away));

    private static IEnumerable<TestCaseData> OfObjects()
    {
        yield return new(Refused(), true) { TestName = "S3 refuses the connection" };
        yield return new(
            new HttpRequestException("no such host", new SocketException((int)SocketError.HostNotFound)),
            true)
        { TestName = "S3's name is not found" };
        yield return new(new TaskCanceledException("took too long"), true) { TestName = "S3 takes too long" };
        yield return new(Said(HttpStatusCode.ServiceUnavailable, "SlowDown"), true) { TestName = "S3 asks us to slow down" };
        yield return new(Said(HttpStatusCode.InternalServerError, "InternalError"), true) { TestName = "S3 is out of order" };
        yield return new(Said(HttpStatusCode.BadRequest, "RequestTimeout"), true) { TestName = "S3 waited too long for us" };
        yield return new(Said(HttpStatusCode.Forbidden, "AccessDenied"), false) { TestName = "S3 refuses the key" };
        yield return new(Said(HttpStatusCode.NotFound, "NoSuchBucket"), false) { TestName = "the bucket is not there" };
        yield return new(Said(HttpStatusCode.BadRequest, "InvalidArgument"), false) { TestName = "S3 does not take the request" };
        yield return new(
            new HttpRequestException("TLS", new AuthenticationException("expired")), false)
        { TestName = "S3 is not who it should be" };
    }

    [TestCaseSource(nameof(OfObjects))]
    public void Of_S3(Exception error, bool isAway) =>
        Assert.That(S3Faults.OutageOf(error) is { What: Dependency.Objects }, Is.EqualTo(isAway));

    [TestCase(28, Dependency.Storage)]
    [TestCase(30, Dependency.Storage)]
    [TestCase(5, Dependency.Objects)]
    [TestCase(116, Dependency.Objects)]
    [TestCase(39, null)]
    public void Of_a_disk(int errno, Dependency? away) =>
        Assert.That(OutageRules.Of(new IOException("disk", errno))?.What, Is.EqualTo(away));

    [Test]
    public void A_disk_that_turned_read_only_is_waited_for_by_whose_it_is()
    {
        var tool = new ToolFailedException("ffmpeg", 1, "/data/scratch/a/speech.wav: Read-only file system");

        Assert.That(OutageRules.Of(tool)?.What, Is.EqualTo(Dependency.Storage));
        Assert.That(OutageRules.Of(new IOException("disk", 30), Dependency.Objects)?.What, Is.EqualTo(Dependency.Objects));
    }

    [Test]
    public void What_has_an_outage_for_its_cause_is_one_and_what_is_permanent_is_none()
    {
        var cause = new TransientDubException("away") { Outage = new Outage(Dependency.Engine, "Piper") };

        Assert.That(OutageRules.Of(new InvalidOperationException("wrapped", cause))?.Engine, Is.EqualTo("Piper"));
        Assert.That(OutageRules.Of(new PermanentDubException(FailureCode.MediaInvalid, "no", cause)), Is.Null);
    }

    // The driver makes such errors of a server's answer alone; the message is no part of the rule.
    private static MongoWriteException Written(int code) => new(Connection, Error(code), null, null);

    private static MongoWriteException Acknowledged(int code) => new(Connection, null, Concern(code), null);

    private static WriteError Error(int code) => (WriteError)Activator.CreateInstance(
        typeof(WriteError), BindingFlags.Instance | BindingFlags.NonPublic, null,
        [code == 11000 ? ServerErrorCategory.DuplicateKey : ServerErrorCategory.Uncategorized, code, "said", new BsonDocument()], null)!;

    private static WriteConcernError Concern(int code) => (WriteConcernError)Activator.CreateInstance(
        typeof(WriteConcernError), BindingFlags.Instance | BindingFlags.NonPublic, null,
        [code, "name", "said", new BsonDocument(), Array.Empty<string>()], null)!;

    private static HttpRequestException Refused() => new("refused", new SocketException((int)SocketError.ConnectionRefused));

    private static AmazonS3Exception Said(HttpStatusCode status, string code) => new(code) { StatusCode = status, ErrorCode = code };
}
