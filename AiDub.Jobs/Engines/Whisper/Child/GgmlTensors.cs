using System.Text;

namespace AiDub.Jobs.Engines.Whisper.Child;

/// <summary>Walks over the words and tensors of a ggml model, of which only their heads are read.</summary>
/// <remarks>
/// After the head, as <c>whisper_model_load</c> in <c>whisper.cpp</c> reads it: the filters; the number of words, each with its length;
/// then tensors to the end of the file: how many dimensions, the length of the name, the type, the dimensions, the name, the values.
/// </remarks>
internal static class GgmlTensors
{
    private const int HeadBytes = 56;
    private const int MostDimensions = 3;
    private const int MostName = 128;
    private const string BrokeOff = "broke off: not all of the model is there";

    /// <summary>What is wrong with a file: a tensor that the head promises is not in it, or is another; null: nothing.</summary>
    /// <param name="file">The file.</param>
    /// <param name="head">The thirteen numbers after its first word.</param>
    public static string? Fault(Stream file, IReadOnlyList<int> head)
    {
        var expected = GgmlShapes.Of(head);
        using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (!Skip(file, HeadBytes - file.Position + ((long)head[11] * head[12] * sizeof(float))) || !SkipWords(reader, head[0]))
                return BrokeOff;
            while (file.Position < file.Length)
            {
                if (ReadTensor(reader) is not var (name, shape))
                    return BrokeOff;
                if (!expected.Remove(name, out var promised))
                    return "has a tensor that its head does not speak of";
                if (shape != promised)
                    return $"has a head that does not go with its tensor {name}";
            }
            return expected.Count == 0 ? null : BrokeOff;
        }
        catch (EndOfStreamException)
        {
            return BrokeOff;
        }
    }

    private static bool SkipWords(BinaryReader reader, int most)
    {
        var words = reader.ReadInt32();
        if (words < 0 || words > most)
            return false;
        for (; words > 0; words--)
        {
            if (!Skip(reader.BaseStream, reader.ReadUInt32()))
                return false;
        }
        return true;
    }

    private static (string Name, GgmlShape Shape)? ReadTensor(BinaryReader reader)
    {
        var (dimensions, length, type) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        if (dimensions is < 1 or > MostDimensions || length is < 1 or > MostName || BlockOf(type) is not var (values, bytes))
            return null;
        var (sizes, count) = (new int[] { 1, 1, 1 }, 1L);
        for (var i = 0; i < dimensions; i++)
        {
            sizes[i] = reader.ReadInt32();
            if (sizes[i] <= 0 || count > int.MaxValue)
                return null;
            count *= sizes[i];
        }
        var name = Encoding.ASCII.GetString(reader.ReadBytes(length));
        return Skip(reader.BaseStream, count / values * bytes) ? (name, new GgmlShape(sizes[0], sizes[1], sizes[2], type)) : null;
    }

    // The types of ggml.h that models of Whisper come in: how many values one block has, and how many bytes.
    private static (int Values, int Bytes)? BlockOf(int type) => type switch
    {
        0 => (1, 4), // F32
        1 => (1, 2), // F16
        2 => (32, 18), // Q4_0
        3 => (32, 20), // Q4_1
        6 => (32, 22), // Q5_0
        7 => (32, 24), // Q5_1
        8 => (32, 34), // Q8_0
        10 => (256, 84), // Q2_K
        11 => (256, 110), // Q3_K
        12 => (256, 144), // Q4_K
        13 => (256, 176), // Q5_K
        14 => (256, 210), // Q6_K
        _ => null,
    };

    private static bool Skip(Stream file, long bytes)
    {
        if (bytes < 0 || bytes > file.Length - file.Position)
            return false;
        file.Position += bytes;
        return true;
    }
}
