using System.Text.Json;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Engines.Native.Child;
using AiDub.Jobs.Media.Audio;
using Microsoft.ML.OnnxRuntime;

namespace AiDub.Jobs.Engines.Silero;

/// <summary>Silero VAD 5 or 6, in the process that is its own.</summary>
/// <remarks>
/// The model reads 32 ms at a time and remembers what it heard. A recording is read as a stream at several places at once, in rows of one
/// run of the graph and on several threads: each place begins four seconds early, so that its memory is what it would be. Held against a
/// reading in one go, 9 to 16 of 3865 windows then lie on the other side of the threshold. A number for each window stays in memory.
/// </remarks>
internal sealed class SileroModel : INativeModel
{
    /// <summary>What the launch of its process calls it.</summary>
    public const string Kind = "silero";

    private const int SampleRate = 16000;
    private const long MostBytes = 32 << 20;
    private const int LeastPlace = 20 * SampleRate / SileroRows.Window;
    private const int RowsAThread = 4;

    // The probability falls 0.1 s after the last sound, and pauses within a sentence are no ends: measured by the F1 of frames of three
    // voices over eight tunes, at 20 to 0 dB (./aidub bench vad).
    private static readonly ActivityRules Rules = new() { MinSilence = 0.3, Lag = 0.11 };
    private readonly InferenceSession _session;

    private SileroModel(InferenceSession session) => _session = session;

    /// <summary>Checks and loads a model.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="hash">Its SHA-256; null when it is not known.</param>
    /// <exception cref="ModelRefusedException">It is something else.</exception>
    public static async Task<INativeModel> LoadAsync(string path, string? hash)
    {
        var graph = await ModelFile.ReadOnnxAsync(path, hash, MostBytes);
        var session = ModelFile.OpenOnnx(graph, Path.GetFileName(path), threads: 1);
        if (SileroRows.Fits(session))
            return new SileroModel(session);
        session.Dispose();
        throw new ModelRefusedException($"{Path.GetFileName(path)} is no Silero VAD of version 5 or 6");
    }

    /// <inheritdoc/>
    public async Task<object> AnswerAsync(JsonElement ask, Action<double> tell, CancellationToken ct)
    {
        var asked = ask.Deserialize<SileroAsk>(EngineJson.Options)!;
        var (probabilities, seconds) = await ReadAsync(asked, tell, ct);
        var activity = new SpeechActivity((double)SileroRows.Window / SampleRate, Rules with { Threshold = asked.Threshold });
        foreach (var probability in probabilities)
            activity.Add(probability);
        return new SileroAnswer([.. activity.Finish(seconds).Select(s => new[] { Math.Round(s.Start, 3), Math.Round(s.End, 3) })]);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private async Task<(float[] Probabilities, double Seconds)> ReadAsync(SileroAsk ask, Action<double> tell, CancellationToken ct)
    {
        using var head = WavReader.Open(ask.Wav);
        if (head.SampleRate != SampleRate)
            throw new InvalidDataException($"The sound has {head.SampleRate} Hz; {SampleRate} are read.");
        var windows = (int)((head.Frames + SileroRows.Window - 1) / SileroRows.Window);
        var probabilities = new float[windows];
        var places = Math.Clamp(windows / LeastPlace, 1, Math.Max(1, ask.Threads) * RowsAThread);
        var each = (windows + places - 1) / places;
        var shares = Enumerable.Range(0, places).Select(i => i * each).Chunk((places + ask.Threads - 1) / ask.Threads).ToList();
        await Task.WhenAll(shares.Select((starts, i) => Task.Run(
            () =>
            {
                using var rows = new SileroRows(_session, ask.Wav, starts, each);
                rows.Read(probabilities, i == 0 ? tell : _ => { }, ct);
            },
            ct)));
        return (probabilities, head.Seconds);
    }
}
