using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using AiDub.Tests.Documents;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Clients;

/// <summary>The programs that README and docs/api.md show, run as they stand there.</summary>
public sealed class DocumentedExampleTests
{
    private ClipServer _clips = null!;
    private DubServer _server = null!;
    private string _folder = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-examples-").FullName;
        _clips = await ClipServer.StartAsync();
        _server = new DubServer(("Source__AllowedPrivateHosts__0", $"127.0.0.1:{_clips.Port}"));
        await _server.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        await _clips.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase("bash", "bash", "dub.sh")]
    [TestCase("csharp", "dotnet", "run", "dub.cs", Category = "Long")]
    public async Task The_example_dubs_a_video(string language, params string[] command)
    {
        var program = Path.Combine(_folder, command[^1]);
        await File.WriteAllTextAsync(program, Example("docs/api.md", language));
        var clip = Path.Combine(_folder, $"{language}.mp4");
        await Tool.FfmpegAsync("-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"), "-t", "5", "-c", "copy", clip);

        await RunAsync([.. command, clip]);

        var made = await Tool.DurationAsync(Path.ChangeExtension(clip, ".es.mp4"));
        Assert.That(made, Is.EqualTo(await Tool.DurationAsync(clip)).Within(0.05));
        var list = await _server.Http.GetFromJsonAsync<JsonElement>(new Uri(_server.BaseAddress, "/ai_dub?user_id=51"));
        Assert.That(list.GetProperty("dubs").GetArrayLength(), Is.Zero, "the example deletes its dub");
    }

    [Test]
    public async Task The_requests_of_README_submit_a_video_and_poll_it()
    {
        var clip = Path.Combine(_folder, "talk.mp4");
        await Tool.FfmpegAsync("-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"), "-t", "2", "-c", "copy", clip);
        // The address that it shows is not on this machine.
        var (submit, poll) = Requests(Example("README.md", "bash")
            .Replace("http://127.0.0.1:5080", _server.BaseAddress.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("https://example.com/talk.mp4", _clips.Serve(clip).ToString(), StringComparison.Ordinal));

        var submitted = JsonSerializer.Deserialize<JsonElement>(await RunAsync(["bash", "-c", submit]));
        var id = submitted.GetProperty("request_id").GetString()!;
        var polled = await RunAsync(["bash", "-c", poll.Replace("0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90", id, StringComparison.Ordinal)]);

        Assert.That(submitted.GetProperty("status").GetString(), Is.EqualTo("progress_initiated"));
        Assert.That(JsonSerializer.Deserialize<JsonElement>(polled).GetProperty("progress").GetString(), Does.StartWith("Status_"));
        await _server.Http.DeleteAsync(new Uri(_server.BaseAddress, $"/ai_dub/{id}?user_id=51"));
    }

    private static (string Submit, string Poll) Requests(string example) =>
        example.Split("\ncurl ") is [var first, var second] ? (first, $"curl {second}") : throw new InvalidOperationException(example);

    private static string Example(string document, string language)
    {
        var example = Repository.Read(document).Split($"```{language}\n")[1].Split("```\n")[0];
        Assert.That(example.Count(character => character == '\n'), Is.LessThanOrEqualTo(40));
        return example;
    }

    private async Task<string> RunAsync(string[] command)
    {
        var start = new ProcessStartInfo(command[0])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        start.Environment["AIDUB"] = _server.BaseAddress.ToString().TrimEnd('/');
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, string.Concat(output));
        return output[0];
    }
}
