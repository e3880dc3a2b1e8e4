namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Tells where AAC in a transport stream changes its rate, from the heads of its packets (ISO/IEC 13818-7, 6.2). One head alone may be
/// damaged: the next has to say the same.
/// </summary>
internal sealed class AdtsRate
{
    private int? _rate;
    private long _until;
    private (int Rate, long At)? _doubtful;

    /// <summary>Takes what a packet of the stream begins with.</summary>
    /// <param name="payload">The head of a PES packet and what of its data is there.</param>
    /// <param name="tables">Where the last tables before it are, as an offset in the file.</param>
    /// <returns>
    /// Between which tables it has another rate: after the last before the old one's last packet, and not after the last before the new
    /// one's first. Null: nothing is known to change.
    /// </returns>
    public (long After, long At)? Take(ReadOnlySpan<byte> payload, long tables)
    {
        if (Rate(payload) is not { } rate)
            return null;
        if (rate == _rate)
        {
            (_until, _doubtful) = (tables, null);
            return null;
        }
        if (_doubtful is not { } before || before.Rate != rate)
        {
            _doubtful = (rate, tables);
            return null;
        }
        (long, long)? change = _rate is null ? null : (_until, before.At);
        (_rate, _until, _doubtful) = (rate, tables, null);
        return change;
    }

    /// <summary>Forgets its rate: where the tables change it is told anew.</summary>
    public void Forget() => (_rate, _doubtful) = (null, null);

    // The number that stands for it; null where no head of sound is found.
    private static int? Rate(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 9 || !payload.StartsWith((ReadOnlySpan<byte>)[0, 0, 1]) || payload.Length < 9 + payload[8] + 3)
            return null;
        var head = payload[(9 + payload[8])..];
        return head[0] == 0xFF && (head[1] & 0xF6) == 0xF0 ? (head[2] >> 2) & 0xF : null;
    }
}
