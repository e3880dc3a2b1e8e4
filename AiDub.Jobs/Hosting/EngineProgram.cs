using AiDub.Jobs.Engines.Demucs;
using AiDub.Jobs.Engines.LlamaCpp;
using AiDub.Jobs.Engines.Native.Child;
using AiDub.Jobs.Engines.Piper.Child;
using AiDub.Jobs.Engines.Silero;
using AiDub.Jobs.Engines.Supertonic.Child;
using AiDub.Jobs.Engines.Whisper.Child;

namespace AiDub.Jobs.Hosting;

/// <summary>The process of one native engine, as the service starts it: <c>engine KIND MODEL [SHA-256]</c>. It speaks in JSON.</summary>
internal static class EngineProgram
{
    private const int Usage = 64; // EX_USAGE of sysexits.h

    /// <summary>Runs until the standard input ends; returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        // What libraries print must not be taken for an answer.
        await using var output = Console.OpenStandardOutput();
        Console.SetOut(Console.Error);
        Func<Task<INativeModel>>? load = args switch
        {
            [SileroModel.Kind, var model, .. var hash] => () => SileroModel.LoadAsync(model, hash.FirstOrDefault()),
            [DemucsModel.Kind, var model, .. var hash] => () => DemucsModel.LoadAsync(model, hash.FirstOrDefault()),
            [PiperModel.Kind, var model, .. var hash] => () => PiperModel.LoadAsync(model, hash.FirstOrDefault()),
            [WhisperModel.Kind, var model, .. var hash] => () => WhisperModel.LoadAsync(model, hash.FirstOrDefault()),
            [SupertonicModel.Kind, var folder, .. var hash] => () => SupertonicModel.LoadAsync(folder, hash.FirstOrDefault()),
            [LlamaModel.Kind, var model, .. var hash] => () => LlamaModel.LoadAsync(model, hash.FirstOrDefault()),
            _ => null,
        };
        return load is null ? Usage : await new EngineLoop(Console.OpenStandardInput(), output).RunAsync(load);
    }
}
