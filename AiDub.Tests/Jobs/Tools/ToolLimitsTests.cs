using System.Globalization;
using AiDub.Jobs.Tools;
using AiDub.Tests.Jobs.Engines;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Tools;

/// <summary>What a tool may use, and that nothing of it is left.</summary>
public sealed class ToolLimitsTests
{
    private readonly ToolRunner _runner = new(TimeProvider.System, Options.Create(new ToolOptions
    {
        MemoryBytes = 600L << 20,
        MediaMemoryBytes = 128L << 20,
        FileBytes = 1 << 20,
    }), NullLogger<ToolRunner>.Instance);

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("aidub-tools-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_tool_that_writes_a_larger_file_than_it_may_is_stopped()
    {
        var failure = Assert.ThrowsAsync<ToolFailedException>(
            () => _runner.RunAsync(new ToolCommand("dd", ["if=/dev/zero", "of=big", "bs=1M", "count=5"], _folder), default));

        Assert.That(failure.WroteTooMuch, Is.True, failure.Message);
        Assert.That(new FileInfo(Path.Combine(_folder, "big")).Length, Is.EqualTo(1 << 20));
    }

    [Test]
    public async Task A_tool_gets_no_more_memory_than_it_may()
    {
        // dd takes one buffer of its block size.
        var enough = new ToolCommand("dd", ["if=/dev/zero", "of=/dev/null", "bs=400M", "count=0"], _folder);
        await _runner.RunAsync(enough, default);

        var failure = Assert.ThrowsAsync<ToolFailedException>(
            () => _runner.RunAsync(enough with { Arguments = ["if=/dev/zero", "of=/dev/null", "bs=700M", "count=1"] }, default));

        Assert.That(failure.StandardErrorTail, Does.Contain("memory"));
    }

    [Test]
    public async Task A_tool_stands_back_by_as_much_as_the_setting_says()
    {
        async Task<int> NicenessAsync(int setting)
        {
            var runner = new ToolRunner(
                TimeProvider.System, Options.Create(new ToolOptions { Niceness = setting }), NullLogger<ToolRunner>.Instance);
            var said = (await runner.RunAsync(new ToolCommand("nice", [], _folder), default)).StandardOutput;
            return int.Parse(said, CultureInfo.InvariantCulture);
        }

        Assert.That(await NicenessAsync(3) - await NicenessAsync(0), Is.EqualTo(3));
    }

    [TestCase("ffmpeg", 128)]
    [TestCase("ffprobe", 128)]
    [TestCase("whisper-cli", 600)]
    public async Task What_opens_the_files_of_strangers_gets_less_memory_than_a_speech_model(string name, int megabytes)
    {
        var tool = new FakeTool(_folder, name, "ulimit -d");

        var limit = (await _runner.RunAsync(new ToolCommand(tool.Path, [], _folder), default)).StandardOutput;

        Assert.That(limit, Is.EqualTo($"{megabytes << 10}\n"));
    }

    [Test]
    public async Task Limits_of_time_and_of_what_a_crash_leaves_are_the_tools_own()
    {
        var command = new ToolCommand("sh", ["-c", "ulimit -t; ulimit -c"], _folder) { Timeout = TimeSpan.FromSeconds(30) };

        var limits = (await _runner.RunAsync(command, default)).StandardOutput;

        Assert.That(limits, Is.EqualTo($"{30 * Environment.ProcessorCount}\n0\n"));
    }

    [Test]
    [CancelAfter(60_000)]
    public Task Five_seconds_after_a_cancel_nothing_of_a_tool_is_left_whatever_it_ignores_or_starts(CancellationToken test) =>
        Quick.AssertOnceWithinAsync(TimeSpan.FromSeconds(5), () => EndStubbornToolAsync(test));

    private async Task<TimeSpan> EndStubbornToolAsync(CancellationToken test)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(test);
        var started = new TaskCompletionSource();
        const string script =
            "trap '' TERM INT HUP; (trap '' TERM; sh -c 'setsid sleep 1000; :') & setsid sh -c 'sleep 1000; :' & echo on; sleep 1000; :";
        var command = new ToolCommand("sh", ["-c", script], _folder) { OnOutputLine = _ => started.TrySetResult() };
        var run = _runner.RunAsync(command, cancel.Token);
        await started.Task.WaitAsync(test);

        return await Quick.TimeAsync(async () =>
        {
            await cancel.CancelAsync();
            Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
            while (LivingTools.In(_folder).Any())
                await Task.Delay(10, test);
        });
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_tool_that_its_own_tool_abandoned_does_not_outlive_a_cancel(CancellationToken test)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(test);
        var started = new TaskCompletionSource();
        var command = new ToolCommand(
            "sh", ["-c", "(setsid sleep 1000 &) ; echo on; sleep 1000"], _folder)
        { OnOutputLine = _ => started.TrySetResult() };
        var run = _runner.RunAsync(command, cancel.Token);
        await started.Task.WaitAsync(test);

        await cancel.CancelAsync();

        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        while (LivingTools.In(_folder).Any())
            await Task.Delay(10, test);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_tool_outlives_the_thread_that_asked_for_it(CancellationToken test)
    {
        var started = new TaskCompletionSource();
        Task<ToolResult>? run = null;
        var thread = new Thread(() => run = _runner.RunAsync(
            new ToolCommand("sh", ["-c", "echo on; read line; echo over"], _folder)
            {
                OnOutputLine = _ => started.TrySetResult(),
                StandardInput = Late(started.Task),
            },
            test));

        thread.Start();
        thread.Join();

        Assert.That((await run!).ExitCode, Is.Zero);
    }

    private static CliWrap.PipeSource Late(Task signal) => CliWrap.PipeSource.Create(async (stream, ct) =>
    {
        await signal.WaitAsync(ct);
        await stream.WriteAsync("go\n"u8.ToArray(), ct);
    });
}
