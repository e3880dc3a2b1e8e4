using System.Buffers.Binary;

namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// Says in the head of a Wave64 file how much sound there is, where it says less, as a recorder leaves it that lost its power, or nothing,
/// as what is written into a pipe does: demuxers refuse that.
/// </summary>
internal static class Wave64Length
{
    // The head of the file and of each chunk: a name of 16 bytes, and a size that counts both.
    private const int ChunkHead = 24;
    private const int SizeAt = 16;
    private const int FirstChunk = 40;

    // What stands before the sound is a handful of chunks.
    private const int MostChunks = 64;

    // In a format's chunk, after its head: how many bytes a second has.
    private const int BytesASecond = 8;

    // Chunks begin at multiples of it.
    private const int Aligned = 8;

    // What most names end with, also of those that begin with no letters, as that of a list of markers.
    private static readonly byte[] NameEnd = [0x00, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A];
    private const int NameEndAt = 10;

    /// <summary>Mends a file in its place; one that needs nothing, or is of another kind, stays as it is.</summary>
    public static async Task MendAsync(string path, CancellationToken ct)
    {
        long? sound;
        await using (var read = File.OpenRead(path))
            sound = await SoundThatGoesOnAsync(read, ct);
        if (sound is not { } start)
            return;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        await WriteAsync(file, SizeAt, file.Length, ct);
        await WriteAsync(file, start - ChunkHead + SizeAt, file.Length - start + ChunkHead, ct);
    }

    // Where the sound begins, when it goes on behind the end that is stated.
    private static async Task<long?> SoundThatGoesOnAsync(FileStream file, CancellationToken ct)
    {
        var head = await SoundBehind.ReadAsync(file, 0, FirstChunk, ct);
        if (head.Length < FirstChunk || !head.AsSpan().StartsWith(StatedHeads.Wave64))
            return null;
        var (at, second) = ((long)FirstChunk, (uint?)null);
        for (var i = 0; i < MostChunks; i++)
        {
            var chunk = await SoundBehind.ReadAsync(file, at, ChunkHead + BytesASecond + 4, ct);
            if (chunk.Length < ChunkHead + BytesASecond + 4)
                return null;
            var size = BinaryPrimitives.ReadInt64LittleEndian(chunk.AsSpan(SizeAt));
            var isKnown = size is > ChunkHead and < long.MaxValue / 2;
            if (chunk.AsSpan(0, 4).SequenceEqual("data"u8))
            {
                if (!isKnown)
                    return at + ChunkHead;
                // Where the head knows all of the file, what follows the sound is what it says.
                var next = NextOf(at, size);
                return BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(SizeAt)) != file.Length && second is { } bytes
                    && !(await SoundBehind.ReadAsync(file, next + NameEndAt, NameEnd.Length, ct)).SequenceEqual(NameEnd)
                    && await SoundBehind.IsThereAsync(file, next, bytes, ct)
                        ? at + ChunkHead
                        : null;
            }
            if (!isKnown)
                return null;
            if (chunk.AsSpan(0, 4).SequenceEqual("fmt "u8))
                second = BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(ChunkHead + BytesASecond));
            at = NextOf(at, size);
        }
        return null;
    }

    private static long NextOf(long at, long size) => at + ((size + Aligned - 1) / Aligned * Aligned);

    private static async Task WriteAsync(FileStream file, long at, long length, CancellationToken ct)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        file.Position = at;
        await file.WriteAsync(bytes, ct);
    }
}
