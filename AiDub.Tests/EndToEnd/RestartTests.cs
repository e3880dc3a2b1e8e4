using System.Net;
using System.Text.Json;
using AiDub.Domain.Dubbing;
using AiDub.Jobs.Storage;
using Microsoft.Data.Sqlite;

namespace AiDub.Tests.EndToEnd;

/// <summary>kill -9 at any moment, then a restart on the same data folder.</summary>
[TestFixture]
public sealed class RestartTests
{
    private const string Said = """
        00:00:00,500 --> 00:00:03,000
        Good morning, and welcome.

        00:00:04,000 --> 00:00:07,000
        Today I want to show you how we live.

        00:00:08,000 --> 00:00:13,000
        The sun rises, and we work until the evening comes.
        """;

    [TestCase("Status_1", 5, null, Category = "Long")]
    [TestCase("Status_1", 25, null, Category = "Long")]
    [TestCase("Status_3", 0, Said)]
    [TestCase("Status_4", 0, Said, Category = "Long")]
    public async Task A_dub_that_was_killed_finishes_after_a_restart_without_doing_its_steps_again(
        string stage, int percent, string? transcript)
    {
        await using var clips = await ClipServer.StartAsync();
        await using var server = new DubServer(
            ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}"), ("Dubbing__HeartbeatSeconds", "0.2"));
        await server.StartAsync();
        var clip = Path.Combine(server.DataFolder, "clip.mp4");
        await Tool.FfmpegAsync("-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"), "-t", "14", "-c", "copy", clip);
        var id = await server.SubmitAsync(clips.Serve(clip), transcript: transcript);

        await DubServer.UntilAsync($"the dub is at {stage}, {percent} %", async () =>
        {
            var (status, body) = await server.PollAsync(id);
            Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
            var now = body.GetProperty("progress").GetString()!;
            Assert.That(now, Is.Not.EqualTo("Status_5"), "the dub was over before it could be killed");
            return string.CompareOrdinal(now, stage) >= 0 && body.GetProperty("percent").GetInt32() >= percent;
        });
        await server.KillAsync();
        var restartedAt = TimeProvider.System.GetUtcNow().UtcDateTime;
        var done = await StepsDoneAsync(server, id);
        await server.StartAsync();
        Assert.That(ToolsOfBefore(server, restartedAt), Is.Empty, "a tool of the killed process still runs");

        var (end, final) = await server.FinishAsync(id);
        Assert.That(end, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        Assert.That(final.GetProperty("report").GetProperty("attempts").GetInt32(), Is.EqualTo(2));
        foreach (var (path, written) in done)
            Assert.That(File.GetLastWriteTimeUtc(path), Is.EqualTo(written), $"{path} was not made again");
        var remade = server.FilesUnder(Path.Combine("objects", "work", id.ToString())).Except(done.Keys).Select(Path.GetFileName);
        Assert.That(remade.Intersect(done.Keys.Select(Path.GetFileName)), Is.Empty, "nor by another attempt");
        Assert.That(clips.Requests, Has.Count.EqualTo(done.Keys.Any(path => Path.GetFileName(path) == "media.json") ? 1 : 2));
        await server.TidyAsync();
    }

    private static IEnumerable<string> ToolsOfBefore(DubServer server, DateTime moment) =>
        from process in System.Diagnostics.Process.GetProcesses()
        let cwd = Cwd(process.Id)
        where cwd?.StartsWith(server.DataFolder, StringComparison.Ordinal) == true && process.StartTime.ToUniversalTime() < moment
        select process.ProcessName;

    private static string? Cwd(int process)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{process}/cwd", returnFinalTarget: false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // What a done step made is written once. It is done when its document says so, which is a moment after its files were stored.
    private static async Task<Dictionary<string, DateTime>> StepsDoneAsync(DubServer server, Guid id)
    {
        // Read only: what the killed process left beside the file is for the service to recover.
        var file = Path.Combine(server.DataFolder, "aidub.db");
        await using var database = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = "SELECT steps FROM progress WHERE request_id = $id";
        command.Parameters.AddWithValue("$id", id.ToString());
        var steps = await command.ExecuteScalarAsync() as string ?? "[]";
        return JsonSerializer.Deserialize<StepRecord[]>(steps, StoredJson.Options)!
            .SelectMany(step => step.Artifacts ?? [])
            .Where(key => Path.GetExtension(key) == ".json")
            .Select(key => Path.Combine(server.DataFolder, "objects", key))
            .ToDictionary(path => path, File.GetLastWriteTimeUtc);
    }
}
