using System.Text.Json;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Engines.Native.Child;
using Microsoft.ML.OnnxRuntime;

namespace AiDub.Jobs.Engines.Demucs;

/// <summary>Hybrid Transformer Demucs, in the process that is its own.</summary>
/// <remarks>
/// The graph takes windows of sound at 44.1 kHz and answers their parts; or it takes their spectrum too and answers sound and spectra, of
/// which the parts are the sum (<see cref="DemucsSignature"/>).
/// </remarks>
internal sealed class DemucsModel : INativeModel
{
    /// <summary>What the launch of its process calls it.</summary>
    public const string Kind = "demucs";

    private const long MostBytes = 1 << 30;
    private const int MostThreads = 8;
    private readonly InferenceSession _session;
    private readonly DemucsSignature _signature;
    private readonly float[] _answer;
    private readonly DemucsSpectrum? _transform;
    private readonly float[] _spectrum;
    private readonly DemucsWindows _windows;
    private RunOptions? _run;

    private DemucsModel(InferenceSession session, DemucsSignature signature)
    {
        (_session, _signature, _answer) = (session, signature, new float[DemucsSignature.Channels * signature.Length]);
        _transform = signature.Spectrum is null ? null : new DemucsSpectrum(signature.Length);
        _spectrum = new float[DemucsSpectrum.Planes * DemucsSpectrum.Rows * (_transform?.Columns ?? 0)];
        _windows = new DemucsWindows(signature.Length, Hear);
    }

    /// <summary>Checks and loads a model.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="hash">Its SHA-256; null when it is not known.</param>
    /// <exception cref="ModelRefusedException">It is something else.</exception>
    public static async Task<INativeModel> LoadAsync(string path, string? hash)
    {
        var (graph, name) = (await ModelFile.ReadOnnxAsync(path, hash, MostBytes), Path.GetFileName(path));
        var session = ModelFile.OpenOnnx(graph, name, Math.Min(MostThreads, Environment.ProcessorCount));
        if (DemucsSignature.Of(session) is { } signature)
            return new DemucsModel(session, signature);
        session.Dispose();
        throw new ModelRefusedException($"{name} is no Demucs of four parts: it takes or answers something else than stereo sound");
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
        using var sound = OrtValue.CreateTensorValueFromMemory(window, [1, DemucsSignature.Channels, _signature.Length]);
        if (_transform is null)
        {
            using var parts = _session.Run(_run!, [_signature.Sound], [sound], [_signature.Parts]);
            Voices(parts[0], _answer.Length).CopyTo(_answer);
            return _answer;
        }
        _transform.Write(window, _spectrum);
        using var spectrum = OrtValue.CreateTensorValueFromMemory(
            _spectrum, [1, DemucsSpectrum.Planes, DemucsSpectrum.Rows, _transform.Columns]);
        using var both = _session.Run(
            _run!, [_signature.Sound, _signature.Spectrum!], [sound, spectrum], [_signature.Parts, _signature.PartSpectra!]);
        Voices(both[0], _answer.Length).CopyTo(_answer);
        _transform.AddTo(Voices(both[1], _spectrum.Length), _answer);
        return _answer;
    }

    private static ReadOnlySpan<float> Voices(OrtValue parts, int length) =>
        parts.GetTensorDataAsSpan<float>().Slice(DemucsSignature.Voices * length, length);
}
