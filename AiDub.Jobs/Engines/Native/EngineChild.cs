using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using AiDub.Domain.Errors;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Tools;
using CliWrap;

namespace AiDub.Jobs.Engines.Native;

/// <summary>The process of an engine: it answers one call at a time, and lives until it is closed, killed or dies.</summary>
internal sealed class EngineChild : IAsyncDisposable
{
    // A call that is cancelled ends by itself, or with the process: together within a second.
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(5);
    private readonly Channel<string> _asks = Channel.CreateUnbounded<string>();
    private readonly Channel<EngineAnswer> _answers = Channel.CreateUnbounded<EngineAnswer>();
    private readonly CancellationTokenSource _kill = new();
    private readonly ToolFolder _folder = new();
    private readonly TimeSpan _silence;
    private readonly TimeProvider _clock;
    private readonly Task _run;
    private string _end = "it ended";
    private long _lastId;

    /// <summary>Starts the process.</summary>
    /// <param name="tools">What runs it.</param>
    /// <param name="command">The command in a folder.</param>
    /// <param name="silence">How long it may say nothing.</param>
    /// <param name="clock">What that is counted by.</param>
    public EngineChild(ToolRunner tools, Func<string, ToolCommand> command, TimeSpan silence, TimeProvider clock)
    {
        (_silence, _clock) = (silence, clock);
        var wired = command(_folder.Path) with { StandardInput = PipeSource.Create(WriteAsync), OnOutputLine = Read };

        // It outlives the call, the dub and the trace that it was started for.
        using (ExecutionContext.SuppressFlow())
            _run = Task.Run(() => RunAsync(tools, wired));
    }

    /// <summary>Whether it has ended, or is about to.</summary>
    public bool HasEnded => _run.IsCompleted || _kill.IsCancellationRequested;

    /// <summary>Waits until its model is loaded.</summary>
    /// <exception cref="EngineDiedException">It ended, or hung.</exception>
    /// <exception cref="EngineSkippedException">The model is not what it should be.</exception>
    public async Task ReadyAsync(CancellationToken ct)
    {
        var answer = await NextAsync(ct);
        if (answer.Refused is { } refused)
            throw new EngineSkippedException(refused);
    }

    /// <summary>Asks; the answers of calls that were cancelled are passed over.</summary>
    /// <exception cref="EngineDiedException">It ended, or hung.</exception>
    /// <exception cref="NativeEngineException">It could not do what was asked; it lives on.</exception>
    public async Task<JsonElement> AskAsync(JsonElement ask, IProgress<double>? progress, CancellationToken ct)
    {
        var id = ++_lastId;
        Write(new EngineAsk(id, ask));
        try
        {
            while (true)
            {
                var answer = await NextAsync(ct);
                if (answer.Id != id)
                    continue;
                if (answer.Fault is { } fault)
                    throw new NativeEngineException(fault);
                if (answer.Result is { } result)
                    return result;
                if (answer.Share is { } share && double.IsFinite(share))
                    progress?.Report(Math.Clamp(share, 0, 1));
            }
        }
        catch (OperationCanceledException)
        {
            await CancelAsync(id);
            throw;
        }
    }

    /// <summary>Ends it with all that it has started.</summary>
    public void Kill() => _kill.Cancel();

    /// <summary>Lets it end by itself, and ends it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        _asks.Writer.TryComplete();
        try
        {
            await _run.WaitAsync(ClosePatience, _clock);
        }
        catch (TimeoutException)
        {
            await _kill.CancelAsync();
            await _run;
        }
    }

    private async Task RunAsync(ToolRunner tools, ToolCommand command)
    {
        try
        {
            var result = await tools.RunAsync(command, _kill.Token);
            _end = $"it ended with {result.ExitCode}: {result.StandardErrorTail}";
        }
        catch (Exception e) when (e is ToolFailedException or DubException or IOException)
        {
            _end = e.Message;
        }
        catch (OperationCanceledException)
        {
            // It was killed by us: why is known.
        }
        finally
        {
            _asks.Writer.TryComplete();
            _answers.Writer.TryComplete();
            _folder.Dispose();
        }
    }

    private async Task<EngineAnswer> NextAsync(CancellationToken ct)
    {
        using var silence = new CancellationTokenSource(_silence, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, silence.Token);
        try
        {
            return await _answers.Reader.ReadAsync(either.Token);
        }
        catch (ChannelClosedException)
        {
            throw new EngineDiedException(_end);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Kill();
            throw new EngineDiedException($"it said nothing for {_silence.TotalSeconds:0} s");
        }
    }

    // It stays warm when it can stop what it does.
    private async Task CancelAsync(long id)
    {
        Write(new EngineAsk(null, null, id));
        using var patience = new CancellationTokenSource(CancelPatience, _clock);
        try
        {
            while (await _answers.Reader.ReadAsync(patience.Token) is { } answer && (answer.Id != id || answer.Share is not null))
            {
                // What it said before it heard of it.
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException)
        {
            Kill();
        }
    }

    private void Write(EngineAsk ask) => _asks.Writer.TryWrite(JsonSerializer.Serialize(ask, EngineJson.Options));

    private void Read(string line)
    {
        if (EngineJson.Read<EngineAnswer>(line) is { } answer)
            _answers.Writer.TryWrite(answer);
    }

    private async Task WriteAsync(Stream stream, CancellationToken ct)
    {
        await foreach (var line in _asks.Reader.ReadAllAsync(ct))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), ct);
            await stream.FlushAsync(ct);
        }
    }
}
