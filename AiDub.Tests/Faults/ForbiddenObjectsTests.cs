using System.Net;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Faults;

/// <summary>The folder of objects goes, or becomes one that the user of the service may not write to, whole or in part.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class ForbiddenObjectsTests
{
    private const string Translation = "00:00:00,200 --> 00:00:01,400\nHola a todos.\n";

    [Test]
    public async Task Submissions_are_refused_in_order_until_it_may_be_written_to_again()
    {
        await using var server = new DubServer();
        await server.StartAsync();
        var (objects, kept) = (Path.Combine(server.DataFolder, "objects"), Path.Combine(server.DataFolder, "kept"));
        Directory.Move(objects, kept);
        // Nobody makes a file there, root included.
        Directory.CreateSymbolicLink(objects, "/sys");

        var (refused, body) = await SubmitAsync(server);
        var ready = await server.Http.GetAsync(new Uri(server.BaseAddress, "/health/ready"));

        Assert.That(refused, Is.EqualTo(HttpStatusCode.ServiceUnavailable), body);
        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await ready.Content.ReadAsStringAsync(), Does.Contain("objects_unreachable"));
        Assert.That(server.Log, Does.Contain("object store cannot be reached").And.Not.Contain("   at "));

        File.Delete(objects);
        Directory.Move(kept, objects);
        await DubServer.UntilAsync("submissions are taken", async () => (await SubmitAsync(server)).Status == HttpStatusCode.OK);
    }

    [Test]
    public async Task A_folder_whose_disk_is_gone_is_waited_for_and_not_made_anew()
    {
        await using var server = new DubServer();
        await server.StartAsync();
        var (objects, kept) = (Path.Combine(server.DataFolder, "objects"), Path.Combine(server.DataFolder, "kept"));
        Directory.Move(objects, kept);

        var (refused, body) = await SubmitAsync(server);
        var ready = await server.Http.GetAsync(new Uri(server.BaseAddress, "/health/ready"));

        Assert.That(refused, Is.EqualTo(HttpStatusCode.ServiceUnavailable), body);
        Assert.That(await ready.Content.ReadAsStringAsync(), Does.Contain("objects_unreachable"));
        Assert.That(server.Log, Does.Contain("is its disk mounted?").And.Not.Contain("   at "));
        Assert.That(Directory.Exists(objects), Is.False);

        Directory.Move(kept, objects);
        await DubServer.UntilAsync("submissions are taken", async () => (await SubmitAsync(server)).Status == HttpStatusCode.OK);
    }

    [Test]
    public async Task A_part_of_it_that_may_not_be_written_to_is_told_in_one_line_and_is_not_called_away()
    {
        await using var server = new DubServer();
        await server.StartAsync();
        // Nobody makes a file there, root included.
        Directory.CreateSymbolicLink(Path.Combine(server.DataFolder, "objects", "work"), "/sys");

        var (refused, body) = await SubmitAsync(server);
        var ready = await server.Http.GetAsync(new Uri(server.BaseAddress, "/health/ready"));

        Assert.That(refused, Is.EqualTo(HttpStatusCode.ServiceUnavailable), body);
        Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(
            server.Log,
            Does.Contain("The object store refused us").And.Contain("is denied").And.Not.Contain("   at ").And.Not.Contain("be reached"));
    }

    private static async Task<(HttpStatusCode Status, string Body)> SubmitAsync(DubServer server)
    {
        var (status, body) = await server.PostAsync(
            "/ai_dub",
            new
            {
                source_video_url = "https://example.com/a.mp4",
                user_id = 51,
                project_id = "ryan",
                to_lang = "es",
                translation = Translation,
            });
        return (status, body.ToString());
    }
}
