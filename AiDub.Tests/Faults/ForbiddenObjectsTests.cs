using System.Net;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Faults;

/// <summary>The folder of objects becomes one that the user of the service may not write to.</summary>
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
