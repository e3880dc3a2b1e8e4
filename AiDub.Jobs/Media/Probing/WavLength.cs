using System.Buffers.Binary;

namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// Says in the head of a WAV file how much sound there is, where it says less: recorders that lost their power leave the length of a moment
/// before, and of more than 4 GB the 32 bits of a length keep what is left over. Demuxers take the head's word and leave out the rest.
/// </summary>
internal static class WavLength
{
    private const int ChunkHead = 8;

    // What stands before the sound is a handful of chunks.
    private const int MostChunks = 64;

    // In a format's chunk, after its head: how many bytes a second has.
    private const int BytesASecond = 8;

    // A length of which demuxers know that it cannot be said.
    private const uint Endless = uint.MaxValue;

    /// <summary>Mends a file in its place; one that needs nothing, or is of another kind, stays as it is.</summary>
    public static async Task MendAsync(string path, CancellationToken ct)
    {
        long? sound;
        await using (var read = File.OpenRead(path))
            sound = await SoundThatGoesOnAsync(read, ct);
        if (sound is not { } start)
            return;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        await WriteAsync(file, 4, file.Length - ChunkHead, ct);
        await WriteAsync(file, start - 4, file.Length - start, ct);
    }

    // Where the sound begins, when it goes on behind the end that is stated.
    private static async Task<long?> SoundThatGoesOnAsync(FileStream file, CancellationToken ct)
    {
        var head = await SoundBehind.ReadAsync(file, 0, 12, ct);
        if (head.Length < 12 || !head.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !head.AsSpan(8).SequenceEqual("WAVE"u8))
            return null;
        var (at, second) = (12L, (uint?)null);
        for (var i = 0; i < MostChunks; i++)
        {
            var chunk = await SoundBehind.ReadAsync(file, at, ChunkHead + BytesASecond + 4, ct);
            if (chunk.Length < ChunkHead)
                return null;
            var size = BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(4));
            if (chunk.AsSpan(0, 4).SequenceEqual("fmt "u8) && chunk.Length == ChunkHead + BytesASecond + 4)
                second = BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(ChunkHead + BytesASecond));
            at += ChunkHead;
            if (chunk.AsSpan(0, 4).SequenceEqual("data"u8))
            {
                return size is not (0 or Endless) && second is { } bytes && await SoundBehind.IsThereAsync(file, at + size, bytes, ct)
                    ? at
                    : null;
            }
            at += size + (size & 1);
        }
        return null;
    }

    private static async Task WriteAsync(FileStream file, long at, long length, CancellationToken ct)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Math.Min(length, Endless));
        file.Position = at;
        await file.WriteAsync(bytes, ct);
    }
}
