using System.Diagnostics;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Jobs.Models;

/// <summary><c>./aidub models get</c> as somebody runs it who loses patience and presses Ctrl-C.</summary>
public sealed class StoppedModelTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("aidub-models-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Ctrl_C_ends_it_at_once_and_the_same_command_goes_on_from_there()
    {
        await using var hub = new HubStandIn();
        hub.StandStillAfter(100_000);
        using var get = Start(hub);
        await DubServer.UntilAsync("a third is here", () => Task.FromResult(Parts().Sum(part => part.Length) == 100_000), seconds: 60);

        await Signal.SendAsync("INT", get.Id);
        await get.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(4));

        Assert.That(get.ExitCode, Is.EqualTo(1));
        Assert.That(await get.StandardOutput.ReadToEndAsync(), Does.EndWith("aidub: stopped; the same command goes on from here\n"));
        Assert.That(Parts().Sum(part => part.Length), Is.EqualTo(100_000), "what was brought stays");

        using var again = Start(hub);
        await again.WaitForExitAsync();

        Assert.That(again.ExitCode, Is.Zero, await again.StandardOutput.ReadToEndAsync());
        Assert.That(await File.ReadAllBytesAsync(Path.Combine(_folder, "silero_vad_v5.onnx")), Is.EqualTo(hub.Content));
        Assert.That(hub.Store.Sent(1, "range"), Is.EqualTo("bytes=100000-"));
        Assert.That(Parts(), Is.Empty);
    }

    private Process Start(HubStandIn hub)
    {
        var jobs = Path.Combine(AppContext.BaseDirectory, "AiDub.Jobs.dll");
        // A shell that runs tests in the background has them and all they start ignore Ctrl-C.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", jobs, "models", "get", "silero-vad"])
        {
            RedirectStandardOutput = true,
        };
        (start.Environment["AIDUB_MODELS"], start.Environment["Models__Hub"]) = (_folder, hub.Address);
        return Process.Start(start)!;
    }

    private IEnumerable<FileInfo> Parts() => new DirectoryInfo(_folder).EnumerateFiles("*.part");
}
