using System.Buffers.Binary;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Finds the links of a chained Ogg (RFC 3533, 4) of sound: streams one after another, each with heads of its own, as recordings of web
/// radio have one for every piece.
/// </summary>
internal sealed class OggLinks
{
    private const int HeadBytes = 27;
    private const int LargestPage = HeadBytes + 255 + (255 * 255);
    private const int ChunkBytes = 1 << 20;
    private const byte Begins = 2;

    private readonly List<OggLink> _links = [];
    private bool _isOther;

    /// <summary>The links in order; none where the file holds anything else than one stream of known sound at a time.</summary>
    public IReadOnlyList<OggLink> Links => _isOther ? [] : _links;

    /// <summary>Reads a file; what is no page in it is passed over.</summary>
    public static async Task<IReadOnlyList<OggLink>> ReadAsync(string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        var (links, chunk, at) = (new OggLinks(), new byte[ChunkBytes], 0L);
        while (!links._isOther)
        {
            file.Position = at;
            var read = await file.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, ct);
            var isLast = read < chunk.Length;
            at += links.AddAll(chunk.AsSpan(0, read), at, isLast);
            if (isLast)
                break;
        }
        return links.Links;
    }

    /// <summary>Takes the pages of a part of a file.</summary>
    /// <param name="bytes">The part.</param>
    /// <param name="offset">Where it begins in the file.</param>
    /// <param name="isLast">Whether nothing follows.</param>
    /// <returns>How many bytes are done with; a page that may go on behind them is not.</returns>
    public int AddAll(ReadOnlySpan<byte> bytes, long offset, bool isLast)
    {
        for (var at = 0; ;)
        {
            var next = bytes[at..].IndexOf("OggS"u8);
            if (next < 0)
                return isLast ? bytes.Length : Math.Max(at, bytes.Length - 3);
            at += next;
            if (!isLast && at + LargestPage > bytes.Length)
                return at;
            if (PageBytes(bytes[at..]) is { } size)
                Add(bytes.Slice(at, size), offset + at);
            at += PageBytes(bytes[at..]) ?? 1;
        }
    }

    // Null for what only looks like a page.
    private static int? PageBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadBytes || bytes[4] != 0 || bytes[5] > 7 || bytes.Length < HeadBytes + bytes[26])
            return null;
        var size = HeadBytes + bytes[26];
        foreach (var lacing in bytes.Slice(HeadBytes, bytes[26]))
            size += lacing;
        return size <= bytes.Length ? size : null;
    }

    private void Add(ReadOnlySpan<byte> page, long at)
    {
        var stream = BinaryPrimitives.ReadUInt32LittleEndian(page[14..]);
        var granule = BinaryPrimitives.ReadInt64LittleEndian(page[6..]);
        var end = at + page.Length;
        if ((page[5] & Begins) != 0)
        {
            // Two that begin together are sound beside something else.
            _isOther |= _links is [.., { HasBegun: false }];
            if (Format(page[(HeadBytes + page[26])..]) is var (channels, rate))
                _links.Add(new OggLink(stream, at, end, channels, rate));
            else
                _isOther = true;
        }
        else if (_links is [.., var link])
        {
            _isOther |= link.Stream != stream;
            _links[^1] = link.With(granule, end);
        }
    }

    // Of Opus (RFC 7845, 5.1), whose clock is 48 kHz whatever it was made of, Vorbis (I, 4.2.2) and FLAC (its mapping to Ogg).
    private static (int Channels, int Rate)? Format(ReadOnlySpan<byte> head)
    {
        var (channels, rate) = head switch
        {
            { Length: >= 19 } when head.StartsWith("OpusHead"u8) => (head[9], 48000),
            { Length: >= 30 } when head.StartsWith("\u0001vorbis"u8) => (head[11], BinaryPrimitives.ReadInt32LittleEndian(head[12..])),
            { Length: >= 51 } when head.StartsWith("\u007fFLAC"u8) =>
                (((head[29] >> 1) & 7) + 1, (int)(BinaryPrimitives.ReadUInt32BigEndian(head[27..]) >> 12)),
            _ => (0, 0),
        };
        return channels is 1 or 2 && rate is >= 8000 and <= 192000 ? (channels, rate) : null;
    }
}

/// <summary>One stream of a chained Ogg.</summary>
/// <param name="Stream">Its serial number.</param>
/// <param name="Start">Where it begins in the file.</param>
/// <param name="End">Where its last page ends.</param>
/// <param name="Channels">1 or 2.</param>
/// <param name="Rate">Samples a second of its clock.</param>
internal sealed record OggLink(uint Stream, long Start, long End, int Channels, int Rate)
{
    private long? First { get; init; }

    private long Last { get; init; }

    private long Step { get; init; }

    /// <summary>Whether a page followed its first.</summary>
    public bool HasBegun { get; init; }

    /// <summary>How long it lasts in seconds, as far as its pages say, and less by its first page; 0 for heads alone.</summary>
    public double Seconds => First is { } first ? Math.Max(0, Last - first) / (double)Rate : 0;

    /// <summary>The longest time from the end of one page to that of the next, in seconds.</summary>
    public double LongestStep => Step / (double)Rate;

    /// <summary>Whether there is any sound in it.</summary>
    public bool IsHeard => Last > 0;

    /// <summary>With one page more, at whose end so many samples were heard; −1 or 0 says nothing.</summary>
    internal OggLink With(long granule, long end) => granule > 0
        ? this with
        {
            First = First ?? granule,
            Last = Math.Max(Last, granule),
            Step = First is null ? 0 : Math.Max(Step, granule - Last),
            End = end,
            HasBegun = true,
        }
        : this with { End = end, HasBegun = true };
}
