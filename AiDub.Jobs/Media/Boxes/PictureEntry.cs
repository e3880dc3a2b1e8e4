using System.Buffers.Binary;
using System.Text;

namespace AiDub.Jobs.Media.Boxes;

/// <summary>
/// What the index of an MP4 or QuickTime file says of one picture: its sample entry with the boxes beside the codec's own, and its title;
/// pure.
/// </summary>
internal sealed class PictureEntry
{
    // A visual sample entry's own fields, after which its boxes come (ISO/IEC 14496-12, 12.1.3).
    private const int VisualBytes = 78;
    private const int LongestTitle = 200;
    private const int ChunkBytes = 12;
    private readonly IReadOnlyList<Box> _path;
    private readonly IReadOnlyList<Box> _boxes;

    private PictureEntry(IReadOnlyList<Box> path, IReadOnlyList<Box> boxes, string? title) => (_path, _boxes, Title) = (path, boxes, title);

    /// <summary>The sample entry's name, such as <c>hvc1</c>.</summary>
    public string Name => _path[^1].Name;

    /// <summary>Where that name stands in the index.</summary>
    public int NameAt => _path[^1].Start + 4;

    /// <summary>The title of the track; null when it has none.</summary>
    public string? Title { get; }

    /// <summary>
    /// Whether the track has further sample entries that say otherwise, as joined recordings have: muxers write the first one for all of
    /// them.
    /// </summary>
    public bool IsOneOfSeveral { get; private init; }

    /// <summary>Whether any of its samples are encrypted (ISO/IEC 14496-12, 8.12): they are of another name than their codec's.</summary>
    public bool IsEncrypted { get; private init; }

    /// <summary>Which parts of the track are shown.</summary>
    public EditList Edits { get; private init; }

    /// <summary>The boxes in the sample entry by name.</summary>
    public IReadOnlyList<Box> Boxes => _boxes;

    /// <summary>Finds a picture in an index.</summary>
    /// <param name="moov">The index, with its head.</param>
    /// <param name="track">The track's number; null: the first picture's.</param>
    /// <returns>The entry, or null when there is none.</returns>
    public static PictureEntry? Find(ReadOnlySpan<byte> moov, int? track = null)
    {
        foreach (var root in Box.In(moov, 0, moov.Length).Where(b => b.Name == "moov"))
        {
            foreach (var trak in root.Inside(moov))
            {
                if (trak.Name == "trak"
                    && trak.Child(moov, "mdia") is { } media
                    && IsMeant(moov, trak, media, track)
                    && Entry(moov, root, trak, media) is { } found)
                    return found;
            }
        }
        return null;
    }

    /// <summary>The index with further boxes in this sample entry.</summary>
    /// <param name="moov">The index that it was found in.</param>
    /// <param name="boxes">What is put in.</param>
    /// <param name="movesMedia">Whether what the index points at lies behind it in the file, so that it moves.</param>
    /// <returns>The index; null when an offset would not fit any more.</returns>
    public byte[]? With(ReadOnlySpan<byte> moov, ReadOnlySpan<byte> boxes, bool movesMedia)
    {
        var at = _path[^1].End;
        byte[] changed = [.. moov[..at], .. boxes, .. moov[at..]];
        foreach (var outer in _path)
            BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(outer.Start), outer.End - outer.Start + boxes.Length);
        return !movesMedia || ChunkOffsets.Move(changed, boxes.Length) ? changed : null;
    }

    private static bool IsMeant(ReadOnlySpan<byte> moov, Box trak, Box media, int? track)
    {
        if (track is null)
            return media.Child(moov, "hdlr") is { } handler
                && handler.End - handler.Body >= 12
                && moov.Slice(handler.Body + 8, 4).SequenceEqual("vide"u8);
        if (trak.Child(moov, "tkhd") is not { } head)
            return false;
        var at = head.Body + (moov[head.Body] == 1 ? 20 : 12);
        return at + 4 <= head.End && BinaryPrimitives.ReadInt32BigEndian(moov[at..]) == track;
    }

    private static PictureEntry? Entry(ReadOnlySpan<byte> moov, Box root, Box trak, Box media)
    {
        if (media.Child(moov, "minf") is not { } information
            || information.Child(moov, "stbl") is not { } table
            || table.Child(moov, "stsd") is not { } descriptions)
            return null;

        var entries = Box.In(moov, Math.Min(descriptions.Body + 8, descriptions.End), descriptions.End);
        if (entries.Count == 0 || entries[0].End - entries[0].Body < VisualBytes)
            return null;
        return new PictureEntry(
            [root, trak, media, information, table, descriptions, entries[0]],
            Box.In(moov, entries[0].Body + VisualBytes, entries[0].End), TitleOf(moov, trak))
        {
            IsOneOfSeveral = Differ(moov, entries) && table.Child(moov, "stsc") is { } chunks && UsesOthers(moov[chunks.Body..chunks.End]),
            IsEncrypted = entries.Any(e => e.Name == "encv"),
            Edits = EditList.Of(moov, root, trak, media),
        };
    }

    private static bool Differ(ReadOnlySpan<byte> moov, IReadOnlyList<Box> entries)
    {
        foreach (var entry in entries)
        {
            if (!moov[entry.Start..entry.End].SequenceEqual(moov[entries[0].Start..entries[0].End]))
                return true;
        }
        return false;
    }

    // Chunks of samples, each with the number of its entry (ISO/IEC 14496-12, 8.7.4); fragments say it themselves.
    private static bool UsesOthers(ReadOnlySpan<byte> chunks)
    {
        if (chunks.Length < 8 + ChunkBytes)
            return true;
        for (chunks = chunks[8..]; chunks.Length >= ChunkBytes; chunks = chunks[ChunkBytes..])
        {
            if (BinaryPrimitives.ReadInt32BigEndian(chunks[8..]) != 1)
                return true;
        }
        return false;
    }

    private static string? TitleOf(ReadOnlySpan<byte> moov, Box trak) =>
        trak.Child(moov, "udta") is { } data && data.Child(moov, "name") is { } name && name.End - name.Body is > 0 and <= LongestTitle
        && Encoding.UTF8.GetString(moov[name.Body..name.End]).TrimEnd('\0') is { Length: > 0 } title && !title.Any(char.IsControl)
            ? title
            : null;
}
