using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Tools;
using CliWrap;

namespace AiDub.Tests.Jobs.Tools;

public sealed class ToolRunnerTests
{
    private readonly ToolRunner _runner = new(TimeProvider.System);
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("aidub-tools-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Arguments_reach_the_tool_as_they_are()
    {
        string[] arguments = ["a b", "\"", "$HOME", "*", "", "é\\"];

        var result = await _runner.RunAsync(new ToolCommand("printf", ["%s|", .. arguments], _folder), default);

        Assert.That(result.StandardOutput, Is.EqualTo(string.Concat(arguments.Select(a => a + "|"))));
    }

    [Test]
    public async Task Text_goes_in_and_comes_out_as_utf8()
    {
        var command = new ToolCommand("cat", [], _folder) { StandardInputText = "¿Qué tal?" };

        Assert.That((await _runner.RunAsync(command, default)).StandardOutput, Is.EqualTo("¿Qué tal?"));
    }

    [Test]
    public async Task The_tool_runs_in_its_folder_with_its_environment()
    {
        var command = Shell("pwd; echo $WORD") with { Environment = new Dictionary<string, string?> { ["WORD"] = "hello" } };

        Assert.That((await _runner.RunAsync(command, default)).StandardOutput, Is.EqualTo($"{_folder}\nhello\n"));
    }

    [Test]
    public void A_file_of_which_only_the_end_found_no_room_is_a_full_disk()
    {
        // Little enough that FFmpeg writes it when it closes it.
        File.CreateSymbolicLink(Path.Combine(_folder, "a.wav"), "/dev/full");
        string[] arguments = ["-v", "error", "-nostdin", "-f", "lavfi", "-i", "sine=d=0.5:r=16000", "-f", "wav", "-y", "a.wav"];

        var failure = Assert.ThrowsAsync<ToolFailedException>(
            () => _runner.RunAsync(new ToolCommand("ffmpeg", arguments, _folder), default));

        Assert.That(OutageRules.Of(failure), Is.EqualTo(new Outage(Dependency.Storage)));
        Assert.That(failure.EndedByItself, Is.False, "it is not its input's fault");
    }

    [Test]
    public void A_failure_carries_the_exit_code_and_the_end_of_standard_error()
    {
        var failure = Assert.ThrowsAsync<ToolFailedException>(
            () => _runner.RunAsync(Shell("seq 100000 >&2; echo last >&2; exit 3"), default));

        Assert.That(failure.ExitCode, Is.EqualTo(3));
        Assert.That(
            failure.StandardErrorTail, Does.EndWith("100000\nlast").And.Length.LessThanOrEqualTo(4096).And.Length.GreaterThan(4000));
    }

    [TestCase("TERM")]
    [TestCase("INT")]
    public void A_tool_that_is_told_to_stop_has_not_failed_by_what_it_read(string signal)
    {
        // It is told once it runs: before, it has no say in how it ends.
        var endless = Shell($"""
            ffmpeg -v quiet -nostdin -progress told -stats_period 0.1 -re -f lavfi -i anullsrc -f null - &
            until [ -s told ]; do sleep 0.05; done
            kill -s {signal} $!
            wait $!
            """);

        var failure = Assert.ThrowsAsync<ToolFailedException>(() => _runner.RunAsync(endless, default));

        Assert.That((failure.ExitCode, failure.EndedByItself), Is.EqualTo((255, false)));
    }

    [TestCase("no-such-library")]
    [TestCase("#!/no/such/interpreter")]
    [TestCase("\u007fELF of another machine")]
    public async Task A_tool_that_could_not_even_begin_has_not_failed_by_what_it_read(string content)
    {
        var tool = Path.Combine(_folder, "ffmpeg");
        if (content == "no-such-library")
            await File.WriteAllBytesAsync(tool, WithoutItsLibrary(await File.ReadAllBytesAsync("/usr/bin/ffmpeg")));
        else
            await File.WriteAllTextAsync(tool, content);
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var failure = Assert.ThrowsAsync<ToolFailedException>(
            () => _runner.RunAsync(new ToolCommand(tool, ["-version"], _folder), default));

        Assert.That((failure.EndedByItself, failure.Crashed), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task A_failure_that_is_allowed_is_returned()
    {
        var result = await _runner.RunAsync(Shell("exit 3") with { AllowFailure = true }, default);

        Assert.That(result.ExitCode, Is.EqualTo(3));
    }

    [Test]
    public async Task Both_pipes_are_drained_at_once()
    {
        var (output, errors) = (0, 0);
        var command = Shell("seq 200000 >&2 & seq 200000; wait") with { OnOutputLine = _ => output++, OnErrorLine = _ => errors++ };

        await _runner.RunAsync(command, default);

        Assert.That((output, errors), Is.EqualTo((200000, 200000)));
    }

    [Test]
    public void Endless_text_is_refused()
    {
        var failure = Assert.ThrowsAsync<ToolFailedException>(() => _runner.RunAsync(Shell("yes"), default));

        Assert.That(failure.Message, Does.Contain("wrote more than"));
    }

    [Test]
    public void A_tool_that_is_not_there_is_named()
    {
        var error = Assert.ThrowsAsync<PermanentDubException>(
            () => _runner.RunAsync(new ToolCommand("no-such-tool", [], _folder), default));

        Assert.That((error.Code.Value, error.Message), Is.EqualTo(("tool_missing", "no-such-tool is not installed.")));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Cancelling_kills_the_tool_with_its_children(CancellationToken test)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(test);
        var pids = new TaskCompletionSource<int[]>();
        var command = Shell("sleep 1000 & echo $$ $!; wait") with
        {
            OnOutputLine = line => pids.TrySetResult([.. line.Split(' ').Select(int.Parse)]),
        };
        var run = _runner.RunAsync(command, cancel.Token);
        var started = await pids.Task.WaitAsync(test);

        await cancel.CancelAsync();

        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        while (started.Any(Lives))
            await Task.Delay(10, test);
    }

    [Test]
    public void A_tool_that_runs_too_long_fails()
    {
        var failure = Assert.ThrowsAsync<ToolFailedException>(
            () => _runner.RunAsync(Shell("sleep 1000") with { Timeout = TimeSpan.FromMilliseconds(100) }, default));

        Assert.That(failure.Message, Does.Contain("ran longer than"));
    }

    [Test]
    public void A_tool_that_stops_reading_does_not_break_its_run()
    {
        var command = Shell("head -c 1") with { StandardInput = PipeSource.FromBytes(new byte[1 << 20]) };

        Assert.That(async () => await _runner.RunAsync(command, default), Throws.Nothing);
    }

    private static byte[] WithoutItsLibrary(byte[] program)
    {
        var name = program.AsSpan().IndexOf("libavcodec.so."u8);
        program[name] = (byte)'x';
        return program;
    }

    private ToolCommand Shell(string script) => new("sh", ["-c", script], _folder);

    // A killed process may stay as a zombie until its parent collects it; it no longer runs.
    private static bool Lives(int pid)
    {
        var status = $"/proc/{pid}/stat";
        try
        {
            return File.ReadAllText(status).Split(' ')[2] != "Z";
        }
        catch (IOException)
        {
            return false;
        }
    }
}
