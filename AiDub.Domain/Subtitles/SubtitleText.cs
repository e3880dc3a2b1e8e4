using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AiDub.Domain.Subtitles;

/// <summary>A subtitle: text shown during [<paramref name="Start"/>, <paramref name="End"/>) seconds.</summary>
public sealed record Cue(double Start, double End, string Text);

/// <summary>Renders subtitles as SubRip and WebVTT.</summary>
public static partial class SubtitleText
{
    private const char WordJoiner = '\u2060';

    /// <summary>
    /// SubRip (<c>.srt</c>): numbered from 1, a comma before the milliseconds; right-to-left lines are embedded as such. It has no escapes:
    /// what players would read as a tag or as a line of times, and not show, has an invisible word joiner in it.
    /// </summary>
    /// <param name="cues">The subtitles, in order of start.</param>
    /// <param name="language">What they are in, as ISO 639-1, or <c>und</c>.</param>
    public static string ToSrt(IEnumerable<Cue> cues, string language)
    {
        var text = new StringBuilder();
        var number = 0;
        foreach (var cue in cues)
        {
            text.Append(CultureInfo.InvariantCulture, $"{++number}\n{Time(cue.Start, ',')} --> {Time(cue.End, ',')}\n");
            text.Append(RightToLeft.Embed(Shown(OneBlock(cue.Text)), language)).Append("\n\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// SubRip for libass, which puts it into pictures: it reads as a command whatever stands in braces, and shows those that are escaped.
    /// </summary>
    /// <inheritdoc cref="ToSrt"/>
    public static string ToBurnedSrt(IEnumerable<Cue> cues, string language) => ToSrt(cues, language).Replace("{", "\\{");

    /// <summary>
    /// WebVTT (<c>.vtt</c>): <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> escaped as its grammar demands; right-to-left lines begin with a
    /// mark.
    /// </summary>
    /// <inheritdoc cref="ToSrt"/>
    public static string ToVtt(IEnumerable<Cue> cues, string language)
    {
        var text = new StringBuilder("WEBVTT\n\n");
        foreach (var cue in cues)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Time(cue.Start, '.')} --> {Time(cue.End, '.')}\n");
            var escaped = OneBlock(cue.Text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
            text.Append(RightToLeft.Mark(escaped, language)).Append("\n\n");
        }

        return text.ToString();
    }

    // An empty line would end the cue, and of a file with a NUL FFmpeg shows no subtitle at all.
    private static string OneBlock(string text)
    {
        var shown = string.Concat(text.Select(c => char.IsControl(c) && c is not ('\r' or '\n') ? ' ' : c));
        return string.Join('\n', shown.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static string Shown(string text) => Commands().Replace(
        text, found => found.Value == "-->" ? $"--{WordJoiner}>" : $"{found.Value[0]}{WordJoiner}{found.Value[1..]}");

    [GeneratedRegex(@"<\s*/?\s*[A-Za-z]|\{|\\[Nnh]|-->", RegexOptions.NonBacktracking)]
    private static partial Regex Commands();

    private static string Time(double seconds, char point)
    {
        var milliseconds = (long)Math.Round(seconds * 1000, MidpointRounding.AwayFromZero);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{milliseconds / 3_600_000:00}:{milliseconds / 60_000 % 60:00}:{milliseconds / 1000 % 60:00}{point}{milliseconds % 1000:000}");
    }
}
