using System.ComponentModel;
using System.Diagnostics;
using AiDub.Domain.Errors;
using AiDub.Jobs.Telemetry;
using CliWrap;

namespace AiDub.Jobs.Tools;

/// <summary>Runs external tools: drains both of their pipes at once, and leaves none running.</summary>
public sealed class ToolRunner(TimeProvider clock)
{
    private const int TailBytes = 4096;
    private const int OutputLimitBytes = 16 << 20;
    private const int NoSuchFile = 2;
    private const int NotAllowed = 13;

    /// <summary>Runs a tool to its end. Cancelling, and the command's timeout, kill it with all it started.</summary>
    /// <exception cref="ToolFailedException">It ended with another code than 0, ran too long, or wrote more than 16 MB of text.</exception>
    /// <exception cref="PermanentDubException">It is not installed (<c>tool_missing</c>).</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; the tool is gone.</exception>
    public async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken ct)
    {
        if (!Directory.Exists(command.WorkingDirectory))
            throw new DirectoryNotFoundException($"{command.Name} was to run in a folder that is not there: {command.WorkingDirectory}");
        using var span = DubTelemetry.BeginTool(command.Name);
        using var deadline = new CancellationTokenSource(command.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        var tail = new TailBuffer(TailBytes);
        var text = new TextBuffer(OutputLimitBytes);
        try
        {
            // Cancelling here kills the process tree, and CliWrap then waits three seconds at most for it to be gone.
            var result = await Wrap(command, tail, text).ExecuteAsync(either.Token);
            span?.SetTag("process.exit.code", result.ExitCode);
            if (result.ExitCode != 0 && !command.AllowFailure)
                throw new ToolFailedException(command.Name, result.ExitCode, tail.ToString());
            return new ToolResult(result.ExitCode, text.ToString(), tail.ToString());
        }
        catch (Exception e) when (Note(e, span))
        {
            throw;
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new ToolFailedException(command.Name, null, tail.ToString(), $"ran longer than {command.Timeout}", e);
        }
        catch (InvalidDataException e) when (command.StandardOutput is null)
        {
            throw new ToolFailedException(command.Name, null, tail.ToString(), e.Message, e);
        }
        catch (Win32Exception e) when (Cause(e) is NoSuchFile or NotAllowed)
        {
            throw new PermanentDubException("tool_missing", $"{Path.GetFileName(command.Name)} is not installed.", e);
        }
        catch (Win32Exception e)
        {
            throw new ToolFailedException(command.Name, null, tail.ToString(), "could not be started", e);
        }
    }

    private static Command Wrap(ToolCommand command, TailBuffer tail, TextBuffer text)
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
        return Cli.Wrap(command.Name)
            .WithArguments(command.Arguments)
            .WithWorkingDirectory(command.WorkingDirectory)
            .WithEnvironmentVariables(command.Environment)
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(input)
            .WithStandardOutputPipe(output)
            .WithStandardErrorPipe(error);
    }

    // Always false: a filter that only looks.
    private static bool Note(Exception error, Activity? span)
    {
        span.Fail(error.GetType().Name);
        return false;
    }

    private static int Cause(Win32Exception e) => (e.InnerException as Win32Exception ?? e).NativeErrorCode;
}
