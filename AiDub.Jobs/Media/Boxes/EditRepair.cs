using System.Buffers.Binary;
using System.Text;

namespace AiDub.Jobs.Media.Boxes;

/// <summary>
/// Says in the index of an MP4 or QuickTime file so that demuxers take it as players do: which part of a track goes on to its end, where
/// nothing is shown between two parts, where a track begins of which nothing would be shown at all, and how long the whole is.
/// </summary>
internal static class EditRepair
{
    // What is seen and heard; data that is recorded beside it may go on for longer.
    private static readonly string[] Media = ["vide", "soun", "text", "sbtl", "subt", "clcp"];

    // By how much the length of a whole may differ from that of its longest track, in seconds.
    private const double Rounding = 0.5;

    /// <summary>Mends a file in its place; one that needs nothing, or is of another kind, stays as it is.</summary>
    public static async Task MendAsync(string path, CancellationToken ct)
    {
        if (await BoxFile.IndexAsync(path, ct) is not { } index)
            return;
        byte[] mended = [.. index.Moov];
        Mend(mended);
        if (mended.AsSpan().SequenceEqual(index.Moov))
            return;
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Position = index.At;
        await file.WriteAsync(mended, ct);
    }

    /// <summary>Mends an index; pure.</summary>
    /// <remarks>What fragments last no index knows: there all stays as it is.</remarks>
    public static void Mend(Span<byte> moov)
    {
        if (Box.In(moov, 0, moov.Length) is not [{ Name: "moov" } root, ..]
            || root.Child(moov, "mvex") is not null
            || root.Child(moov, "mvhd") is not { } head)
            return;
        var movie = TrackClock.Of(moov, head);
        var (longest, chapters) = (0.0, Chapters(moov, root));
        foreach (var trak in root.Inside(moov))
        {
            if (trak.Name != "trak" || trak.Child(moov, "mdia") is not { } media)
                continue;
            var shown = Mend(moov, trak, media, movie);
            if (Media.Contains(Handler(moov, media)) && !chapters.Contains(Number(moov, trak)))
                longest = Math.Max(longest, shown);
        }
        if (longest > 0 && movie.Length > longest + (Rounding * movie.Scale))
            TrackClock.Write(moov, head, (long)Math.Ceiling(longest));
    }

    // The tracks that hold nothing but the titles of chapters (8.3.3), which others name.
    private static HashSet<uint> Chapters(ReadOnlySpan<byte> moov, Box root)
    {
        var numbers = new HashSet<uint>();
        foreach (var trak in root.Inside(moov))
        {
            if (trak.Name != "trak" || trak.Child(moov, "tref")?.Child(moov, "chap") is not { } named)
                continue;
            for (var at = named.Body; at + 4 <= named.End; at += 4)
                numbers.Add(BinaryPrimitives.ReadUInt32BigEndian(moov[at..]));
        }
        return numbers;
    }

    private static uint Number(ReadOnlySpan<byte> moov, Box trak) =>
        trak.Child(moov, "tkhd") is { } head && head.End - head.Body >= 24
            ? BinaryPrimitives.ReadUInt32BigEndian(moov[(head.Body + (moov[head.Body] == 1 ? 20 : 12))..])
            : 0;

    private static string Handler(ReadOnlySpan<byte> moov, Box media) =>
        media.Child(moov, "hdlr") is { } handler && handler.End - handler.Body >= 12
            ? Encoding.Latin1.GetString(moov.Slice(handler.Body + 8, 4))
            : "";

    // How long the track is shown, in units of the whole.
    private static double Mend(Span<byte> moov, Box trak, Box media, TrackClock movie)
    {
        var own = TrackClock.Of(moov, media.Child(moov, "mdhd"));
        var length = Math.Max(own.Length, Samples(moov, media));
        var end = length + LargestOffset(moov, media);
        var (edits, shown, hasBegun) = (Edit.In(moov, trak), 0.0, false);
        var isBeyond = length > 0 && edits.All(edit => edit.From < 0 || edit.From >= end);
        foreach (var (i, edit) in edits.Index())
        {
            var mended = edit;
            // A list that shows nothing of what there is was written wrongly.
            if (isBeyond && edit.From >= 0 && !hasBegun)
                mended = edit.Write(moov, edit.Length, 0);
            else if (edit.From < 0 && hasBegun)
                mended = edit.Write(moov, edit.Length, end);
            else if (edit is { Length: 0, From: >= 0 } && i == edits.Count - 1 && !hasBegun && end > edit.From)
                mended = edit.Write(moov, (long)Math.Ceiling((end - edit.From) / own.Scale * movie.Scale), edit.From);
            hasBegun |= edit.From >= 0;
            shown += mended.Length;
        }
        return edits.Count > 0 ? shown : Math.Max(length / own.Scale * movie.Scale, Stated(moov, trak));
    }

    // The sum of all samples' lengths (8.6.1.2): a header may not know it.
    private static long Samples(ReadOnlySpan<byte> moov, Box media)
    {
        if (media.Child(moov, "minf")?.Child(moov, "stbl")?.Child(moov, "stts") is not { } table)
            return 0;
        var sum = 0L;
        for (var at = table.Body + 8; at + 8 <= table.End; at += 8)
            sum += (long)BinaryPrimitives.ReadUInt32BigEndian(moov[at..]) * BinaryPrimitives.ReadUInt32BigEndian(moov[(at + 4)..]);
        return sum;
    }

    // How much later than it is decoded a picture is shown at the most (8.6.1.3).
    private static long LargestOffset(ReadOnlySpan<byte> moov, Box media)
    {
        if (media.Child(moov, "minf")?.Child(moov, "stbl")?.Child(moov, "ctts") is not { } table)
            return 0;
        var largest = 0L;
        for (var at = table.Body + 8; at + 8 <= table.End; at += 8)
            largest = Math.Max(largest, BinaryPrimitives.ReadInt32BigEndian(moov[(at + 4)..]));
        return largest;
    }

    // What the track itself says (8.3.2); all bits: it does not know.
    private static double Stated(ReadOnlySpan<byte> moov, Box trak)
    {
        if (trak.Child(moov, "tkhd") is not { } head || head.End - head.Body < 36)
            return 0;
        if (moov[head.Body] == 1)
            return BinaryPrimitives.ReadInt64BigEndian(moov[(head.Body + 28)..]) is > 0 and < long.MaxValue and var known ? known : 0;
        return BinaryPrimitives.ReadUInt32BigEndian(moov[(head.Body + 20)..]) is < uint.MaxValue and var told ? told : 0;
    }
}
