using System.Text;

namespace AiDub.Tests.Jobs.Engines.Whisper;

/// <summary>A tiny ggml model of Whisper that says what a test has it say, whatever it hears.</summary>
/// <remarks>
/// All of its layers let the sum of token and position pass unchanged. Each position is a direction of its own, and the token that is to
/// follow it has a share of that direction: the larger the share, the surer it is. The file is as <c>whisper_model_load</c> in
/// <c>whisper.cpp</c> reads it.
/// </remarks>
internal static class ScriptedGgml
{
    /// <summary>A share with which a word is certain.</summary>
    public const float Sure = 4;

    /// <summary>A share with which a word has a probability of about a fifth.</summary>
    public const float Unsure = 1.2f;

    private const int Vocabulary = 51865;
    private const int EndOfText = 50257;
    private const int FirstLanguage = 50259;
    private const int FirstTime = 50364;
    private const int Mels = 80;
    private static readonly string[] Languages = ["en", "zh", "de", "es"];

    /// <summary>Writes a model.</summary>
    /// <param name="path">Where.</param>
    /// <param name="language">The language that it detects.</param>
    /// <param name="seconds">When what it says ends.</param>
    /// <param name="share">How sure it is.</param>
    /// <param name="tokens">What it says, spaces included: <c>" Hello"</c>.</param>
    public static void Write(string path, string language, double seconds, float share, params byte[][] tokens) =>
        Write(path, Size.Tiny, language, seconds, share, tokens, null);

    /// <summary>
    /// Writes a model that takes as long to hear and to say something as a real one of its size does; given what it said as the text
    /// before, it says it again.
    /// </summary>
    public static void Write(string path, Size size, string language, double seconds, params byte[][] tokens) =>
        Write(path, size, language, seconds, Sure, tokens, null);

    private static void Write(string path, Size size, string language, double seconds, float share, byte[][] tokens, byte[]? next)
    {
        var (width, places, heads, layers) = size;
        var words = tokens.Append(" "u8.ToArray()).Append(next ?? tokens[0]).DistinctBy(Convert.ToHexString).ToList();
        using var file = new BinaryWriter(File.Create(path));
        file.Write(0x67676d6c);
        foreach (var number in new[] { Vocabulary, 1500, width, heads, layers, places, width, heads, layers, Mels, 1 })
            file.Write(number);
        file.Write(Mels);
        file.Write(201);
        file.Write(new byte[Mels * 201 * sizeof(float)]);
        file.Write(words.Count);
        foreach (var word in words)
        {
            file.Write(word.Length);
            file.Write(word);
        }
        var script = new List<int> { FirstLanguage + Array.IndexOf(Languages, language), 0, FirstTime };
        script.AddRange(tokens.Select(t => words.FindIndex(w => w.AsSpan().SequenceEqual(t))));
        script.AddRange([FirstTime + (int)(seconds * 50), EndOfText]);
        var embedding = Embedding(width, script, share);
        if (size != Size.Tiny)
            AddAgain(width, embedding, script);
        if (next is not null)
            AddTurn(width, embedding, script, words.FindIndex(w => w.AsSpan().SequenceEqual(next)));
        WriteTensors(file, size, embedding);
    }

    /// <summary>Writes a model that says one word, and another when it is given that word as the text before.</summary>
    public static void WriteInTurn(string path, double seconds, string word, string next) =>
        Write(path, Size.Tiny, "en", seconds, Sure, Tokens(word), Encoding.UTF8.GetBytes(next));

    /// <summary>Changes one of the numbers after the first word, and nothing that it speaks of.</summary>
    /// <param name="path">The model.</param>
    /// <param name="number">Which, from 0, in the order of whisper.cpp: n_vocab, n_audio_ctx, n_audio_state, and so on.</param>
    /// <param name="value">What it is to be.</param>
    public static void ChangeHead(string path, int number, int value)
    {
        using var file = new BinaryWriter(File.OpenWrite(path));
        file.BaseStream.Position = sizeof(int) * (1 + number);
        file.Write(value);
    }

    /// <summary>Tokens of words.</summary>
    public static byte[][] Tokens(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];

