using System.Net;

namespace AiDub.Tests.Faults;

/// <summary>Every tool in turn crashes, hangs, writes garbage, or says nothing and claims to have succeeded.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
[Category("Long")]
public sealed class ToolFaultTests
{
    private string _folder = null!;
    private string _clip = null!;

    [OneTimeSetUp]
    public async Task MakeClip()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-faults-").FullName;
        _clip = await FaultedServer.ClipAsync(_folder, 6);
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("ffprobe")]
    [TestCase("ffmpeg")]
    [TestCase("pocketsphinx_batch")]
    [TestCase("apertium")]
    [TestCase("espeak-ng")]
    public Task A_dub_whose_tool_fails_is_tried_again_and_ends_as_one_result_or_one_clear_failure(string tool) =>
        TryAsync(tool, "hang", "garbage");

    [TestCase("ffprobe")]
    [TestCase("ffmpeg")]
    [TestCase("pocketsphinx_batch")]
    [TestCase("apertium")]
    [TestCase("espeak-ng")]
    [Explicit]
    [Category("Bench")]
    public Task Every_fault_of_every_tool(string tool) => TryAsync(tool, "crash", "hang", "garbage", "silent");

    private async Task TryAsync(string tool, params string[] faults)
    {
        var isGiven = tool is not ("pocketsphinx_batch" or "apertium");
        // Longer than any tool takes that does not hang, on a busy machine too; speech takes a while to recognise.
        var patience = isGiven ? "8" : "20";
        var tools = Directory.CreateDirectory(Path.Combine(_folder, tool)).FullName;
        var real = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(p => Path.Combine(p, tool)).First(File.Exists);
        var (mode, once) = (Path.Combine(tools, "mode"), Path.Combine(tools, "once"));
        File.WriteAllText(mode, "works");
        // What a tool is asked at the start, it answers; it fails at its work.
        await File.WriteAllTextAsync(Path.Combine(tools, tool), $"""
            #!/bin/sh
            case "$*" in *-l|--voices*|*-filters) exec {real} "$@";; esac
            case "$(cat {mode})" in
              once) if mkdir {once} 2>/dev/null; then kill -KILL $$; fi; exec {real} "$@";;
              crash) kill -SEGV $$;;
              hang) sleep 300 & wait;;
              garbage) head -c 100000 /dev/urandom; exit 0;;
              silent) exit 0;;
              *) exec {real} "$@";;
            esac
            """);
        File.SetUnixFileMode(Path.Combine(tools, tool), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using var server = await FaultedServer.StartAsync(
            _clip,
            ("PATH", $"{tools}:{Environment.GetEnvironmentVariable("PATH")}"),
            ("Tools__TimeoutSeconds", patience),
            ("Dubbing__MaxFaults", "1"),
            ("Dubbing__KeepFailedHours", "0"));

        await File.WriteAllTextAsync(mode, "once");
        var (_, first, answer) = await server.DubAsync(isGiven);
        Assert.That(first, Is.EqualTo(HttpStatusCode.OK), $"after being killed once: {answer}");
        Assert.That(answer.GetProperty("report").GetProperty("attempts").GetInt32(), Is.EqualTo(2));
        foreach (var fault in faults)
        {
            await File.WriteAllTextAsync(mode, fault);
            var (dub, status, body) = await server.DubAsync(isGiven);

            Assert.That(status, Is.EqualTo(HttpStatusCode.InternalServerError), $"{fault}: {body}");
            StoreFaultTests.AssertClean(body.GetProperty("msg").GetString()!);
            TestContext.Progress.WriteLine($"{tool}, {fault}: {body.GetProperty("msg")}");
            Assert.That(server.Result(dub), Is.Empty, fault);
            Assert.That(await server.SettleAsync(), Is.Empty, fault);
        }
    }
}
