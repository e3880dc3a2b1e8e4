using System.Buffers.Binary;

namespace AiDub.Jobs.Media.Boxes;

/// <summary>Which parts of a track's media a player shows (ISO/IEC 14496-12, 8.6.6); pure.</summary>
/// <param name="Parts">
/// How many parts of it are shown with something left out, or nothing shown, between; 0: the track does not say, all of it is.
/// </param>
/// <param name="LeavesEndOut">Whether the last of them ends before the media does.</param>
internal readonly record struct EditList(int Parts, bool LeavesEndOut)
{
    // Less is what a last picture or a block of sound is longer than the others.
    private const double LeastSeconds = 0.25;

    // Parts that follow each other within less are one, as of a recording that was split and not cut.
    private const double JointSeconds = 0.02;

    /// <summary>Reads that of a track.</summary>
    /// <param name="moov">The index, with its head.</param>
    /// <param name="root">The box of the index.</param>
    /// <param name="trak">The track.</param>
    /// <param name="media">Its media.</param>
    public static EditList Of(ReadOnlySpan<byte> moov, Box root, Box trak, Box media)
    {
        if (trak.Child(moov, "edts") is not { } edits || edits.Child(moov, "elst") is not { } list || list.End - list.Body < 8)
            return default;
        var isLong = moov[list.Body] == 1;
        var (length, parts, end, isApart) = (isLong ? 20 : 12, 0, 0.0, true);
        var (movie, own) = (Clock(moov, root.Child(moov, "mvhd")), Clock(moov, media.Child(moov, "mdhd")));
        for (var rest = moov[(list.Body + 8)..list.End]; rest.Length >= length; rest = rest[length..])
        {
            var (seconds, from) = isLong
                ? (BinaryPrimitives.ReadInt64BigEndian(rest) / movie.Scale, BinaryPrimitives.ReadInt64BigEndian(rest[8..]))
                : (BinaryPrimitives.ReadUInt32BigEndian(rest) / movie.Scale, BinaryPrimitives.ReadInt32BigEndian(rest[4..]));
            if (from < 0)
            {
                // Nothing is shown for a while; at the beginning it is a track that comes late.
                isApart |= seconds > JointSeconds;
                continue;
            }
            if (isApart || Math.Abs((from / own.Scale) - end) > JointSeconds)
                parts++;
            isApart = false;

            // In a file of fragments one without a length goes on to the end.
            end = seconds > 0 ? (from / own.Scale) + seconds : double.PositiveInfinity;
        }
        return new EditList(parts, parts > 0 && end < (own.Length / own.Scale) - LeastSeconds);
    }

    // Units a second, and how many of them it lasts (8.2.2, 8.4.2).
    private static (double Scale, double Length) Clock(ReadOnlySpan<byte> moov, Box? head)
    {
        if (head is not { } box || box.End - box.Body < 20 || (moov[box.Body] == 1 && box.End - box.Body < 32))
            return (1, 0);
        var body = moov[box.Body..box.End];
        var (scale, length) = body[0] == 1
            ? (BinaryPrimitives.ReadUInt32BigEndian(body[20..]), BinaryPrimitives.ReadInt64BigEndian(body[24..]))
            : (BinaryPrimitives.ReadUInt32BigEndian(body[12..]), BinaryPrimitives.ReadUInt32BigEndian(body[16..]));
        return (Math.Max(1u, scale), length);
    }
}
