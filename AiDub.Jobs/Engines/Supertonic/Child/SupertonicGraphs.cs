using AiDub.Jobs.Engines.Native.Child;
using Microsoft.ML.OnnxRuntime;

namespace AiDub.Jobs.Engines.Supertonic.Child;

/// <summary>The four graphs of Supertonic.</summary>
/// <remarks>
/// How long a text takes: <c>text_ids</c> [1, letters], <c>style_dp</c> [1, …, …], <c>text_mask</c> [1, 1, letters] to [1], in seconds.
/// What is said: <c>text_ids</c>, <c>style_ttl</c>, <c>text_mask</c> to the text's own numbers. A step from noise to speech:
/// <c>noisy_latent</c> [1, size, frames], the text's numbers as <c>text_emb</c>, <c>style_ttl</c>, both masks, <c>current_step</c> [1] and
/// <c>total_step</c> [1] to [1, size, frames]. Speech to sound: <c>latent</c> to as many samples.
/// </remarks>
internal sealed class SupertonicGraphs : IDisposable
{
    private const int MostThreads = 4;
    private static readonly Kind[] Kinds =
    [
        new("duration_predictor.onnx", 256L << 20, ["text_ids", "style_dp", "text_mask"]),
        new("text_encoder.onnx", 512L << 20, ["text_ids", "style_ttl", "text_mask"]),
        new("vector_estimator.onnx", 1L << 30,
            ["noisy_latent", "text_emb", "style_ttl", "text_mask", "latent_mask", "current_step", "total_step"]),
        new("vocoder.onnx", 1L << 30, ["latent"]),
    ];

    private readonly List<InferenceSession> _sessions = [];
    private readonly int _size;

    private SupertonicGraphs(int size) => _size = size;

    /// <summary>Checks and loads the graphs, one after the other.</summary>
    /// <param name="folder">Where they lie.</param>
    /// <param name="size">How many numbers a frame of speech has.</param>
    /// <param name="hashes">The SHA-256 of each, in the order of the remarks; null or empty where it is not known.</param>
    /// <exception cref="ModelRefusedException">One is something else.</exception>
    public static async Task<SupertonicGraphs> LoadAsync(string folder, int size, IReadOnlyList<string?> hashes)
    {
        var graphs = new SupertonicGraphs(size);
        try
        {
            for (var i = 0; i < Kinds.Length; i++)
                graphs._sessions.Add(await OpenAsync(folder, Kinds[i], size, hashes[i]));
            return graphs;
        }
        catch
        {
            graphs.Dispose();
            throw;
        }
    }

    /// <summary>How long a text takes at its own speed, in seconds.</summary>
    public float Seconds(long[] text, SupertonicStyle style, RunOptions run)
    {
        using var letters = Tensor(text);
        using var mask = Ones(text.Length);
        using var voice = Tensor(style.Duration);
        using var answers = Run(0, run, letters, voice, mask);
        return answers[0].GetTensorDataAsSpan<float>() is [var seconds] ? seconds : float.NaN;
    }

    /// <summary>Makes sound of noise.</summary>
    /// <param name="text">The numbers of its letters.</param>
    /// <param name="style">The voice.</param>
    /// <param name="noise">As many numbers as the frames have.</param>
    /// <param name="steps">In how many steps.</param>
    /// <param name="run">Ends it.</param>
    /// <param name="tell">Told how many steps are done.</param>
    public float[] Sound(long[] text, SupertonicStyle style, float[] noise, int steps, RunOptions run, Action<int> tell)
    {
        var frames = noise.Length / _size;
        using var letters = Tensor(text);
        using var mask = Ones(text.Length);
        using var voice = Tensor(style.Speech);
        using var said = Run(1, run, letters, voice, mask);
        using var latentMask = Ones(frames);
        using var all = Tensor(([steps], [1]));
        var latent = noise;
        for (var step = 0; step < steps; step++)
        {
            using var before = Tensor((latent, [1, _size, frames]));
            using var now = Tensor(([step], [1]));
            using var next = Run(2, run, before, said[0], voice, mask, latentMask, now, all);
            latent = next[0].GetTensorDataAsSpan<float>().ToArray();
            tell(step + 1);
        }
        using var speech = Tensor((latent, [1, _size, frames]));
        using var sound = Run(3, run, speech);
        return sound[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _sessions.ForEach(s => s.Dispose());

    private static async Task<InferenceSession> OpenAsync(string folder, Kind kind, int size, string? hash)
    {
        var bytes = await ModelFile.ReadOnnxAsync(Path.Combine(folder, kind.Name), hash, kind.MostBytes);
        var session = ModelFile.OpenOnnx(bytes, kind.Name, Math.Min(MostThreads, Environment.ProcessorCount));
        if (kind.Inputs.All(name => session.InputMetadata.GetValueOrDefault(name) is { } input && Fits(name, input, size))
            && session.InputMetadata.Count == kind.Inputs.Length && session.OutputNames.Count > 0
            && session.OutputMetadata[session.OutputNames[0]].ElementType == typeof(float))
            return session;
        session.Dispose();
        throw new ModelRefusedException($"{kind.Name} takes or answers something else than Supertonic's");
    }

    private static bool Fits(string name, NodeMetadata input, int size) => name switch
    {
        "text_ids" => input.ElementType == typeof(long) && input.Dimensions.Length == 2,
        "current_step" or "total_step" => input.ElementType == typeof(float) && input.Dimensions.Length == 1,
        "noisy_latent" or "latent" => input.ElementType == typeof(float) && input.Dimensions is [_, var numbers, _]
            && (numbers < 0 || numbers == size),
        _ => input.ElementType == typeof(float) && input.Dimensions.Length == 3,
    };

    private IDisposableReadOnlyCollection<OrtValue> Run(int graph, RunOptions run, params OrtValue[] inputs) =>
        _sessions[graph].Run(run, Kinds[graph].Inputs, inputs, [_sessions[graph].OutputNames[0]]);

    private static OrtValue Tensor(long[] text) => OrtValue.CreateTensorValueFromMemory(text, [1, text.Length]);

    private static OrtValue Tensor((float[] Values, long[] Dimensions) numbers) =>
        OrtValue.CreateTensorValueFromMemory(numbers.Values, numbers.Dimensions);

    private static OrtValue Ones(int length) => Tensor(([.. Enumerable.Repeat(1f, length)], [1, 1, length]));

    private sealed record Kind(string Name, long MostBytes, string[] Inputs);
}
