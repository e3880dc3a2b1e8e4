namespace AiDub.Jobs.Media.Probing;

/// <summary>Whether the sound of a file of chunks goes on behind the end that its head states.</summary>
internal static class SoundBehind
{
    // Devices fill up what they keep room for: what begins with so many bytes of nothing is no sound.
    private const int Filling = 64 * 1024;

    // Pictures of albums that programs put behind the file.
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF];
    private static readonly byte[] Png = [0x89, .. "PNG"u8];

    /// <summary>Whether sound follows, and neither a chunk nor a tag nor a picture nor a further file nor what a device fills its room up
    /// with.</summary>
    /// <remarks>Those begin with letters, but for pictures; the byte that makes an odd length even may be left out.</remarks>
    /// <param name="file">The file.</param>
    /// <param name="end">Where its sound ends by its head.</param>
    /// <param name="second">How many bytes a second of it has: less is no sound that anybody misses.</param>
    /// <param name="ct">Ends the look.</param>
    public static async Task<bool> IsThereAsync(FileStream file, long end, uint second, CancellationToken ct)
    {
        if (file.Length - end < Math.Max(second, Filling))
            return false;
        var next = await ReadAsync(file, end, Filling, ct);
        return next.AsSpan().ContainsAnyExcept((byte)0) && !IsNamed(next) && !IsNamed(next.AsSpan(1));
    }

    /// <summary>Whether there is anything at a place of a file, and neither a chunk nor a tag nor a further file.</summary>
    public static async Task<bool> IsUnnamedAsync(FileStream file, long at, CancellationToken ct) =>
        await ReadAsync(file, at, 4, ct) is { Length: 4 } next && !IsNamed(next);

    /// <summary>A part of a file; shorter where it ends.</summary>
    public static async Task<byte[]> ReadAsync(FileStream file, long at, int length, CancellationToken ct)
    {
        file.Position = at;
        var bytes = new byte[length];
        var read = await file.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, ct);
        return bytes[..read];
    }

    private static bool IsNamed(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("ID3"u8) || bytes.StartsWith(Jpeg) || bytes.StartsWith(Png)
        || !bytes[..4].ContainsAnyExceptInRange((byte)' ', (byte)'~');
}
