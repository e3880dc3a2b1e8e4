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
    private const int MostDimensions = 4;
    private const int MostName = 128;

    // What a model of Whisper has: eleven tensors of its own, and for each block of the encoder 15, of the decoder 24.
    private const int Own = 11;
    private const int InEncoderBlock = 15;
    private const int InDecoderBlock = 24;

    /// <summary>Whether every tensor that the head promises is in the file, to its last byte.</summary>
    /// <param name="file">The file.</param>
    /// <param name="head">The thirteen numbers after its first word.</param>
    public static bool AreWhole(Stream file, IReadOnlyList<int> head)
    {
        var expected = Own + (InEncoderBlock * head[4]) + (InDecoderBlock * head[8]);
        using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (!Skip(file, HeadBytes - file.Position + ((long)head[11] * head[12] * sizeof(float))) || !SkipWords(reader, head[0]))
                return false;
            var tensors = 0;
            while (file.Position < file.Length && SkipTensor(reader))
                tensors++;
            return file.Position == file.Length && tensors == expected;
        }
        catch (EndOfStreamException)
        {
            return false;
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

    private static bool SkipTensor(BinaryReader reader)
    {
        var (dimensions, name, type) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        if (dimensions is < 1 or > MostDimensions || name is < 1 or > MostName || BlockOf(type) is not var (values, bytes))
            return false;
        var count = 1L;
        for (; dimensions > 0; dimensions--)
        {
            if (reader.ReadInt32() is > 0 and var size && count < int.MaxValue)
                count *= size;
            else
                return false;
        }
        return Skip(reader.BaseStream, name + (count / values * bytes));
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
