using System.Text.Json;
using AiDub.Jobs.Engines.Supertonic.Child;
using AiDub.Tests.Jobs.Engines.Native;
using Onnx;

namespace AiDub.Tests.Jobs.Engines.Supertonic;

/// <summary>
/// Four graphs that take and answer what Supertonic's do, and what they make of a text computed plainly: a letter takes as long as its
/// number says, and sound is noise that is halved at each step, beside what the letters and the voice come to.
/// </summary>
internal static class TinySupertonic
{
    public const int SampleRate = 16000;
    public const float LetterSeconds = 0.0005f;

    // Two frames in one of four samples each.
    private const int Frame = 8;
    private const int Size = 2;

    /// <summary>Writes a folder as the makers lay it out, with the voices F1 and M1.</summary>
    public static async Task WriteAsync(string folder)
    {
        var (graphs, styles) = (Path.Combine(folder, "onnx"), Path.Combine(folder, "voice_styles"));
        Directory.CreateDirectory(graphs);
        Directory.CreateDirectory(styles);
        await Duration().WriteAsync(Path.Combine(graphs, "duration_predictor.onnx"));
        await Encoder().WriteAsync(Path.Combine(graphs, "text_encoder.onnx"));
        await Step().WriteAsync(Path.Combine(graphs, "vector_estimator.onnx"));
        await Vocoder().WriteAsync(Path.Combine(graphs, "vocoder.onnx"));
        await File.WriteAllTextAsync(
            Path.Combine(graphs, "tts.json"),
            """{"ae": {"sample_rate": 16000, "base_chunk_size": 4}, "ttl": {"chunk_compress_factor": 2, "latent_dim": 1}}""");
        await File.WriteAllTextAsync(Path.Combine(graphs, "unicode_indexer.json"), JsonSerializer.Serialize(Letters()));
        await WriteStyleAsync(Path.Combine(styles, "F1.json"), 0.1f);
        await WriteStyleAsync(Path.Combine(styles, "M1.json"), 0.3f);
    }

    /// <summary>Writes a voice: two numbers of its size for speech, one for its duration.</summary>
    public static Task WriteStyleAsync(string path, float size) => File.WriteAllTextAsync(path, JsonSerializer.Serialize(new
    {
        style_ttl = new { data = (float[][][])[[[size, size]]], dims = (int[])[1, 1, 2], type = "float32" },
        style_dp = new { data = (float[][][])[[[size]]], dims = (int[])[1, 1, 1], type = "float32" },
    }));

    /// <summary>What a part of a text sounds like.</summary>
    public static short[] Plain(string voice, float size, string chunk, double speed, int steps)
    {
        var letters = Letters();
        var numbers = chunk.Where(c => letters[c] >= 0).Select(c => (float)letters[c]).ToArray();
        var seconds = (numbers.Sum() * LetterSeconds + numbers.Length * 0.001f + size) / speed;
        var samples = (int)(seconds * SampleRate);
        var frames = (samples + Frame - 1) / Frame;
        var text = numbers.Select(n => n + 2 * size).Average() * 0.001f;
        var latent = SupertonicNoise.Of($"{voice} {chunk}", frames * Size);
        for (var step = 0; step < steps; step++)
            latent = [.. latent.Select(l => l * 0.5f + (text + 2 * size) * (step + 1) / steps)];
        return
        [
            .. Enumerable.Range(0, samples).Select(i => latent[i % Frame / 4 * frames + i / Frame])
                .Select(s => (short)(Math.Clamp(s, -1, 1) * short.MaxValue)),
        ];
    }

    // Decomposed Latin, jamo and a few marks; capitals and everything else are unknown.
    private static long[] Letters() =>
    [
        .. Enumerable.Range(0, 65536)
            .Select(c => (char)c is (>= ' ' and <= '~') or '\u0303' or (>= '\u1100' and <= '\u11ff') ? c % 97 : -1L),
    ];

    private static TinyGraph Duration()
    {
        var graph = new TinyGraph();
        var (ids, style, mask) = (Ids(graph), graph.Input("style_dp", 1, 1, 1), graph.Input("text_mask", 1, 1, -1));
        var letters = Times(graph, Sum(graph, graph.Node("Cast", [ids], ("to", 1))), LetterSeconds);
        var all = graph.Node("Add", [letters, Times(graph, Sum(graph, mask), 0.001f)]);
        return graph.Output("duration", graph.Node("Add", [all, Sum(graph, style)]), 1);
    }

    private static TinyGraph Encoder()
    {
        var graph = new TinyGraph();
        var (ids, style, mask) = (Ids(graph), graph.Input("style_ttl", 1, 1, 2), graph.Input("text_mask", 1, 1, -1));
        var letters = graph.Node("Mul", [graph.Node("Cast", [ids], ("to", 1)), mask]);
        return graph.Output("text_emb", graph.Node("Add", [letters, Sum(graph, style)]), 1, 1, -1);
    }

    private static TinyGraph Step()
    {
        var graph = new TinyGraph();
        var noise = graph.Input("noisy_latent", 1, Size, -1);
        var text = Times(graph, graph.Node("ReduceMean", [graph.Input("text_emb", 1, 1, -1)]), 0.001f);
        var style = Sum(graph, graph.Input("style_ttl", 1, 1, 2));
        graph.Input("text_mask", 1, 1, -1);
        var mask = graph.Input("latent_mask", 1, 1, -1);
        var (now, all) = (graph.Input("current_step", 1), graph.Input("total_step", 1));
        var share = graph.Node("Div", [graph.Node("Add", [now, graph.Constant([1f], 1)]), all]);
        var said = graph.Node("Mul", [graph.Node("Mul", [graph.Node("Add", [text, style]), share]), mask]);
        return graph.Output("denoised_latent", graph.Node("Add", [Times(graph, noise, 0.5f), said]), 1, Size, -1);
    }

    // Each number four times, frame by frame.
    private static TinyGraph Vocoder()
    {
        var graph = new TinyGraph();
        var frames = graph.Node("Transpose", [graph.Input("latent", 1, Size, -1)]);
        var samples = graph.Node("Concat", [frames, frames, frames, frames], ("axis", 2));
        return graph.Output("wav_tts", graph.Node("Reshape", [samples, graph.Constant([1L, -1L], 2)]), 1, -1);
    }

    private static string Ids(TinyGraph graph) => graph.Input("text_ids", TensorProto.Types.DataType.Int64, 1, -1);

    private static string Sum(TinyGraph graph, string input) =>
        graph.Node("Reshape", [graph.Node("ReduceSum", [input]), graph.Constant([1L], 1)]);

    private static string Times(TinyGraph graph, string input, float factor) => graph.Node("Mul", [input, graph.Constant([factor], 1)]);
}
