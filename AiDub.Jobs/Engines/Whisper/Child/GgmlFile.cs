using System.Buffers.Binary;
using AiDub.Jobs.Engines.Native.Child;

namespace AiDub.Jobs.Engines.Whisper.Child;

/// <summary>Looks at the file of a model before whisper.cpp does, which believes every number in it.</summary>
/// <remarks>
/// A file of another kind with the same first word was seen to take 22 GB. The head, as <c>whisper_model_load</c> in <c>whisper.cpp</c>
/// reads it: the word, eleven numbers of 32 bits, then the filters: their number of mel bands, and 201. What follows is
/// <see cref="GgmlTensors"/>: a file that ends before its first tensor is taken for an empty model, and whisper.cpp dies of it.
/// </remarks>
internal static class GgmlFile
{
    private const uint Word = 0x67676d6c;
    private const int HeadBytes = 56;
    private const long LeastBytes = 1 << 14;
    private const long MostBytes = 4L << 30;
    private const int Frequencies = 201;

    // The least and most that each number is in any model of OpenAI's, and some room for others: n_vocab, n_audio_ctx, n_audio_state,
    // n_audio_head, n_audio_layer, n_text_ctx, n_text_state, n_text_head, n_text_layer, n_mels, ftype (with its version, in thousands).
    private static readonly (int Least, int Most)[] Bounds =
    [
        (51_864, 52_000), (1500, 1500), (32, 2048), (1, 32), (1, 48), (32, 448), (32, 2048), (1, 32), (1, 48), (80, 128), (0, 9999),
    ];

    /// <summary>Checks a file.</summary>
    /// <exception cref="ModelRefusedException">It is no ggml model of Whisper, or not the one that it should be.</exception>
    public static async Task CheckAsync(string path, string? hash)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new ModelRefusedException($"there is no {name}");
        await using var file = File.OpenRead(path);
        if (file.Length is < LeastBytes or > MostBytes)
            throw new ModelRefusedException($"{name} has {file.Length} bytes, which such a model does not");
        var head = new byte[HeadBytes];
        await file.ReadExactlyAsync(head);
        if (!IsHead(head))
            throw new ModelRefusedException($"{name} is no ggml model of Whisper");
        if (GgmlTensors.Fault(file, Numbers(head)) is { } fault)
            throw new ModelRefusedException($"{name} {fault}");
        await ModelFile.CheckHashAsync(file, hash);
    }

    private static int[] Numbers(byte[] head) =>
        [.. Enumerable.Range(1, 13).Select(i => BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4 * i)))];

    private static bool IsHead(byte[] head)
    {
        var numbers = Numbers(head);
        return BinaryPrimitives.ReadUInt32LittleEndian(head) == Word
            && Bounds.Zip(numbers).All(pair => pair.Second >= pair.First.Least && pair.Second <= pair.First.Most)
            && numbers[2] == numbers[6] && numbers[11] == numbers[9] && numbers[12] == Frequencies
            && GgmlShapes.Agree(numbers);
    }
}
