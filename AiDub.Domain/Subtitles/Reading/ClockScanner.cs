using System.Globalization;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Reads times as people and programs write them: <c>00:01:02,500</c>, <c>1:02.5</c>, <c>00: 01: 02, 500</c>, digits of any script.
/// </summary>
/// <remarks>
/// A decimal fraction has any number of digits. Minutes and seconds may be 60 and more. What follows a third colon is milliseconds if it
/// has three digits, else frames of which <see cref="FramesPerSecond"/> make a second.
/// </remarks>
/// <param name="text">What is read.</param>
/// <param name="isVtt">Whether WebVTT's way is the usual one; else SubRip's.</param>
internal ref struct ClockScanner(ReadOnlySpan<char> text, bool isVtt)
{
    /// <summary>Frames a second where times count in frames and the file does not say how many there are.</summary>
    public const double FramesPerSecond = 25;

    private const int MaxDigits = 9;
    private readonly ReadOnlySpan<char> _text = text;
    private readonly char _point = isVtt ? '.' : ',';
    private readonly int _leastGroups = isVtt ? 3 : 4;

    /// <summary>Where it is in the text.</summary>
    public int At { get; private set; }

    /// <summary>What is left of the text.</summary>
    public readonly ReadOnlySpan<char> Rest => _text[At..];

    /// <summary>Reads a time: seconds, negative where it is; false, and nothing read, when there is none.</summary>
    /// <param name="seconds">In seconds.</param>
    /// <param name="isUsual">Whether it is written as its format demands.</param>
    /// <param name="isBare">Whether it is one whole number.</param>
    public bool TryTime(out double seconds, out bool isUsual, out bool isBare)
    {
        var begin = At;
        (seconds, isUsual, isBare) = (0, true, false);
        SkipSpaces();
        var isNegative = At < _text.Length && _text[At] is '-' or '−' or '–';
        if (isNegative)
            At++;
        Span<long> groups = stackalloc long[4];
        Span<int> digits = stackalloc int[4];
        Span<char> separators = stackalloc char[4];
        var count = 0;
        while (count < 4 && TryDigits(out groups[count], out digits[count], ref isUsual))
        {
            count++;
            var before = At;
            SkipSpaces();
            if (count == 4 || At == _text.Length || Separator(_text[At]) is not (not '\0' and var separator))
            {
                At = before;
                break;
            }
            isUsual &= before == At && (_text[At] == ':' || _text[At] == _point);
            separators[count - 1] = separator;
            At++;
            before = At;
            SkipSpaces();
            isUsual &= before == At;
            if (At == _text.Length || CharUnicodeInfo.GetDecimalDigitValue(_text[At]) < 0)
            {
                // "1. Hello" is no time, nor is the comma between the two times of SBV part of one.
                At = before - 1;
                break;
            }
        }
        if (count == 0)
        {
            At = begin;
            return false;
        }
        isBare = count == 1;
        isUsual &= !isNegative && count >= _leastGroups && separators[count - 2] == '.' && digits[count - 1] == 3
            && groups[count - 2] < 60 && groups[count - 3] < 60;
        seconds = (isNegative ? -1 : 1) * Seconds(groups[..count], digits[..count], separators);
        return true;
    }

    /// <summary>Reads what stands between two times; false, and nothing read, when it is no arrow.</summary>
    /// <param name="isUsual">Whether it is <c>--&gt;</c>.</param>
    public bool TryArrow(out bool isUsual)
    {
        var begin = At;
        SkipSpaces();
        isUsual = Rest.StartsWith("-->");
        if (At < _text.Length && _text[At] is '→' or '⟶' or '➔' or '⇒' or '➡')
        {
            At++;
            return true;
        }
        var dashes = 0;
        while (At < _text.Length && ("-‐‑‒–—―−=－".Contains(_text[At]) || (dashes > 0 && IsSpace(_text[At]))))
        {
            dashes++;
            At++;
        }
        var head = Rest.StartsWith("&gt;", StringComparison.OrdinalIgnoreCase)
            ? 4
            : At < _text.Length && _text[At] is '>' or '＞' or '›' ? 1
            : 0;
        if (dashes == 0 || head == 0)
        {
            At = begin;
            return false;
        }
        At += head;
        return true;
    }

    /// <summary>Reads one character if it is the next after spaces.</summary>
    public bool TryChar(char wanted)
    {
        var begin = At;
        SkipSpaces();
        if (At < _text.Length && _text[At] == wanted)
        {
            At++;
            return true;
        }
        At = begin;
        return false;
    }

    private static double Seconds(ReadOnlySpan<long> groups, ReadOnlySpan<int> digits, ReadOnlySpan<char> separators)
    {
        var count = groups.Length;
        if (count == 1)
            return groups[0];
        // The last group is a fraction after a decimal sign, unless all separators are one: 00.01.02.
        var isFraction = separators[count - 2] == '.' && (count != 3 || separators[0] == ':' || digits[2] == 3);
        var isMilliseconds = count == 4 && !isFraction && digits[3] == 3;
        var wholes = isFraction || count == 4 ? count - 1 : count;
        var seconds = 0.0;
        for (var i = 0; i < wholes; i++)
            seconds = (60 * seconds) + groups[i];
        if (isFraction || isMilliseconds)
            return seconds + (groups[^1] / Math.Pow(10, digits[^1]));
        return count == 4 ? seconds + (groups[3] / FramesPerSecond) : seconds;
    }

    private bool TryDigits(out long value, out int digits, ref bool isUsual)
    {
        (value, digits) = (0, 0);
        while (At < _text.Length && digits < MaxDigits && CharUnicodeInfo.GetDecimalDigitValue(_text[At]) is >= 0 and var digit)
        {
            isUsual &= char.IsAsciiDigit(_text[At]);
            value = (10 * value) + digit;
            digits++;
            At++;
        }
        return digits > 0;
    }

    // The separators that are one: a colon, and a decimal sign. None for anything else.
    private static char Separator(char c) => c switch
    {
        ':' or '：' or '∶' or ';' => ':',
        '.' or ',' or '．' or '，' or '٫' or '、' or '。' => '.',
        _ => '\0',
    };

    private void SkipSpaces()
    {
        while (At < _text.Length && IsSpace(_text[At]))
            At++;
    }

    private static bool IsSpace(char c) =>
        char.IsWhiteSpace(c) || c is (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or '\uFEFF';
}
