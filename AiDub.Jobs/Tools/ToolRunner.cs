using System.ComponentModel;
using AiDub.Domain.Errors;
using AiDub.Jobs.Telemetry;
using CliWrap;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Tools;

/// <summary>Runs external tools within limits: drains both of their pipes at once, and leaves none running.</summary>
/// <param name="clock">What timeouts are counted by.</param>
/// <param name="options">The limits.</param>
/// <param name="log">Told at level Debug how long each tool ran.</param>
public sealed class ToolRunner(TimeProvider clock, IOptions<ToolOptions> options, ILogger<ToolRunner> log)
{
    private const int TailBytes = 4096;
    private const int OutputLimitBytes = 16 << 20;
    private readonly TimeSpan _longest = TimeSpan.FromSeconds(options.Value.TimeoutSeconds);

    /// <summary>Tools with the default limits.</summary>
    public ToolRunner(TimeProvider clock)
        : this(clock, Options.Create(new ToolOptions()), NullLogger<ToolRunner>.Instance)
    {
    }

    /// <summary>Runs a tool to its end. Cancelling, and the command's timeout, kill it with all it started.</summary>
    /// <exception cref="ToolFailedException">It ended with another code than 0, left its file cut, ran too long, or wrote more than 16 MB
    /// of text.</exception>
    /// <exception cref="PermanentDubException">It is not installed (<c>tool_missing</c>).</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; the tool is gone.</exception>
    public async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken ct)
    {
        using var span = DubTelemetry.BeginTool(command.Name);
        try
        {
            var result = await RunWithinAsync(command, ct);
            span?.SetTag("process.exit.code", result.ExitCode);
            return result;
        }
        catch (Exception e)
        {
            span.Fail(e switch
            {
                ToolFailedException failed => failed.FaultName,
                PermanentDubException { Code: var code } => code.Value,
                OperationCanceledException => "stopped",
                _ => "_OTHER",
            });
            throw;
        }
    }

    private async Task<ToolResult> RunWithinAsync(ToolCommand command, CancellationToken ct)
    {
        if (!Directory.Exists(command.WorkingDirectory))
            throw new DirectoryNotFoundException($"{command.Name} was to run in a folder that is not there: {command.WorkingDirectory}");
        var timeout = command.Timeout < _longest ? command.Timeout : _longest;
        using var deadline = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        var run = Guid.NewGuid().ToString("N");
        var tail = new TailBuffer(TailBytes);
        var text = new TextBuffer(OutputLimitBytes);
        try
        {
            var wrapped = Wrap(command, run, ToolLauncher.Launch(command, options.Value), tail, text);
            var running = await ToolThread.RunAsync(() => wrapped.ExecuteAsync(either.Token), either.Token);

            var result = await EndedAsync(running, run);
            log.LogDebug(
                "{Tool} ran from {Started:O} for {Seconds:0.000} s",
                Path.GetFileName(command.Name),
                result.StartTime,
                result.RunTime.TotalSeconds);
            if ((result.ExitCode != 0 && !command.AllowFailure) || LeftItsFileCut(result.ExitCode, tail.ToString()))
                throw new ToolFailedException(command.Name, result.ExitCode, tail.ToString());
            return new ToolResult(result.ExitCode, text.ToString(), tail.ToString());
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new ToolFailedException(command.Name, null, tail.ToString(), $"ran longer than {timeout}", e) { RanTooLong = true };
        }
        catch (InvalidDataException e) when (command.StandardOutput is null)
        {
            throw new ToolFailedException(command.Name, null, tail.ToString(), e.Message, e);
        }
        catch (Win32Exception e)
        {
            throw new ToolFailedException(command.Name, null, tail.ToString(), "could not be started", e);
        }
    }

    // FFmpeg 5.1 ends with 0 where only the end of its file could not be written, as on a disk that is full just then.
    private static bool LeftItsFileCut(int exitCode, string said) =>
        exitCode == 0 && said.Split('\n').Any(line => line.StartsWith("Error closing file ", StringComparison.Ordinal));

    // Cancelling kills the process tree, and CliWrap then waits three seconds at most for it to be gone. What a tool started and left is
    // not in its tree.
    private static async Task<CommandResult> EndedAsync(CommandTask<CommandResult> running, string run)
    {
        try
        {
            return await running;
        }
        catch (Exception)
        {
            OrphanedTools.EndOf(run);
            throw;
        }
    }

    private static Command Wrap(
        ToolCommand command, string run, (string Executable, IReadOnlyList<string> Arguments) launch, TailBuffer tail, TextBuffer text)
    {
        var input = command.StandardInput
            ?? (command.StandardInputText is { } said ? PipeSource.FromString(said) : PipeSource.Null);
        var output = (command.StandardOutput, command.OnOutputLine) switch
        {
            (null, null) => text.Target,
            (null, { } onLine) => PipeTarget.ToDelegate(onLine),
            ({ } target, null) => target,
            ({ } target, { } onLine) => PipeTarget.Merge(target, PipeTarget.ToDelegate(onLine)),
        };
        var error = command.OnErrorLine is { } onError ? PipeTarget.Merge(tail.Target, PipeTarget.ToDelegate(onError)) : tail.Target;
        return Cli.Wrap(launch.Executable)
            .WithArguments(launch.Arguments)
            .WithWorkingDirectory(command.WorkingDirectory)
            .WithEnvironmentVariables(new Dictionary<string, string?>(command.Environment) { [OrphanedTools.RunVariable] = run })
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(Elsewhere(input))
            .WithStandardOutputPipe(Elsewhere(output))
            .WithStandardErrorPipe(Elsewhere(error));
    }

    // None of the copying may hold up the thread that starts the tools.
    private static PipeSource Elsewhere(PipeSource source) => PipeSource.Create(async (stream, ct) =>
    {
        await Task.Yield();
        await source.CopyToAsync(stream, ct);
    });

    private static PipeTarget Elsewhere(PipeTarget target) => PipeTarget.Create(async (stream, ct) =>
    {
        await Task.Yield();
        await target.CopyFromAsync(stream, ct);
    });
}
