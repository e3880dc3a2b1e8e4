using System.Buffers.Binary;
using System.Buffers.Text;

namespace AiDub.Domain.Dubbing;

/// <summary>A place in a list of dubs, newest first: that of one dub. It never changes, whatever becomes of the dub.</summary>
/// <param name="CreatedAt">When the dub was accepted, to the millisecond.</param>
/// <param name="RequestId">The dub; of several of one millisecond the one whose id comes last in text order is the first.</param>
public readonly record struct DubCursor(DateTimeOffset CreatedAt, Guid RequestId) : IComparable<DubCursor>
{
    private const int Bytes = 24;

    /// <summary>The cursor that <see cref="ToString"/> wrote; false for any other text.</summary>
    public static bool TryParse(string? text, out DubCursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (text is not { Length: Bytes / 3 * 4 }
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var written)
            || written != Bytes)
            return false;
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (milliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return false;
        cursor = new DubCursor(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), new Guid(bytes[8..], bigEndian: true));
        return true;
    }

    /// <summary>Negative when this dub is listed before the other.</summary>
    public int CompareTo(DubCursor other) =>
        other.CreatedAt.ToUnixTimeMilliseconds().CompareTo(CreatedAt.ToUnixTimeMilliseconds()) is not 0 and var order
            ? order
            : string.CompareOrdinal($"{other.RequestId:D}", $"{RequestId:D}");

    /// <summary>32 characters that may stand in an address.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, CreatedAt.ToUnixTimeMilliseconds());
        RequestId.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
