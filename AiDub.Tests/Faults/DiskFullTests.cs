using System.Net;
using AiDub.Domain.Errors;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Faults;

/// <summary>
/// The disk really is full, at every moment of a dub that there is: while it is accepted, fetched, worked on by tools, stored and recorded.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class DiskFullTests
{
    private const string Translation = "00:00:00,200 --> 00:00:01,400\nHola a todos.\n\n00:00:01,700 --> 00:00:02,800\nHasta luego.\n";

    private string _folder = null!;
    private ClipServer _clips = null!;
    private Uri _clip = null!;
    private long _bytes;

    [OneTimeSetUp]
    public async Task MakeClip()
    {
        if (!await FullDisk.CanBeMadeAsync())
        {
            if (Environment.IsPrivilegedProcess && Environment.GetEnvironmentVariable("CI") is not null)
                Assert.Fail("No file system can be made here (unshare and mount are refused), so that what a full disk does is not known.");
            Assert.Ignore("No file system can be made here: unshare or mount is refused.");
        }
        _folder = Directory.CreateTempSubdirectory("aidub-full-").FullName;
        var path = await FaultedServer.ClipAsync(_folder, 3);
        _bytes = new FileInfo(path).Length;
        _clips = await ClipServer.StartAsync();
        _clip = _clips.Serve(path);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_clips is null)
            return;
        await _clips.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    [Category("Long")]
    public async Task A_dub_that_finds_no_room_at_any_moment_ends_as_one_result_once_there_is_some()
    {
        await using var disk = new FullDisk(24, Settings(outageHours: "24"));
        await disk.Server.StartAsync();
        var (accepted, refused, waited) = (0, 0, 0);
        foreach (var leaving in Rooms())
        {
            var met = Met(disk);
            disk.Fill(leaving);
            var (status, body) = await SubmitAsync(disk);
            if (status != HttpStatusCode.OK)
            {
                Assert.That(status, Is.EqualTo(HttpStatusCode.ServiceUnavailable), $"{leaving} bytes left: {body}");
                StoreFaultTests.AssertClean(body.GetProperty("msg").GetString()!);
                disk.Empty();
                refused++;
                continue;
            }
            var dub = body.GetProperty("request_id").GetGuid();
            await DubServer.UntilAsync(
                "it is over, or has met the full disk",
                async () => Met(disk) > met || await IsMadeAsync(disk, dub),
                seconds: 60,
                orFail: false);
            waited += Met(disk) > met ? 1 : 0;
            disk.Empty();

            (status, body) = await disk.Server.FinishAsync(dub, withinSeconds: 120);
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), $"{leaving} bytes left: {body}");
            accepted++;
        }

        await TestContext.Out.WriteLineAsync(
            $"full disk: {accepted} dubs accepted and made, {waited} of them after they waited for room, {refused} refused");
        Assert.That((refused > 0, waited > 0), Is.EqualTo((true, true)));
        Assert.That(await disk.CheckRecordsAsync(), Is.EqualTo(("ok", accepted, 0)));
        await DubServer.UntilAsync("nothing is left", () => Task.FromResult(!disk.Leftovers().Any()));
    }

    [Test]
    public async Task A_dub_that_never_finds_room_ends_as_one_clear_failure()
    {
        var clip = await FaultedServer.ClipAsync(_folder, 30);
        await using var disk = new FullDisk(24, Settings(outageHours: "0.001"));
        await disk.Server.StartAsync();
        // Room to write down what becomes of the dub, and none for its source.
        disk.Fill(leaving: new FileInfo(clip).Length / 2);

        var (_, accepted) = await SubmitAsync(disk, _clips.Serve(clip));
        var dub = accepted.GetProperty("request_id").GetGuid();
        var (status, body) = await disk.Server.FinishAsync(dub, withinSeconds: 120);

        Assert.That(status, Is.EqualTo(HttpStatusCode.InternalServerError), body.ToString());
        Assert.That(body.GetProperty("error_code").GetString(), Is.EqualTo("storage_full"), body.ToString());
        StoreFaultTests.AssertClean(body.GetProperty("msg").GetString()!);
        disk.Empty();
        Assert.That(await disk.CheckRecordsAsync(), Is.EqualTo(("ok", 0, 1)));
        await DubServer.UntilAsync("nothing is left", () => Task.FromResult(!disk.Leftovers().Any()));
    }

    [Test]
    [Category("Long")]
    public async Task A_dub_is_deleted_although_nothing_can_be_written_and_there_is_room_again()
    {
        await using var disk = new FullDisk(24, Settings(outageHours: "24"));
        await disk.Server.StartAsync();
        var dub = (await SubmitAsync(disk)).Body.GetProperty("request_id").GetGuid();
        Assert.That((await disk.Server.FinishAsync(dub, withinSeconds: 120)).Status, Is.EqualTo(HttpStatusCode.OK));
        HttpStatusCode submitted;
        do
        {
            disk.Fill(leaving: 0);
            submitted = (await SubmitAsync(disk)).Status;
        }
        while (submitted == HttpStatusCode.OK);

        using var deleted = await disk.Server.Http.DeleteAsync(new Uri(disk.Server.BaseAddress, $"/ai_dub/{dub}?user_id=51"));

        Assert.That((submitted, deleted.StatusCode), Is.EqualTo((HttpStatusCode.ServiceUnavailable, HttpStatusCode.NoContent)));
        Assert.That(
            Directory.EnumerateFiles(disk.Folder, "*", SearchOption.AllDirectories)
                .Where(file => file.Contains($"/{dub}/", StringComparison.Ordinal)),
            Is.Empty);
    }

    [Test]
    public async Task A_folder_of_objects_that_is_full_by_itself_keeps_the_service_from_being_ready()
    {
        const string Mount = "mkdir -p \"$1\" && mount -t tmpfs -o size=128k tmpfs \"$1\" && shift && exec dotnet \"$@\"";
        var data = Directory.CreateDirectory(Path.Combine(_folder, "own")).FullName;
        await using var server = new DubServer("AiDub.Api.dll", data, Settings(outageHours: "24"))
        {
            Launcher = ["unshare", "-rm", "sh", "-c", Mount, "sh", Path.Combine(data, "objects")],
        };
        server.Launch();

        await DubServer.UntilAsync("it answers", async () => await ReadyAsync(server) is not null, seconds: 60);

        Assert.That(await ReadyAsync(server), Does.Contain("storage_full"));
    }

    private static async Task<string?> ReadyAsync(DubServer server)
    {
        try
        {
            using var answer = await server.Http.GetAsync(new Uri(server.BaseAddress, "/health/ready"));
            return await answer.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    // Whatever the durable record is answered as; a poll would take the document away.
    private static async Task<bool> IsMadeAsync(FullDisk disk, Guid dub) =>
        (await disk.Server.Http.GetStringAsync(new Uri(disk.Server.BaseAddress, $"/ai_dub/{dub}?user_id=51")))
            .Contains("result_url", StringComparison.Ordinal);

    private static int Met(FullDisk disk) => disk.Server.Log.Split($"{new Outage(Dependency.Storage).Message} Dubs wait").Length;

    // From nothing to enough for all of it: the source, its sound, speech, result and records.
    private IEnumerable<long> Rooms() => ((double[])[0, 0.5, 1.1, 1.6, 2.2, 3]).Select(share => (long)(share * _bytes));

    private (string, string)[] Settings(string outageHours) =>
    [
        ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{_clips.Port}"),
        ("Dubbing__MaxFaults", "0"), ("Dubbing__OutageHours", outageHours), ("Dubbing__RetrySeconds", "0.2"),
        ("Dubbing__LeaseSeconds", "5"), ("Dubbing__SweepSeconds", "1"),
        ("Dubbing__KeepFailedHours", "0"), ("DOTNET_EnableDiagnostics", "0"),
    ];

    private Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> SubmitAsync(FullDisk disk, Uri? clip = null) =>
        disk.Server.PostAsync(
        "/ai_dub",
        new
        {
            source_video_url = (clip ?? _clip).OriginalString,
            user_id = 51,
            project_id = "ryan",
            to_lang = "es",
            translation = Translation,
        });
}
