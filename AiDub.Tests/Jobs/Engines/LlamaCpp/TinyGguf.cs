using System.Text;

namespace AiDub.Tests.Jobs.Engines.LlamaCpp;

/// <summary>
/// A language model of llama.cpp's form that knows one thing: which letter follows which. Each letter of its word is a direction of its
/// own, all other tokens share one; attention and feed-forward layers add nothing, and the output is a table of what follows.
/// </summary>
/// <remarks>The format is that of ggml-org/ggml, docs/gguf.md; the names of tensors those of llama.cpp's <c>llama</c>.</remarks>
internal sealed class TinyGguf
{
    private const int Embedding = 32;
    private const int Forward = 32;
    private const int Alignment = 32;
    private const int FirstByte = 3;
    private const int Tokens = FirstByte + 256;
    private const float Likely = 8;
    private readonly MemoryStream _stream = new();
    private readonly BinaryWriter _writer;

    private TinyGguf() => _writer = new BinaryWriter(_stream, Encoding.UTF8, leaveOpen: true);

    private enum Kind
    {
        Number = 4,
        Whole = 5,
        Real = 6,
        Text = 8,
        List = 9,
    }

    /// <summary>Writes a model that says one word for every text, whatever it is asked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="word">In letters of ASCII, none twice, thirty at most.</param>
    /// <param name="context">How many tokens it was made for.</param>
    public static async Task<string> WriteAsync(string path, string word, int context = 8192)
    {
        var model = new TinyGguf();
        model.WriteModel(word, context);
        await File.WriteAllBytesAsync(path, model._stream.ToArray());
        return path;
    }

    private void WriteModel(string word, int context)
    {
        var tensors = Tensors(word).ToList();
        _writer.Write("GGUF"u8);
        _writer.Write(3u);
        _writer.Write((ulong)tensors.Count);
        var keys = Keys(context).ToList();
        _writer.Write((ulong)keys.Count);
        foreach (var write in keys)
            write();
        var offset = 0UL;
        foreach (var (name, rows, columns, values) in tensors)
        {
            Text(name);
            _writer.Write(rows == 1 ? 1u : 2u);
            _writer.Write((ulong)columns);
            if (rows > 1)
                _writer.Write((ulong)rows);
            _writer.Write(0u); // 32-bit floats
            _writer.Write(offset);
            offset += Padded((ulong)values.Length * sizeof(float));
        }
        Pad();
        foreach (var (_, _, _, values) in tensors)
        {
            foreach (var value in values)
                _writer.Write(value);
            Pad();
        }
    }

    private IEnumerable<Action> Keys(int context)
    {
        yield return () => Pair("general.architecture", Kind.Text, () => Text("llama"));
        foreach (var (name, value) in new (string, uint)[]
        {
            ("context_length", (uint)context), ("embedding_length", Embedding), ("block_count", 1), ("feed_forward_length", Forward),
            ("attention.head_count", 1), ("attention.head_count_kv", 1), ("rope.dimension_count", Embedding), ("vocab_size", Tokens),
        })
            yield return () => Pair("llama." + name, Kind.Number, () => _writer.Write(value));
        yield return () => Pair("llama.attention.layer_norm_rms_epsilon", Kind.Real, () => _writer.Write(1e-6f));
        yield return () => Pair("tokenizer.ggml.model", Kind.Text, () => Text("llama"));
        yield return () => List("tokenizer.ggml.tokens", Kind.Text, i => Text(i switch
        {
            0 => "<unk>",
            1 => "<s>",
            2 => "</s>",
            _ => $"<0x{i - FirstByte:X2}>",
        }));
        yield return () => List("tokenizer.ggml.scores", Kind.Real, _ => _writer.Write(0f));
        // 2: unknown, 3: control, 6: a byte.
        yield return () => List("tokenizer.ggml.token_type", Kind.Whole, i => _writer.Write(i == 0 ? 2 : i < FirstByte ? 3 : 6));
        foreach (var (name, token) in new (string, uint)[] { ("unknown", 0), ("bos", 1), ("eos", 2) })
            yield return () => Pair($"tokenizer.ggml.{name}_token_id", Kind.Number, () => _writer.Write(token));
        yield return () => Pair("tokenizer.chat_template", Kind.Text, () => Text(
            "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n'}}"
                + "{% endfor %}"));
    }

    private static IEnumerable<(string Name, int Rows, int Columns, float[] Values)> Tensors(string word)
    {
        var (own, follows) = (new float[Tokens * Embedding], new float[Tokens * Embedding]);
        for (var token = 0; token < Tokens; token++)
            own[(token * Embedding) + Direction(token)] = 1;
        foreach (var (before, after) in $"\"{word}\"".Zip($"{word}\""))
            follows[((after + FirstByte) * Embedding) + Direction(before + FirstByte)] = Likely;
        yield return ("token_embd.weight", Tokens, Embedding, own);
        yield return ("output_norm.weight", 1, Embedding, Ones());
        yield return ("output.weight", Tokens, Embedding, follows);
        yield return ("blk.0.attn_norm.weight", 1, Embedding, Ones());
        foreach (var part in (string[])["q", "k", "v", "output"])
            yield return ($"blk.0.attn_{part}.weight", Embedding, Embedding, new float[Embedding * Embedding]);
        yield return ("blk.0.ffn_norm.weight", 1, Embedding, Ones());
        yield return ("blk.0.ffn_gate.weight", Forward, Embedding, new float[Forward * Embedding]);
        yield return ("blk.0.ffn_up.weight", Forward, Embedding, new float[Forward * Embedding]);
        yield return ("blk.0.ffn_down.weight", Embedding, Forward, new float[Forward * Embedding]);

        // The first is that of all that is no letter of the word.
        int Direction(int token) => $"\"{word}".IndexOf((char)(token - FirstByte), StringComparison.Ordinal) + 1;
    }

    private static float[] Ones() => [.. Enumerable.Repeat(1f, Embedding)];

    private static ulong Padded(ulong bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private void Pair(string name, Kind kind, Action value)
    {
        Text(name);
        _writer.Write((uint)kind);
        value();
    }

    private void List(string name, Kind kind, Action<int> item) => Pair(name, Kind.List, () =>
    {
        _writer.Write((uint)kind);
        _writer.Write((ulong)Tokens);
        for (var i = 0; i < Tokens; i++)
            item(i);
    });

    private void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        _writer.Write((ulong)bytes.Length);
        _writer.Write(bytes);
    }

    private void Pad()
    {
        _writer.Flush();
        while (_stream.Position % Alignment != 0)
            _stream.WriteByte(0);
    }
}
