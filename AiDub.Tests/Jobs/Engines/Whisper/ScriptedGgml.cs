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

    private const int Width = 64;
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
        Write(path, language, seconds, share, tokens, null);

    private static void Write(string path, string language, double seconds, float share, byte[][] tokens, byte[]? next)
    {
        var words = tokens.Append(" "u8.ToArray()).Append(next ?? tokens[0]).DistinctBy(Convert.ToHexString).ToList();
        using var file = new BinaryWriter(File.Create(path));
        file.Write(0x67676d6c);
        foreach (var number in new[] { Vocabulary, 1500, Width, 1, 1, Width, Width, 1, 1, Mels, 1, Mels, 201 })
            file.Write(number);
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
        var embedding = Embedding(script, share);
        if (next is not null)
            AddTurn(embedding, script, words.FindIndex(w => w.AsSpan().SequenceEqual(next)));
        WriteTensors(file, embedding, Positions());
    }

    /// <summary>Writes a model that says one word, and another when it is given that word as the text before.</summary>
    public static void WriteInTurn(string path, double seconds, string word, string next) =>
        Write(path, "en", seconds, Sure, Tokens(word), Encoding.UTF8.GetBytes(next));

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

    private static void WriteTensors(BinaryWriter file, Half[] embedding, float[] positions)
    {
        Tensor(file, "encoder.positional_embedding", [Width, 1500], new float[Width * 1500]);
        Tensor(file, "encoder.conv1.weight", [3, Mels, Width], new Half[3 * Mels * Width]);
        Tensor(file, "encoder.conv1.bias", [1, Width], new float[Width]);
        Tensor(file, "encoder.conv2.weight", [3, Width, Width], new Half[3 * Width * Width]);
        Tensor(file, "encoder.conv2.bias", [1, Width], new float[Width]);
        Norm(file, "encoder.ln_post", 0);
        Block(file, "encoder.blocks.0", ["attn"]);
        Tensor(file, "decoder.positional_embedding", [Width, Width], positions);
        Tensor(file, "decoder.token_embedding.weight", [Width, Vocabulary], embedding);
        Norm(file, "decoder.ln", 1);
        Block(file, "decoder.blocks.0", ["attn", "cross_attn"]);
    }

    private static float[] Positions()
    {
        var positions = new float[Width * Width];
        for (var i = 0; i < Width; i++)
            positions[i * Width + i] = 100;
        return positions;
    }

    private static Half[] Embedding(List<int> script, float share)
    {
        var embedding = new Half[Width * Vocabulary];
        for (var position = 0; position < script.Count; position++)
            embedding[script[position] * Width + position] = (Half)(script[position] < EndOfText ? share : Sure);
        return embedding;
    }

    // A prompt of one word moves all by two places. There a first time may not be that of the end, so the next best is taken, and after it
    // a word, which may not follow where the first script has ended.
    private static void AddTurn(Half[] embedding, List<int> script, int word)
    {
        embedding[FirstTime * Width + 4] = (Half)(Sure - 0.1f);
        embedding[word * Width + 5] = (Half)(Sure + 0.5f);
        embedding[script[4] * Width + 6] = (Half)Sure;
        embedding[EndOfText * Width + 7] = (Half)Sure;
    }

    private static void Block(BinaryWriter file, string name, string[] attentions)
    {
        foreach (var attention in attentions)
        {
            Norm(file, $"{name}.{attention}_ln", 0);
            foreach (var part in new[] { "query", "key", "value", "out" })
            {
                Tensor(file, $"{name}.{attention}.{part}.weight", [Width, Width], new Half[Width * Width]);
                if (part != "key")
                    Tensor(file, $"{name}.{attention}.{part}.bias", [Width], new float[Width]);
            }
        }
        Norm(file, $"{name}.mlp_ln", 0);
        Tensor(file, $"{name}.mlp.0.weight", [Width, 4 * Width], new Half[4 * Width * Width]);
        Tensor(file, $"{name}.mlp.0.bias", [4 * Width], new float[4 * Width]);
        Tensor(file, $"{name}.mlp.2.weight", [4 * Width, Width], new Half[4 * Width * Width]);
        Tensor(file, $"{name}.mlp.2.bias", [Width], new float[Width]);
    }

    private static void Norm(BinaryWriter file, string name, float weight)
    {
        Tensor(file, name + ".weight", [Width], [.. Enumerable.Repeat(weight, Width)]);
        Tensor(file, name + ".bias", [Width], new float[Width]);
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
}
