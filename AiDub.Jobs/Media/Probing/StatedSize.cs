using System.Buffers.Binary;
using AiDub.Jobs.Media.Boxes;

namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// How many bytes a file has and says that it has, as far as its container says so: MP4 and QuickTime by their boxes, Matroska by its
/// segment, AVI and WAV by RIFF, Core Audio by its chunks, the others by the <see cref="StatedHeads">heads</see> that state it.
/// </summary>
/// <param name="Bytes">How many there are.</param>
/// <param name="Stated">How many it says that there are; null when it does not say.</param>
/// <param name="LacksIndex">Whether it is an MP4 or QuickTime file whose index, which may come last, is not there as a whole.</param>
internal readonly record struct StatedSize(long Bytes, long? Stated, bool LacksIndex)
{
    /// <summary>How many seconds the head of an AVI, of its picture, or of a Windows Media file counts; null for others.</summary>
    public double? Seconds { get; private init; }

    private const int HeadBytes = 4096;

    // What recorders write that do not know yet how long they will go on.
    private const uint Endless = 0x7FFF0000;

    /// <summary>Whether it ends before it says that it does.</summary>
    public bool IsShort => Stated > Bytes || LacksIndex;

    /// <summary>Whether it is known to have all that it says that it has.</summary>
    public bool IsWhole => Stated is not null && !IsShort;

    /// <summary>How many times as long it says that it is.</summary>
    public double Ratio => Stated is { } stated && Bytes > 0 ? (double)stated / Bytes : 1;

    /// <summary>Looks at a file.</summary>
    public static async Task<StatedSize> OfAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[HeadBytes];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        if (EbmlHead.SegmentEnd(head.AsSpan(0, read)) is { } segment)
            return new StatedSize(file.Length, segment, false);
        if (head.AsSpan(0, 4).SequenceEqual("RIFF"u8))
            return new StatedSize(file.Length, await RiffEndAsync(file, ct), false) { Seconds = AviSeconds(head.AsSpan(0, read)) };
        if (head.AsSpan(0, 4).SequenceEqual("caff"u8))
            return new StatedSize(file.Length, await CoreAudioEndAsync(file, ct), false);
        if (StatedHeads.End(head.AsSpan(0, read)) is { } end)
            return new StatedSize(file.Length, end, false) { Seconds = StatedHeads.AsfSeconds(head.AsSpan(0, read)) };
        return head.AsSpan(4, 4) is var first
            && (first.SequenceEqual("ftyp"u8)
                || first.SequenceEqual("moov"u8)
                || first.SequenceEqual("mdat"u8)
                || first.SequenceEqual("wide"u8))
            ? OfBoxes(await BoxFile.TopAsync(file, ct), file.Length)
            : new StatedSize(file.Length, null, false);
    }

    // Still images have an index of another name.
    private static StatedSize OfBoxes(IReadOnlyList<(string Name, long At, long Size)> boxes, long bytes)
    {
        var end = boxes.Count == 0 ? 0 : boxes[^1].At + boxes[^1].Size;
        var lacksIndex = boxes.All(b => b.Name is not ("moof" or "meta") && !(b.Name == "moov" && b.At + b.Size <= bytes))
            && boxes.Any(b => b.Name is "mdat" or "moov");
        return new StatedSize(bytes, end, lacksIndex);
    }

    // The main header comes first: how long a frame is, and how many there are.
    private static double? AviSeconds(ReadOnlySpan<byte> head) =>
        head.Length >= 52 && head[8..12].SequenceEqual("AVI "u8) && head[24..28].SequenceEqual("avih"u8)
            ? BinaryPrimitives.ReadUInt32LittleEndian(head[32..]) / 1e6 * BinaryPrimitives.ReadUInt32LittleEndian(head[48..])
            : null;

    // The sound is the chunk that is large; what follows it, such as the table of its packets, is not known.
    private static async Task<long?> CoreAudioEndAsync(FileStream file, CancellationToken ct)
    {
        var (at, head) = (8L, new byte[12]);
        for (var chunks = 0; at + head.Length <= file.Length && chunks < BoxFile.MostBoxes; chunks++)
        {
            file.Position = at;
            await file.ReadExactlyAsync(head, ct);
            if (BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(4)) is not (>= 0 and < long.MaxValue / 2 and var size))
                break;
            at += head.Length + size;
            if (head.AsSpan(0, 4).SequenceEqual("data"u8))
                return at;
        }
        return null;
    }

    private static async Task<long?> RiffEndAsync(FileStream file, CancellationToken ct)
    {
        var (at, head) = (0L, new byte[8]);
        while (at + head.Length <= file.Length)
        {
            file.Position = at;
            await file.ReadExactlyAsync(head, ct);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            if (!head.AsSpan(0, 4).SequenceEqual("RIFF"u8))
                break;
            if (size is 0 or >= Endless)
                return null;
            at += head.Length + size + (size & 1);
        }

        // The last byte that makes an odd length even is often left out.
        return at == file.Length + 1 ? file.Length : at;
    }
}
