using System.Text.Json;
using AiDub.Jobs.Engines.Native.Child;

namespace AiDub.Jobs.Engines.Supertonic.Child;

/// <summary>The sizes of a model, as <c>tts.json</c> has them.</summary>
/// <param name="SampleRate">In Hz.</param>
/// <param name="FrameSamples">How many samples of sound a frame of speech becomes.</param>
/// <param name="FrameSize">How many numbers a frame has.</param>
internal sealed record SupertonicSizes(int SampleRate, int FrameSamples, int FrameSize);

/// <summary>A voice: the numbers that say how it speaks, and how long.</summary>
/// <param name="Speech">For what is said and how it sounds, with its dimensions.</param>
/// <param name="Duration">For how long it takes, with its dimensions.</param>
internal sealed record SupertonicStyle((float[] Values, long[] Dimensions) Speech, (float[] Values, long[] Dimensions) Duration);

/// <summary>Reads what lies beside the graphs.</summary>
internal static class SupertonicJson
{
    private const long MostBytes = 16 << 20;
    private const int MostNumbers = 1 << 20;

    /// <summary>Reads <c>tts.json</c>.</summary>
    /// <exception cref="ModelRefusedException">It is something else.</exception>
    public static Task<SupertonicSizes> SizesAsync(string path, string? hash) => ReadAsync(path, hash, root => new SupertonicSizes(
        Number(root, "ae", "sample_rate", 8000, 192_000),
        Number(root, "ae", "base_chunk_size", 1, 1 << 14) * Number(root, "ttl", "chunk_compress_factor", 1, 64),
        Number(root, "ttl", "latent_dim", 1, 1 << 12) * Number(root, "ttl", "chunk_compress_factor", 1, 64)));

    /// <summary>Reads <c>unicode_indexer.json</c>: the number of each UTF-16 unit, −1 for those that the model does not know.</summary>
    /// <exception cref="ModelRefusedException">It is something else.</exception>
    public static Task<long[]> LettersAsync(string path, string? hash) =>
        ReadAsync(path, hash, root => root.EnumerateArray().Select(n => n.GetInt64()).ToArray());

    /// <summary>Reads the file of a voice.</summary>
    /// <exception cref="ModelRefusedException">It is something else.</exception>
    public static Task<SupertonicStyle> StyleAsync(string path, string? hash) =>
        ReadAsync(path, hash, root => new SupertonicStyle(Numbers(root.GetProperty("style_ttl")), Numbers(root.GetProperty("style_dp"))));

    private static async Task<T> ReadAsync<T>(string path, string? hash, Func<JsonElement, T> read)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new ModelRefusedException($"there is no {name}");
        await using var file = File.OpenRead(path);
        if (file.Length > MostBytes)
            throw new ModelRefusedException($"{name} has {file.Length} bytes, which such a file does not");
        await ModelFile.CheckHashAsync(file, hash);
        file.Position = 0;
        try
        {
            using var json = await JsonDocument.ParseAsync(file);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new ModelRefusedException($"{name} is not what it should be: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static int Number(JsonElement root, string part, string name, int least, int most) =>
        root.GetProperty(part).GetProperty(name).GetInt32() is var number && number >= least && number <= most
            ? number
            : throw new FormatException($"{part}.{name} is {number}");

    private static (float[] Values, long[] Dimensions) Numbers(JsonElement tensor)
    {
        var (values, dimensions) = (new List<float>(), tensor.GetProperty("dims").EnumerateArray().Select(d => d.GetInt64()).ToArray());
        Flatten(tensor.GetProperty("data"), values);
        return dimensions is [1, > 0 and <= MostNumbers, > 0 and <= MostNumbers] && dimensions[1] * dimensions[2] == values.Count
            && values.TrueForAll(float.IsFinite)
            ? ([.. values], dimensions)
            : throw new FormatException($"{values.Count} numbers for the dimensions {string.Join(" × ", dimensions)}");
    }

    private static void Flatten(JsonElement data, List<float> values)
    {
        if (data.ValueKind is not JsonValueKind.Array)
        {
            values.Add(data.GetSingle());
            return;
        }
        foreach (var inner in data.EnumerateArray())
            Flatten(inner, values);
    }
}
