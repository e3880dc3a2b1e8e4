namespace AiDub.Jobs.Media.Probing;

/// <summary>Where an element of a Matroska or WebM file is (RFC 8794).</summary>
/// <param name="Id">Its name.</param>
/// <param name="Body">Where its content begins.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct EbmlElement(long Id, int Body, int End)
{
    /// <summary>The elements one after another in a part of some bytes; the first one that does not fit ends them.</summary>
    public static IReadOnlyList<EbmlElement> In(ReadOnlySpan<byte> bytes, int from, int to)
    {
        var elements = new List<EbmlElement>();
        while (from < to
            && EbmlHead.TryReadNumber(bytes, ref from, keepMarker: true, out var id)
            && EbmlHead.TryReadNumber(bytes, ref from, keepMarker: false, out var size)
            && size >= 0
            && size <= to - from)
        {
            elements.Add(new EbmlElement(id, from, from + (int)size));
            from += (int)size;
        }
        return elements;
    }

    /// <summary>The elements inside this one.</summary>
    public IReadOnlyList<EbmlElement> Inside(ReadOnlySpan<byte> bytes) => In(bytes, Body, End);

    /// <summary>The first element of a name inside this one, or null.</summary>
    public EbmlElement? Child(ReadOnlySpan<byte> bytes, long id)
    {
        foreach (var element in Inside(bytes))
        {
            if (element.Id == id)
                return element;
        }
        return null;
    }

    /// <summary>The number that an element inside this one holds; null where there is none, or no such number.</summary>
    public int? Number(ReadOnlySpan<byte> bytes, long id)
    {
        if (Child(bytes, id) is not { } element || element.End - element.Body > sizeof(long))
            return null;
        var number = 0UL;
        foreach (var value in bytes[element.Body..element.End])
            number = (number << 8) | value;
        return number <= int.MaxValue ? (int)number : null;
    }
}
