using System.Globalization;
using System.Text.RegularExpressions;
using AiDub.Tests.EndToEnd;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Bench;

/// <summary>
/// Polls and submits a second, against an endpoint that does nothing, while two dubs run. Run by <c>./aidub bench api</c>.
/// </summary>
[TestFixture]
[Explicit]
[Category("Bench")]
public sealed partial class ApiBench
{
    private const string Seconds = "8s";

    [Test]
    public async Task Api()
    {
        var folder = Directory.CreateTempSubdirectory("aidub-bench-").FullName;
        var clip = await new BenchClips(folder).OfLengthAsync(300);
        await using var clips = await ClipServer.StartAsync();
        await using var server = new DubServer(("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}")) { IsMeasured = true };
        await server.StartAsync();
        await using var empty = await StartEmptyAsync();
        var dubs = new[] { await server.SubmitAsync(clips.Serve(clip)), await server.SubmitAsync(clips.Serve(clip)) };

        BenchTable.Write("| while two dubs run | requests a second | p99 | ÷ an endpoint that does nothing |");
        BenchTable.Write("| --- | --- | --- | --- |");
        var poll = $$"""{"user_id":51,"request_id":"{{dubs[0]}}"}""";
        var nothing = await LoadAsync(folder, empty.Urls.Single() + "/", poll);
        Row("an endpoint that does nothing", nothing, nothing);
        Row("POST /ai_dub/progress", await LoadAsync(folder, new Uri(server.BaseAddress, "/ai_dub/progress").ToString(), poll), nothing);
        foreach (var dub in dubs)
            Assert.That((await server.PollAsync(dub)).Body.TryGetProperty("percent", out _), Is.True, "the dubs still run");

        // Refused at the first private address: a submit is a record, a job and its end.
        var submit = """{"source_video_url":"http://127.0.0.1:9/v.mp4","user_id":51,"project_id":"bench","to_lang":"es"}""";
        Row("POST /ai_dub", await LoadAsync(folder, new Uri(server.BaseAddress, "/ai_dub").ToString(), submit), nothing);
        await server.KillAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static void Row(string what, (double PerSecond, string P99) load, (double PerSecond, string P99) nothing) =>
        BenchTable.Write($"| {what} | {load.PerSecond:0} | {load.P99} | {load.PerSecond / nothing.PerSecond:0.00} |");

    private static async Task<WebApplication> StartEmptyAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/", () => "{}");
        await app.StartAsync();
        return app;
    }

    private static async Task<(double PerSecond, string P99)> LoadAsync(string folder, string address, string body)
    {
        var script = Path.Combine(folder, "post.lua");
        await File.WriteAllTextAsync(
            script, $"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = '{body}'\n");
        var said = await Tool.RunAsync("wrk", "-t1", "-c16", "-d", Seconds, "--latency", "-s", script, address);
        Assert.That(said, Does.Not.Contain("Non-2xx"));
        return (double.Parse(PerSecond().Match(said).Groups[1].Value, CultureInfo.InvariantCulture), P99().Match(said).Groups[1].Value);
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"99%\s+(\S+)")]
    private static partial Regex P99();
}
