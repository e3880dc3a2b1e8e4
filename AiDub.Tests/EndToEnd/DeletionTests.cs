using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AiDub.Tests.EndToEnd;

/// <summary>Dubs of the real service that are deleted while the real tools work on them.</summary>
public sealed class DeletionTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_running_dub_that_is_deleted_is_gone_with_its_tools_and_files_also_when_the_service_is_killed_at_once(bool isKilled)
    {
        await using var clips = await ClipServer.StartAsync();
        await using var server = new DubServer(
            ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}"), ("Dubbing__LeaseSeconds", "5"), ("Dubbing__SweepSeconds", "1"));
        await server.StartAsync();
        var id = await server.SubmitAsync(clips.Serve(Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4")));
        await DubServer.UntilAsync("a tool recognises", async () =>
            (await server.PollAsync(id)).Body.GetProperty("percent").GetInt32() >= 5 && Tools(server).Any());
        Assert.That(Files(server, id), Is.Not.Empty);
        // Its headers are there once the stream follows the dub.
        using var opened = await server.Http.GetAsync(
            new Uri(server.BaseAddress, $"/ai_dub/{id}/events?user_id=51"), HttpCompletionOption.ResponseHeadersRead);
        Assert.That(opened.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var events = opened.Content.ReadAsStringAsync();

        Assert.That((await DeleteAsync(server, id, user: 52)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await DeleteAsync(server, id)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        if (isKilled)
        {
            await server.KillAsync();
            await server.StartAsync();
            Assert.That(await HeardAsync(events), Does.Not.Contain("event: failed"));
        }
        else
        {
            Assert.That(await events.WaitAsync(TimeSpan.FromSeconds(60)), Does.Not.Contain("event: failed"));
        }

        await AssertUnknownAsync(server, id);
        await DubServer.UntilAsync(
            "its tools and files are gone",
            () => Task.FromResult(!Tools(server).Any() && !Files(server, id).Any()),
            seconds: isKilled ? 20 : 5);
        await server.TidyAsync();
        await AssertUnknownAsync(server, id);
    }

    // The stream may have ended, as the dub is gone, before the process was killed, or break off with it.
    private static async Task<string> HeardAsync(Task<string> events)
    {
        try
        {
            return await events.WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return "";
        }
    }

    private static async Task AssertUnknownAsync(DubServer server, Guid id)
    {
        foreach (var path in (string[])["", "/events", "/callbacks"])
        {
            using var read = await server.Http.GetAsync(new Uri(server.BaseAddress, $"/ai_dub/{id}{path}?user_id=51"));
            Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }
        Assert.That((await server.PollAsync(id)).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await server.PostAsync($"/ai_dub/{id}/retry", new { user_id = 51 })).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await DeleteAsync(server, id)).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var list = await server.Http.GetFromJsonAsync<JsonElement>(new Uri(server.BaseAddress, "/ai_dub?user_id=51"));
        Assert.That(list.GetProperty("dubs").GetArrayLength(), Is.Zero);
    }

    private static Task<HttpResponseMessage> DeleteAsync(DubServer server, Guid id, int user = 51) =>
        server.Http.DeleteAsync(new Uri(server.BaseAddress, $"/ai_dub/{id}?user_id={user}"));

    private static IEnumerable<string> Files(DubServer server, Guid id) =>
        server.FilesUnder("objects").Where(path => File.Exists(path) && path.Contains($"{id}", StringComparison.Ordinal));

    private static IEnumerable<string> Tools(DubServer server) =>
        Directory.EnumerateDirectories("/proc").Select(process => Path.Combine(process, "cwd")).Where(cwd =>
        {
            try
            {
                return File.ResolveLinkTarget(cwd, returnFinalTarget: false)?.FullName.StartsWith(
                    server.DataFolder, StringComparison.Ordinal) == true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        });
}
