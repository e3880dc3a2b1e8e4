using System.Text;
using System.Text.Json;

namespace AiDub.Jobs.Engines.Native.Child;

/// <summary>What the process of an engine does: it loads its model, answers calls line by line, and ends with its input.</summary>
internal sealed class EngineLoop(Stream input, Stream output)
{
    /// <summary>The exit code of a process whose model was refused: EX_DATAERR of sysexits.h.</summary>
    public const int Refused = 65;

    private readonly Lock _writing = new();
    private CancellationTokenSource _cancel = new();
    private long _current;

    /// <summary>Runs until the input ends.</summary>
    /// <param name="load">Checks and loads the model.</param>
    /// <returns>The exit code: 0, or <see cref="Refused"/>.</returns>
    public async Task<int> RunAsync(Func<Task<INativeModel>> load)
    {
        using var model = await LoadAsync(load);
        if (model is null)
            return Refused;
        Write(new EngineAnswer(Ready: true));
        using var lines = new StreamReader(input, Encoding.UTF8);
        var running = Task.CompletedTask;
        while (await lines.ReadLineAsync() is { } line)
        {
            if (EngineJson.Read<EngineAsk>(line) is not { } ask)
                continue;
            if (ask.Cancel is { } cancelled)
            {
                if (cancelled == _current)
                    await _cancel.CancelAsync();
                continue;
            }
            if (ask is not { Id: { } id, Ask: { } what })
                continue;
            await running;
            _cancel.Dispose();
            (_cancel, _current) = (new CancellationTokenSource(), id);
            var token = _cancel.Token;
            running = Task.Run(() => AnswerAsync(model, id, what, token), CancellationToken.None);
        }
        await _cancel.CancelAsync();
        await running;
        return 0;
    }

    private async Task<INativeModel?> LoadAsync(Func<Task<INativeModel>> load)
    {
        try
        {
            return await load();
        }
        catch (Exception e) when (e is ModelRefusedException or IOException or UnauthorizedAccessException)
        {
            Write(new EngineAnswer(Refused: e.Message));
            return null;
        }
    }

    private async Task AnswerAsync(INativeModel model, long id, JsonElement ask, CancellationToken ct)
    {
        try
        {
            var result = await model.AnswerAsync(ask, share => Write(new EngineAnswer(id, share)), ct);
            Write(new EngineAnswer(id, Result: JsonSerializer.SerializeToElement(result, EngineJson.Options)));
        }
        catch (Exception e)
        {
            Write(new EngineAnswer(id, Fault: $"{e.GetType().Name}: {e.Message}".ReplaceLineEndings(" ")));
        }
    }

    private void Write(EngineAnswer answer)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(answer, EngineJson.Options);
        lock (_writing)
        {
            output.Write([.. line, (byte)'\n']);
            output.Flush();
        }
    }
}
