using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Clients;

/// <summary>The programs that README shows, run as they stand there.</summary>
public sealed class ReadmeExampleTests
{
    private DubServer _server = null!;
    private string _folder = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-readme-").FullName;
        _server = new DubServer();
        await _server.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase("bash", "bash", "dub.sh")]
    [TestCase("csharp", "dotnet", "run", "dub.cs")]
    public async Task The_example_dubs_a_video(string language, params string[] command)
    {
        var program = Path.Combine(_folder, command[^1]);
        await File.WriteAllTextAsync(program, await ExampleAsync(language));
        var clip = Path.Combine(_folder, $"{language}.mp4");
        await Tool.FfmpegAsync("-i", Path.Combine(AppContext.BaseDirectory, "Sample", "sample.mp4"), "-t", "5", "-c", "copy", clip);

        await RunAsync([.. command, clip]);

        Assert.That(await Tool.DurationAsync(Path.ChangeExtension(clip, ".es.mp4")), Is.EqualTo(await Tool.DurationAsync(clip)).Within(0.05));
        var list = await _server.Http.GetFromJsonAsync<JsonElement>(new Uri(_server.BaseAddress, "/ai_dub?user_id=51"));
        Assert.That(list.GetProperty("dubs").GetArrayLength(), Is.Zero, "the example deletes its dub");
    }

    private static async Task<string> ExampleAsync(string language)
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(TypeScriptClientTests.RepositoryRoot(), "README.md"));
        var example = readme.Split($"```{language}\n")[1].Split("```\n")[0];
        Assert.That(example.Count(character => character == '\n'), Is.LessThanOrEqualTo(40));
        return example;
    }

    private async Task RunAsync(string[] command)
    {
        var start = new ProcessStartInfo(command[0]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command.Skip(1))
            start.ArgumentList.Add(argument);
        start.Environment["AIDUB"] = _server.BaseAddress.ToString().TrimEnd('/');
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, string.Concat(output));
    }
}
