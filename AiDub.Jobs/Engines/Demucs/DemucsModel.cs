using System.Text.Json;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Engines.Native.Child;
using Microsoft.ML.OnnxRuntime;

namespace AiDub.Jobs.Engines.Demucs;

/// <summary>Hybrid Transformer Demucs, in the process that is its own.</summary>
/// <remarks>
/// The graph takes sound, <c>[1, 2, 343980]</c> at 44.1 kHz, and answers <c>[1, 4, 2, 343980]</c>: drums, bass, everything else, voices.
/// Graphs that want a spectrum beside the sound are others and are refused.
/// </remarks>
internal sealed class DemucsModel : INativeModel
{
    /// <summary>What the launch of its process calls it.</summary>
    public const string Kind = "demucs";

    private const long MostBytes = 1 << 30;
    private const int Channels = 2;
    private const int Voices = 3;
    private const int LeastWindow = 4;
    private const int MostWindow = 60 * 44100;
    private const int MostThreads = 8;
    private readonly InferenceSession _session;
    private readonly int _length;
    private readonly float[] _answer;
    private readonly DemucsWindows _windows;
    private RunOptions? _run;

    private DemucsModel(InferenceSession session, int length)
    {
        (_session, _length, _answer) = (session, length, new float[Channels * length]);
        _windows = new DemucsWindows(length, Hear);
    }

    /// <summary>Checks and loads a model.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="hash">Its SHA-256; null when it is not known.</param>
    /// <exception cref="ModelRefusedException">It is something else.</exception>
    public static async Task<INativeModel> LoadAsync(string path, string? hash)
    {
        var (graph, name) = (await ModelFile.ReadOnnxAsync(path, hash, MostBytes), Path.GetFileName(path));
        var session = ModelFile.OpenOnnx(graph, name, Math.Min(MostThreads, Environment.ProcessorCount));
        if (LengthOf(session) is { } length)
            return new DemucsModel(session, length);
        session.Dispose();
        throw new ModelRefusedException($"{name} is no Demucs of four parts, stereo sound to stereo sound");
    }

    /// <inheritdoc/>
    public Task<object> AnswerAsync(JsonElement ask, Action<double> tell, CancellationToken ct)
    {
        using var run = _run = new RunOptions();
        using var end = ct.Register(() => run.Terminate = true);
        try
        {
            return Task.FromResult<object>(_windows.Write(ask.Deserialize<DemucsAsk>(EngineJson.Options)!, tell, ct));
        }
        catch (OnnxRuntimeException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    // The voices of a window, out of all that the graph makes of it.
    private ReadOnlySpan<float> Hear(float[] window)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(window, [1, Channels, _length]);
        using var answers = _session.Run(_run!, [_session.InputNames[0]], [input], [_session.OutputNames[0]]);
        answers[0].GetTensorDataAsSpan<float>().Slice(Voices * _answer.Length, _answer.Length).CopyTo(_answer);
        return _answer;
    }

    // How many frames its window has; null when it is another graph.
    private static int? LengthOf(InferenceSession session)
    {
        if (session.InputNames.Count != 1 || session.OutputNames.Count < 1)
            return null;
        var (input, output) = (session.InputMetadata[session.InputNames[0]], session.OutputMetadata[session.OutputNames[0]]);
        return input.ElementType == typeof(float) && output.ElementType == typeof(float)
            && input.Dimensions is [1 or -1, Channels, >= LeastWindow and <= MostWindow and var length]
            && output.Dimensions is [1 or -1, > Voices, Channels, var answered] && answered == length
            ? length
            : null;
    }
}
