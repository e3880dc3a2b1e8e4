namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// The line that says when a subtitle is shown: <c>00:00:01,000 --&gt; 00:00:02,500</c>, and whatever people write in its place.
/// </summary>
/// <param name="Start">In seconds, negative where it says so; not a number when it cannot be read.</param>
/// <param name="End">Likewise.</param>
/// <param name="Text">What is said, where it stands on the same line; settings are not.</param>
/// <param name="IsUsual">Whether it is written as its format demands.</param>
internal readonly record struct CueTiming(double Start, double End, string Text, bool IsUsual)
{
    private const string Arrow = "-->";

    /// <summary>Whether a line has the arrow that no other line has, so that it was meant to be a time.</summary>
    public static bool IsMeant(string line) => line.Contains(Arrow, StringComparison.Ordinal);

    /// <summary>Reads a line; false when no time can be read, or another line may well look like it.</summary>
    public static bool TryParse(string line, bool isVtt, out CueTiming timing)
    {
        timing = default;
        // Most lines are text, and no time is far from a line's beginning.
        if (line.AsSpan(0, Math.Min(line.Length, 80)).IndexOfAny(":.,：>→；;") < 0)
            return false;
        var scan = new ClockScanner(line, isVtt);
        var isBracketed = scan.TryChar('[');
        var hasStart = TryStart(ref scan, out var start, out var isUsual, out var isBare);
        var isSbv = false;
        if (!scan.TryArrow(out var isArrow) && !(isSbv = hasStart && !isBare && scan.TryChar(',')))
        {
            var arrow = line.IndexOf(Arrow, StringComparison.Ordinal);
            if (arrow < 0)
                return false;
            (hasStart, isUsual, isArrow) = (false, false, true);
            scan = new ClockScanner(line.AsSpan(arrow + Arrow.Length), isVtt);
        }
        var hasEnd = scan.TryTime(out var end, out var isUsualEnd, out var isBareEnd);
        var isClosed = isBracketed && scan.TryChar(']');
        var rest = scan.Rest.Trim();
        var isAside = rest.Length == 0 || AreSettings(rest);
        if (!hasStart && !hasEnd)
            return false;
        if (!isArrow && !(hasStart && hasEnd && !isBare && !isBareEnd && (isAside || isClosed) && !(isSbv && rest.Length > 0)))
            return false;
        timing = new CueTiming(
            hasStart ? start : double.NaN,
            hasEnd ? end : double.NaN,
            isAside || isVtt ? "" : rest.ToString(),
            isSbv || (isUsual && isUsualEnd && isArrow && hasStart && hasEnd && !isBracketed && (isAside || isVtt)));
        return true;
    }

    // The number of a subtitle may stand on the line of its time.
    private static bool TryStart(ref ClockScanner scan, out double start, out bool isUsual, out bool isBare)
    {
        if (!scan.TryTime(out start, out isUsual, out isBare))
            return false;
        if (isBare && scan.TryTime(out var second, out _, out var isSecondBare) && !isSecondBare && second >= 0)
            (start, isUsual, isBare) = (second, false, false);
        return true;
    }

    // WebVTT's "align:start", SubRip's "X1:40".
    private static bool AreSettings(ReadOnlySpan<char> rest)
    {
        foreach (var range in rest.Split(' '))
        {
            var word = rest[range];
            if (word.Length > 0 && !(char.IsAsciiLetter(word[0]) && word.IndexOf(':') > 0))
                return false;
        }
        return true;
    }
}
