using System.Text.Json;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Engines.Native.Child;
using AiDub.Jobs.Media.Audio;
using Microsoft.ML.OnnxRuntime;

namespace AiDub.Jobs.Engines.Piper.Child;

/// <summary>A voice of Piper, in the process that is its own.</summary>
/// <remarks>
/// The graph (VITS) takes <c>input</c> [1, sounds], <c>input_lengths</c> [1], <c>scales</c> [3] (noise, length, noise of lengths) and,
/// where it has several speakers, <c>sid</c> [1]. It answers sound, one sample a number, about −1 to 1.
/// </remarks>
internal sealed class PiperModel : INativeModel
{
    /// <summary>What the launch of its process calls it.</summary>
    public const string Kind = "piper";

    private const long MostBytes = 512L << 20;
    private const int MostThreads = 4;
    private const double Pause = 0.2;

    // As the program piper does: as loud as 16 bits allow, silence aside.
    private const float LeastPeak = 0.01f;
    private static readonly string[] Always = ["input", "input_lengths", "scales"];
    private readonly InferenceSession _session;

    private PiperModel(InferenceSession session) => _session = session;

    /// <summary>Checks and loads a voice.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="hash">Its SHA-256; null when it is not known.</param>
    /// <exception cref="ModelRefusedException">It is something else.</exception>
    public static async Task<INativeModel> LoadAsync(string path, string? hash)
    {
        var graph = await ModelFile.ReadOnnxAsync(path, hash, MostBytes);
        var name = Path.GetFileName(path);
        var session = ModelFile.OpenOnnx(graph, name, Math.Min(MostThreads, Environment.ProcessorCount));
        if (Always.All(session.InputMetadata.ContainsKey) && session.OutputNames.Count == 1)
            return new PiperModel(session);
        session.Dispose();
        throw new ModelRefusedException($"{name} is no voice of Piper");
    }

    /// <inheritdoc/>
    public async Task<object> AnswerAsync(JsonElement ask, Action<double> tell, CancellationToken ct)
    {
        var asked = ask.Deserialize<PiperAsk>(EngineJson.Options)!;
        var sound = new List<float>();
        for (var i = 0; i < asked.Sentences.Count; i++)
        {
            if (i > 0)
                sound.AddRange(new float[(int)(Pause * asked.SampleRate)]);
            sound.AddRange(Speak([.. asked.Sentences[i]], asked, ct));
            tell((double)(i + 1) / asked.Sentences.Count);
        }
        var scale = short.MaxValue / Math.Max(LeastPeak, sound.Count == 0 ? 0 : sound.Max(Math.Abs));
        await new WavFile(asked.SampleRate, [.. sound.Select(s => (short)Math.Clamp(s * scale, short.MinValue, short.MaxValue))])
            .WriteAsync(asked.Wav, ct);
        return new PiperAnswer(sound.Count);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private float[] Speak(long[] sounds, PiperAsk asked, CancellationToken ct)
    {
        using var run = new RunOptions();
        using var end = ct.Register(() => run.Terminate = true);
        float[] scales = [(float)asked.NoiseScale, (float)asked.LengthScale, (float)asked.NoiseWidth];
        using var input = OrtValue.CreateTensorValueFromMemory(sounds, [1, sounds.Length]);
        using var length = OrtValue.CreateTensorValueFromMemory(new long[] { sounds.Length }, [1]);
        using var scale = OrtValue.CreateTensorValueFromMemory(scales, [3]);
        using var speaker = OrtValue.CreateTensorValueFromMemory(new[] { asked.Speaker ?? 0 }, [1]);
        var isShared = _session.InputMetadata.ContainsKey("sid");
        try
        {
            using var answers = _session.Run(
                run, isShared ? [.. Always, "sid"] : Always, isShared ? [input, length, scale, speaker] : [input, length, scale],
                _session.OutputNames);
            return answers[0].GetTensorDataAsSpan<float>().ToArray();
        }
        catch (OnnxRuntimeException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
    }
}