    private static void WriteTensors(BinaryWriter file, Size size, Half[] embedding)
    {
        var width = size.Width;
        Tensor(file, "encoder.positional_embedding", [width, 1500], new float[width * 1500]);
        Tensor(file, "encoder.conv1.weight", [3, Mels, width], new Half[3 * Mels * width]);
        Tensor(file, "encoder.conv1.bias", [1, width], new float[width]);
        Tensor(file, "encoder.conv2.weight", [3, width, width], new Half[3 * width * width]);
        Tensor(file, "encoder.conv2.bias", [1, width], new float[width]);
        Norm(file, "encoder.ln_post", width, 0);
        for (var layer = 0; layer < size.Layers; layer++)
            Block(file, $"encoder.blocks.{layer}", width, ["attn"]);
        Tensor(file, "decoder.positional_embedding", [width, size.Places], Positions(size));
        Tensor(file, "decoder.token_embedding.weight", [width, Vocabulary], embedding);
        Norm(file, "decoder.ln", width, 1);
        for (var layer = 0; layer < size.Layers; layer++)
            Block(file, $"decoder.blocks.{layer}", width, ["attn", "cross_attn"]);
    }

    private static float[] Positions(Size size)
    {
        var positions = new float[size.Width * size.Places];
        for (var i = 0; i < Math.Min(size.Width, size.Places); i++)
            positions[i * size.Width + i] = 100;
        return positions;
    }

    private static Half[] Embedding(int width, List<int> script, float share)
    {
        var embedding = new Half[width * Vocabulary];
        for (var position = 0; position < script.Count; position++)
            embedding[script[position] * width + position] = (Half)(script[position] < EndOfText ? share : Math.Max(share, Sure));
        return embedding;
    }

    // A prompt moves all by its words and one more. Where the first script ends the second has begun: of a time and a word, and of two
    // times, only one may follow.
    private static void AddAgain(int width, Half[] embedding, List<int> script)
    {
        var moved = script.Count - 4;
        for (var position = 2; position < script.Count; position++)
            embedding[script[position] * width + position + moved] = (Half)(script[position] < EndOfText ? Sure + 0.5f : Sure);
    }

    // A prompt of one word moves all by two places. There a first time may not be that of the end, so the next best is taken, and after it
    // a word, which may not follow where the first script has ended.
    private static void AddTurn(int width, Half[] embedding, List<int> script, int word)
    {
        embedding[FirstTime * width + 4] = (Half)(Sure - 0.1f);
        embedding[word * width + 5] = (Half)(Sure + 0.5f);
        embedding[script[4] * width + 6] = (Half)Sure;
        embedding[EndOfText * width + 7] = (Half)Sure;
    }

    private static void Block(BinaryWriter file, string name, int width, string[] attentions)
    {
        foreach (var attention in attentions)
        {
            Norm(file, $"{name}.{attention}_ln", width, 0);
            foreach (var part in new[] { "query", "key", "value", "out" })
            {
                Tensor(file, $"{name}.{attention}.{part}.weight", [width, width], new Half[width * width]);
                if (part != "key")
                    Tensor(file, $"{name}.{attention}.{part}.bias", [width], new float[width]);
            }
        }
        Norm(file, $"{name}.mlp_ln", width, 0);
        Tensor(file, $"{name}.mlp.0.weight", [width, 4 * width], new Half[4 * width * width]);
        Tensor(file, $"{name}.mlp.0.bias", [4 * width], new float[4 * width]);
        Tensor(file, $"{name}.mlp.2.weight", [4 * width, width], new Half[4 * width * width]);
        Tensor(file, $"{name}.mlp.2.bias", [width], new float[width]);
    }

    private static void Norm(BinaryWriter file, string name, int width, float weight)
    {
        Tensor(file, name + ".weight", [width], [.. Enumerable.Repeat(weight, width)]);
        Tensor(file, name + ".bias", [width], new float[width]);
    }

    private static void Tensor<T>(BinaryWriter file, string name, int[] shape, T[] values)
        where T : unmanaged
    {
        file.Write(shape.Length);
        file.Write(name.Length);
        file.Write(typeof(T) == typeof(Half) ? 1 : 0);
        foreach (var size in shape)
            file.Write(size);
        file.Write(Encoding.ASCII.GetBytes(name));
        file.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(values));
    }

    /// <summary>How large a model is.</summary>
    /// <param name="Width">The width of its layers: <c>n_audio_state</c>.</param>
    /// <param name="Places">How many tokens it looks back on: <c>n_text_ctx</c>.</param>
    /// <param name="Heads">How many heads an attention has.</param>
    /// <param name="Layers">How many layers the encoder has, and the decoder.</param>
    internal readonly record struct Size(int Width, int Places, int Heads, int Layers)
    {
        /// <summary>As small as it may be.</summary>
        public static Size Tiny { get; } = new(64, 64, 1, 1);

        /// <summary>As <c>ggml-base.bin</c>.</summary>
        public static Size Base { get; } = new(512, 448, 8, 6);

        /// <summary>As <c>ggml-small.bin</c>.</summary>
        public static Size Small { get; } = new(768, 448, 12, 12);
    }
}
