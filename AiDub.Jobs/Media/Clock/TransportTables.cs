using System.Buffers.Binary;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Finds where the tables of an MPEG transport stream (ISO/IEC 13818-1, 2.4.4) begin to tell of another sound or picture: another codec
/// under the same number, which no demuxer notices, or one that goes on under another number. AAC says its rate in every packet, and where
/// that changes, demuxers go on counting by the first one.
/// </summary>
internal sealed class TransportTables
{
    private const int PacketBytes = 188;
    private const int DiscBytes = 4;
    private const int ChunkBytes = 1 << 20;
    private const byte Sync = 0x47;

    // More than anybody lays anew: what is made to change without end is not counted.
    private const int MostChanges = 128;
    private readonly HashSet<int> _tables = [];
    private readonly Dictionary<int, string> _sounds = [];
    private readonly Dictionary<int, string> _pictures = [];
    private readonly Dictionary<int, AdtsRate> _rates = [];
    private readonly List<(long After, long At)> _changes = [];
    private bool _isOfSound;
    private bool _isOfPicture;
    private long _lastDirectory;

    /// <summary>Where something else begins to hold, as offsets in the file, in order; there is something before each.</summary>
    public TransportChanges Changes => new([.. _changes.Select(c => c.At).Where(at => at > 0).Order()], _isOfSound, _isOfPicture);

