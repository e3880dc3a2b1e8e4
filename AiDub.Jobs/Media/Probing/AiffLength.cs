using System.Buffers.Binary;
using System.Text;

namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// Says in the head of an AIFF or AIFF-C file how much sound there is, where it says less, as a recorder leaves it that lost its power, or
/// nothing, as what is written into a pipe does: in the size of the file, in that of its sound and in the number of its frames, of which
/// demuxers believe the least.
/// </summary>
internal static class AiffLength
{
    private const int ChunkHead = 8;

    // Before its samples the sound's chunk says from where in it they are, and how they are laid in blocks.
    private const int SoundHead = 8;

    // Between these is what SoX states as the size of what it writes into a pipe.
    private const uint Piped = 0x7F000000;
    private const uint PipedEnd = Piped + 0x100;

    // What stands before the sound is a handful of chunks.
    private const int MostChunks = 64;

    // Of the format's chunk: channels, frames, bits, and the rate in ten bytes; AIFF-C says how it is coded behind that.
    private const int FramesAt = 2;
    private const int BitsAt = 6;
    private const int RateAt = 8;
    private const int CodingAt = 18;

    // An exponent of ten bytes' float counts from here, its mantissa has the bit of the whole at the top (IEEE 754 extended).
    private const int ExponentOfOne = 16383;

    private static readonly HashSet<string> OfSamples =
        ["NONE", "twos", "sowt", "raw ", "in24", "in32", "23ni", "42ni", "fl32", "FL32", "fl64", "FL64"];

    private static readonly HashSet<string> OfBytes = ["ulaw", "ULAW", "alaw", "ALAW"];

    /// <summary>Mends a file in its place; one that needs nothing, or is of another kind, stays as it is.</summary>
    public static async Task MendAsync(string path, CancellationToken ct)
    {
        Lengths? lengths;
        await using (var read = File.OpenRead(path))
            lengths = await LengthsAsync(read, ct);
        if (lengths is not { } found)
            return;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        await WriteAsync(file, found.FramesAt, found.Frames, ct);
        if (found.SoundAt is not { } sound)
            return;
        await WriteAsync(file, 4, file.Length - ChunkHead, ct);
        await WriteAsync(file, sound - 4, file.Length - sound, ct);
    }

    private static async Task<Lengths?> LengthsAsync(FileStream file, CancellationToken ct)
    {
        var head = await SoundBehind.ReadAsync(file, 0, 12, ct);
        if (head.Length < 12 || !head.AsSpan(0, 4).SequenceEqual("FORM"u8)
            || !(head.AsSpan(8).SequenceEqual("AIFF"u8) || head.AsSpan(8).SequenceEqual("AIFC"u8)))
            return null;
        var (isCoded, end) = (head[^1] == 'C', ChunkHead + (long)BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4)));
        var (at, format) = (12L, (Format?)null);
        for (var i = 0; i < MostChunks; i++)
        {
            var chunk = await SoundBehind.ReadAsync(file, at, ChunkHead + CodingAt + 4, ct);
            if (chunk.Length < ChunkHead + CodingAt + 4)
                return null;
            var size = BinaryPrimitives.ReadUInt32BigEndian(chunk.AsSpan(4));
            at += ChunkHead;
            if (chunk.AsSpan(0, 4).SequenceEqual("COMM"u8))
                format = FormatOf(chunk.AsSpan(ChunkHead), at + FramesAt, isCoded);
            else if (chunk.AsSpan(0, 4).SequenceEqual("SSND"u8))
                return format is { } known ? await OfSoundAsync(file, known, at, size, end, ct) : null;
            at += size + (size & 1);
        }
        return null;
    }

    private static async Task<Lengths?> OfSoundAsync(
        FileStream file, Format format, long at, uint size, long end, CancellationToken ct)
    {
        var first = at + SoundHead + BinaryPrimitives.ReadUInt32BigEndian(await SoundBehind.ReadAsync(file, at, 4, ct));
        var second = (uint)Math.Min(format.Rate * format.FrameBytes, uint.MaxValue);
        if (size is <= SoundHead or (>= Piped and < PipedEnd)
            ? await SoundBehind.IsUnnamedAsync(file, first, ct)
            // Where the head knows all of the file, what follows the sound is what it says.
            : end != file.Length && await SoundBehind.IsThereAsync(file, Math.Max(first, at + size), second, ct))
            return new Lengths(format.FramesAt, (file.Length - first) / format.FrameBytes, at);
        var frames = (Math.Min(file.Length, at + size) - first) / format.FrameBytes;
        var counted = first + ((long)format.Frames * format.FrameBytes);
        return frames - format.Frames >= format.Rate && await SoundBehind.IsThereAsync(file, counted, second, ct)
            ? new Lengths(format.FramesAt, frames, null)
            : null;
    }

    private static Format? FormatOf(ReadOnlySpan<byte> chunk, long framesAt, bool isCoded)
    {
        var (channels, bits) = (BinaryPrimitives.ReadUInt16BigEndian(chunk), BinaryPrimitives.ReadUInt16BigEndian(chunk[BitsAt..]));
        var coding = isCoded ? Encoding.Latin1.GetString(chunk.Slice(CodingAt, 4)) : "NONE";
        var sample = OfSamples.Contains(coding) ? (bits + 7) / 8 : OfBytes.Contains(coding) ? 1 : 0;
        var exponent = BinaryPrimitives.ReadUInt16BigEndian(chunk[RateAt..]) - ExponentOfOne;
        var mantissa = BinaryPrimitives.ReadUInt32BigEndian(chunk[(RateAt + 2)..]);
        return channels * sample > 0 && exponent is >= 0 and < 31
            ? new Format(framesAt, BinaryPrimitives.ReadUInt32BigEndian(chunk[FramesAt..]), channels * sample, mantissa >> (31 - exponent))
            : null;
    }

    private static async Task WriteAsync(FileStream file, long at, long number, CancellationToken ct)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)Math.Min(number, uint.MaxValue));
        file.Position = at;
        await file.WriteAsync(bytes, ct);
    }

    private readonly record struct Format(long FramesAt, uint Frames, int FrameBytes, uint Rate);

    // How many frames there are, and where the sound's chunk goes on behind its head when it is longer than it says.
    private readonly record struct Lengths(long FramesAt, long Frames, long? SoundAt);
}
