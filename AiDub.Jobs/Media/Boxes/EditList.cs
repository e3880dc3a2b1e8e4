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
        var (movie, own) = (TrackClock.Of(moov, root.Child(moov, "mvhd")), TrackClock.Of(moov, media.Child(moov, "mdhd")));
        var (parts, end, isApart) = (0, 0.0, true);
        foreach (var edit in Edit.In(moov, trak))
        {
            var (seconds, from) = (edit.Length / movie.Scale, edit.From / own.Scale);
            if (edit.From < 0 || (own.Length > 0 && edit.From >= own.Length))
            {
                // Nothing is shown for a while; at the beginning it is a track that comes late.
                isApart |= seconds > JointSeconds;
                continue;
            }
            if (isApart || Math.Abs(from - end) > JointSeconds)
                parts++;
            isApart = false;

            // In a file of fragments one without a length goes on to the end.
            end = seconds > 0 ? from + seconds : double.PositiveInfinity;
        }
        return new EditList(parts, parts > 0 && end < (own.Length / own.Scale) - LeastSeconds);
    }
}