    /// <summary>Reads a file of packets of 188 bytes, or of 192 as disc recorders write them; empty when it is neither.</summary>
    /// <remarks>
    /// A file may begin within a packet, and where recordings were joined one may end within a packet: the next whole one is looked for.
    /// </remarks>
    public static async Task<TransportChanges> ChangesAsync(string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, useAsync: true);
        var chunk = new byte[ChunkBytes];
        var read = await file.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, ct);
        if (Spacing(chunk.AsSpan(0, read)) is not { } size)
            return new TransportChanges([], false, false);
        var (tables, at) = (new TransportTables(), 0L);
        while (read >= PacketBytes)
        {
            at += tables.AddAll(chunk.AsSpan(0, read), size, at);
            file.Position = at;
            read = await file.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, ct);
        }
        return tables.Changes;
    }

    // How far packets begin from one another.
    private static int? Spacing(ReadOnlySpan<byte> head)
    {
        for (var at = 0; at < PacketBytes + DiscBytes; at++)
        {
            foreach (var size in new[] { PacketBytes, PacketBytes + DiscBytes })
            {
                if (at + (2 * size) < head.Length && head[at] == Sync && head[at + size] == Sync && head[at + (2 * size)] == Sync)
                    return size;
            }
        }
        return null;
    }

    // Takes the whole packets, and says how far that was.
    private int AddAll(ReadOnlySpan<byte> bytes, int size, long offset)
    {
        var at = 0;
        while (at + PacketBytes <= bytes.Length)
        {
            var isPacket = bytes[at] == Sync && (at + size >= bytes.Length || bytes[at + size] == Sync);
            if (isPacket)
                Add(bytes.Slice(at, PacketBytes), Math.Max(0, offset + at - (size - PacketBytes)));
            at += isPacket ? Math.Min(size, bytes.Length - at) : 1;
        }
        return at;
    }

    /// <summary>Takes the packet at an offset.</summary>
    public void Add(ReadOnlySpan<byte> packet, long offset)
    {
        if (packet[0] != Sync || (packet[1] & 0xC0) != 0x40 || (packet[3] & 0x10) == 0)
            return;
        var pid = ((packet[1] & 0x1F) << 8) | packet[2];
        var payload = packet[((packet[3] & 0x20) == 0 ? 4 : Math.Min(PacketBytes, 5 + packet[4]))..];
        if (_rates.TryGetValue(pid, out var rate) && rate.Take(payload, _lastDirectory) is var (after, until))
            Note(after, until, isSound: true);
        if (pid != 0 && !_tables.Contains(pid))
            return;
        if (payload.Length < 1 || payload.Length < 1 + payload[0] + 8)
            return;
        var section = payload[(1 + payload[0])..];
        var whole = 3 + (BinaryPrimitives.ReadUInt16BigEndian(section[1..]) & 0xFFF);
        var length = Math.Min(section.Length, whole) - 4;
        // One that goes on in the next packet is taken as far as it is here; one that was damaged on the way tells of nothing.
        if (length < 8 || (whole <= section.Length && Crc(section[..whole]) != 0))
            return;
        if (pid == 0 && section[0] == 0)
            Directory(section[8..length], offset);
        else if (section[0] == 2 && length >= 12)
            Table(pid, section[..length]);
    }

    // CRC-32 of ISO/IEC 13818-1, annex A; 0 over a section with its own.
    private static uint Crc(ReadOnlySpan<byte> section)
    {
        var crc = uint.MaxValue;
        foreach (var value in section)
        {
            crc ^= (uint)value << 24;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 0x80000000) == 0 ? crc << 1 : (crc << 1) ^ 0x04C11DB7;
        }
        return crc;
    }

    private void Directory(ReadOnlySpan<byte> programs, long offset)
    {
        _lastDirectory = offset;
        for (; programs.Length >= 4; programs = programs[4..])
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(programs) != 0)
                _tables.Add(BinaryPrimitives.ReadUInt16BigEndian(programs[2..]) & 0x1FFF);
        }
    }

    // Sounds in several languages change at one place, of which each tells only between which of its packets it lies.
    private void Note(long after, long at, bool isSound)
    {
        (_isOfSound, _isOfPicture) = (_isOfSound || isSound, _isOfPicture || !isSound);
        var known = _changes.FindLastIndex(c => Math.Max(c.After, after) < Math.Min(c.At, at));
        if (known < 0 && _changes.Count < MostChanges)
            _changes.Add((after, at));
        else if (known >= 0)
            _changes[known] = (Math.Max(_changes[known].After, after), Math.Min(_changes[known].At, at));
    }

    // Which sound and pictures there are: of each stream its number, its type, and the descriptors that tell private types apart.
    private void Table(int pid, ReadOnlySpan<byte> section)
    {
        var at = 12 + (BinaryPrimitives.ReadUInt16BigEndian(section[10..]) & 0xFFF);
        var (sound, picture) = ("", "");
        while (at + 5 <= section.Length)
        {
            var (type, stream) = (section[at], BinaryPrimitives.ReadUInt16BigEndian(section[(at + 1)..]) & 0x1FFF);
            var end = Math.Min(section.Length, at + 5 + (BinaryPrimitives.ReadUInt16BigEndian(section[(at + 3)..]) & 0xFFF));
            if (Codec(type, section[(at + 5)..end]) is { } codec)
                sound += $"{stream}:{codec} ";
            if (PictureCodec(type) is { } shown)
                picture += $"{stream}:{shown} ";
            if (type == 0x0F)
                _rates.TryAdd(stream, new AdtsRate());
            else
                _rates.Remove(stream);
            at = end;
        }
        if (IsOther(_sounds, pid, sound))
        {
            Note(_lastDirectory - 1, _lastDirectory, isSound: true);
            foreach (var rate in _rates.Values)
                rate.Forget();
        }
        if (IsOther(_pictures, pid, picture))
            Note(_lastDirectory - 1, _lastDirectory, isSound: false);
    }

    private static bool IsOther(Dictionary<int, string> known, int pid, string now)
    {
        if (now.Length == 0)
            return false;
        var isOther = known.TryGetValue(pid, out var before) && before != now;
        known[pid] = now;
        return isOther;
    }

    private static string? PictureCodec(byte type) => type switch
    {
        0x01 or 0x02 => "mpeg",
        0x10 => "mpeg4",
        0x1B => "h264",
        0x24 => "hevc",
        0x33 => "vvc",
        0x42 => "cavs",
        0xD1 => "dirac",
        0xEA => "vc1",
        _ => null,
    };

    private static string? Codec(byte type, ReadOnlySpan<byte> descriptors) => type switch
    {
        0x03 or 0x04 => "mpeg",
        0x0F => "aac",
        0x11 => "latm",
        0x80 or 0x82 or 0x83 or 0x85 or 0x86 or 0x8A => $"{type:x}",
        0x81 or 0xC1 => "ac3",
        0x84 or 0x87 or 0xC2 => "eac3",
        0x06 => Private(descriptors),
        _ => null,
    };

    private static string? Private(ReadOnlySpan<byte> descriptors)
    {
        for (var at = 0; at + 2 <= descriptors.Length; at += 2 + descriptors[at + 1])
        {
            switch (descriptors[at])
            {
                case 0x6A: return "ac3";
                case 0x7A: return "eac3";
                case 0x7B: return "dts";
                case 0x7C: return "aac";
                case 0x05 when at + 6 <= descriptors.Length:
                    var name = System.Text.Encoding.Latin1.GetString(descriptors.Slice(at + 2, 4));
                    return name switch
                    {
                        "AC-3" => "ac3",
                        "EAC3" => "eac3",
                        "Opus" or "BSSD" or "DTS1" or "DTS2" or "DTS3" => name,
                        _ => null
                    };
            }
        }
        return null;
    }
}

/// <summary>Where a transport stream begins to tell of something else.</summary>
/// <param name="At">The places, as offsets in the file, in order.</param>
/// <param name="IsOfSound">Whether the sound changes at any of them.</param>
/// <param name="IsOfPicture">Whether the picture does.</param>
internal sealed record TransportChanges(IReadOnlyList<long> At, bool IsOfSound, bool IsOfPicture);
