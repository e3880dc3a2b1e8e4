namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// Whether the sequence parameter sets of H.264 and HEVC in an MP4, QuickTime or Matroska file differ, as where recordings of other sizes
/// were joined or a call was recorded: looked for in its bytes, for most have none but that of their index.
/// </summary>
internal static class ParameterSets
{
    private const int BlockBytes = 1 << 20;

    // A set is hardly longer; of longer ones the length has another first byte than what is looked for.
    private const int MostBytes = 255;

    // Before a set stand what is looked for, in an index (of HEVC) at most these.
    private const int HeadBytes = 5;

    /// <summary>Looks through a file.</summary>
    public static async Task<bool> DifferAsync(string path, string codec, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var (bytes, kept, first) = (new byte[BlockBytes], 0, (byte[]?)null);
        while (await file.ReadAtLeastAsync(bytes.AsMemory(kept), bytes.Length - kept, throwOnEndOfStream: false, ct) is var read and > 0)
        {
            var length = kept + read;
            if (Differ(bytes.AsSpan(0, length), codec, ref first))
                return true;

            // A set that the end of a block cuts is found in the next one.
            kept = Math.Min(length, HeadBytes + MostBytes);
            bytes.AsSpan(length - kept, kept).CopyTo(bytes);
        }
        return false;
    }

    // A sample begins its parts with their lengths, of four bytes; an index has two, behind how long those are and how many sets there are
    // (ISO/IEC 14496-15, 5.3.3.1), or behind their kind and number (8.3.3.1).
    private static bool Differ(ReadOnlySpan<byte> bytes, string codec, ref byte[]? first)
    {
        var isHevc = codec == "hevc";
        ReadOnlySpan<byte> inside = [0, 0, 0], index = isHevc ? [0, 1, 0] : [0xFF, 0xE1, 0];
        return Differ(bytes, index, isHevc, ref first) || Differ(bytes, inside, isHevc, ref first);
    }

    private static bool Differ(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> before, bool isHevc, ref byte[]? first)
    {
        while (bytes.IndexOf(before) is >= 0 and var at)
        {
            bytes = bytes[at..];
            if (bytes.Length <= before.Length)
                return false;
            var length = bytes[before.Length];
            var set = bytes[(before.Length + 1)..];
            if (length > 4 && set.Length >= length && Is(set, isHevc))
            {
                first ??= set[..length].ToArray();
                if (!set[..length].SequenceEqual(first))
                    return true;
            }

            // Of a run of zeros the last ones alone may be the beginning of a length; where it goes on, the next block has them.
            bytes = length == 0 && set.IndexOfAnyExcept((byte)0) is var end ? bytes[(end < 0 ? bytes.Length : end + 1)..] : bytes[1..];
        }
        return false;
    }

    // What kind of part it is, and of H.264 a profile that there is.
    private static bool Is(ReadOnlySpan<byte> set, bool isHevc) => isHevc
        ? set is [0x42, 0x01, ..]
        : set is [0x27 or 0x47 or 0x67, 66 or 77 or 88 or 100 or 110 or 122 or 244, ..];
}
