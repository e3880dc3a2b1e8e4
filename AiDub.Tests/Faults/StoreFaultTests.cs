using System.Net;

namespace AiDub.Tests.Faults;

/// <summary>Every operation of the stores in turn fails for a while, or for good.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class StoreFaultTests
{
    private static readonly (string, string)[] Quick =
    [
        ("Dubbing__LeaseSeconds", "5"), ("Dubbing__HeartbeatSeconds", "1"),
        ("Dubbing__SweepSeconds", "1"), ("Dubbing__LeftoverSeconds", "1"),
    ];

    private string _folder = null!;
    private string _clip = null!;

    [OneTimeSetUp]
    public async Task MakeClip()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-faults-").FullName;
        _clip = await FaultedServer.ClipAsync(_folder, 3);
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    [Category("Long")]
    public async Task A_dub_outlives_a_fault_of_any_operation_of_its_stores()
    {
        await using var server = await FaultedServer.StartAsync(_clip, Quick);
        foreach (var operation in (string[])["put", "size", "open", "list", "delete", "claim", "save", "find", "job", "record", "enqueue"])
        {
            server.Rule($"fail 2 {operation}");
            var (dub, status, body) = await server.DubAsync(isGiven: operation is not "put");

            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), $"{operation}: {body}");
            Assert.That(body.TryGetProperty("result_url", out _), $"{operation}: {body}");
            Assert.That(server.Failed, Is.Positive, $"{operation} failed");
            Assert.That(server.Result(dub), Has.Count.EqualTo(3), operation);
            server.Rule(null);
        }
        Assert.That(await server.SettleAsync(), Is.Empty);
    }

    [TestCase("put")]
    [TestCase("open")]
    [TestCase("record")]
    public async Task A_store_that_keeps_failing_ends_a_dub_as_one_clear_failure(string operation)
    {
        await using var server = await FaultedServer.StartAsync(
            _clip, [.. Quick, ("Dubbing__MaxFaults", "1"), ("Dubbing__KeepFailedHours", "0")]);
        server.Rule($"fail 1000 {operation}");
        var (dub, status, body) = await server.DubAsync(isGiven: operation is not "put");

        Assert.That(status, Is.EqualTo(HttpStatusCode.InternalServerError), body.ToString());
        AssertClean(body.GetProperty("msg").GetString()!);
        server.Rule(null);
        Assert.That((await server.Server.PollAsync(dub)).Status, Is.EqualTo(HttpStatusCode.InternalServerError), "again at every poll");
        Assert.That(await server.RowsAsync("dubs"), Is.Empty);
        Assert.That(await server.SettleAsync(), Is.Empty);
        Assert.That(server.Server.FilesUnder(Path.Combine("objects", "work")).Where(File.Exists), Is.Empty);
    }

    [Test]
    public async Task Objects_that_cannot_be_removed_do_not_undo_a_dub_and_are_removed_later()
    {
        await using var server = await FaultedServer.StartAsync(_clip, [.. Quick, ("Dubbing__MaxFaults", "0")]);
        server.Rule("fail 1000 delete");
        var (_, status, body) = await server.DubAsync(isGiven: true);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        Assert.That(body.TryGetProperty("result_url", out _), body.ToString());
        Assert.That(await server.LeftoversAsync(), Is.Not.Empty);
        server.Rule(null);
        Assert.That(await server.SettleAsync(), Is.Empty);
    }

    [Test]
    public async Task A_request_whose_record_cannot_be_written_is_refused_and_leaves_nothing()
    {
        await using var server = await FaultedServer.StartAsync(_clip, Quick);
        server.Rule("fail 1 add");
        var (status, body) = (await server.TrySubmitAsync(isGiven: true, "es"))!.Value;

        Assert.That((int)status, Is.InRange(500, 503), body.ToString());
        AssertClean(body.GetProperty("msg").GetString()!);
        Assert.That(await server.RowsAsync("progress"), Is.Empty);
        Assert.That(await server.SettleAsync(), Is.Empty);
    }

    internal static void AssertClean(string msg)
    {
        foreach (var secret in (string[])["/", "secret", "internal", "127.0.0.1", "Exception", "SQLite"])
            Assert.That(msg, Does.Not.Contain(secret));
    }
}
