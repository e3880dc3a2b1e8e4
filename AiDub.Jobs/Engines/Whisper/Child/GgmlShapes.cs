namespace AiDub.Jobs.Engines.Whisper.Child;

/// <summary>A tensor as whisper.cpp makes room for it: its sizes, the fastest first, 1 where there is none, and its type.</summary>
internal readonly record struct GgmlShape(int First, int Second, int Third, int Type);

/// <summary>What tensors a model of Whisper has, by the numbers of its head.</summary>
/// <remarks>
/// As <c>whisper_model_load</c> in <c>whisper.cpp</c> makes room for them before it reads the first: a head that says more than its
/// tensors are takes that much memory.
/// </remarks>
internal static class GgmlShapes
{
    private const int Float = 0;
    private const int Half = 1;
    private const int VersionFactor = 1000;

    // What the head calls the type of the weights (ftype), and what each of these tensors does: ggml_ftype_to_ggml_type in ggml.c, which
    // ends the process at any other.
    private static readonly Dictionary<int, int> Types = new()
    {
        [0] = Float,
        [1] = Half,
        [2] = 2,
        [3] = 3,
        [7] = 8,
        [8] = 6,
        [9] = 7,
        [10] = 10,
        [11] = 11,
        [12] = 12,
        [13] = 13,
        [14] = 14,
    };

    /// <summary>Whether the numbers of a head go together.</summary>
    public static bool Agree(IReadOnlyList<int> head) =>
        head[2] % head[3] == 0 && head[6] % head[7] == 0 && Types.ContainsKey(head[10] % VersionFactor);

    /// <summary>The tensors by name.</summary>
    /// <param name="head">The numbers after the first word; they agree.</param>
    public static Dictionary<string, GgmlShape> Of(IReadOnlyList<int> head)
    {
        var shapes = new Dictionary<string, GgmlShape>();
        var (weights, filters) = (Types[head[10] % VersionFactor], Types[head[10] % VersionFactor] == Float ? Float : Half);
        var (heard, said) = (head[2], head[6]);
        shapes["encoder.positional_embedding"] = new(heard, head[1], 1, Float);
        shapes["encoder.conv1.weight"] = new(3, head[9], heard, filters);
        shapes["encoder.conv2.weight"] = new(3, heard, heard, filters);
        shapes["encoder.conv1.bias"] = shapes["encoder.conv2.bias"] = new(1, heard, 1, Float);
        AddNorm(shapes, "encoder.ln_post", heard);
        for (var block = 0; block < head[4]; block++)
            AddBlock(shapes, $"encoder.blocks.{block}", ["attn"], heard, weights);
        shapes["decoder.positional_embedding"] = new(said, head[5], 1, Float);
        shapes["decoder.token_embedding.weight"] = new(said, head[0], 1, weights);
        AddNorm(shapes, "decoder.ln", said);
        for (var block = 0; block < head[8]; block++)
            AddBlock(shapes, $"decoder.blocks.{block}", ["attn", "cross_attn"], said, weights);
        return shapes;
    }

    private static void AddBlock(Dictionary<string, GgmlShape> shapes, string name, string[] attentions, int width, int weights)
    {
        foreach (var attention in attentions)
        {
            AddNorm(shapes, $"{name}.{attention}_ln", width);
            foreach (var part in (string[])["query", "key", "value", "out"])
            {
                shapes[$"{name}.{attention}.{part}.weight"] = new(width, width, 1, weights);
                if (part != "key")
                    shapes[$"{name}.{attention}.{part}.bias"] = new(width, 1, 1, Float);
            }
        }
        AddNorm(shapes, $"{name}.mlp_ln", width);
        shapes[$"{name}.mlp.0.weight"] = new(width, 4 * width, 1, weights);
        shapes[$"{name}.mlp.0.bias"] = new(4 * width, 1, 1, Float);
        shapes[$"{name}.mlp.2.weight"] = new(4 * width, width, 1, weights);
        shapes[$"{name}.mlp.2.bias"] = new(width, 1, 1, Float);
    }

    private static void AddNorm(Dictionary<string, GgmlShape> shapes, string name, int width) =>
        shapes[name + ".weight"] = shapes[name + ".bias"] = new(width, 1, 1, Float);
}
