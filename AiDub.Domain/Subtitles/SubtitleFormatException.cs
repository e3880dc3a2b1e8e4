namespace AiDub.Domain.Subtitles;

/// <summary>
/// A subtitle file that cannot be read; the message is for a person and begins with the line, such as <c>line 12: the end is before the
/// start</c>.
/// </summary>
/// <param name="line">The line that is wrong, from 1.</param>
/// <param name="reason">What is wrong with it.</param>
public sealed class SubtitleFormatException(int line, string reason) : FormatException(
    FormattableString.Invariant($"line {line}: {reason}"))
{
    /// <summary>The line that is wrong, from 1.</summary>
    public int Line { get; } = line;
}
