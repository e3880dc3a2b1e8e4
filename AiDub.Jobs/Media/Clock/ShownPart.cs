using System.Globalization;
using AiDub.Jobs.Media.Boxes;

namespace AiDub.Jobs.Media.Clock;

/// <summary>A part of a track as its edit list shows it; pure.</summary>
/// <param name="From">Where in the media it begins, in seconds; negative: nothing is shown.</param>
/// <param name="Seconds">How long it is shown.</param>
/// <param name="Rate">How fast what was recorded is shown; 0: it stands still.</param>
internal readonly record struct ShownPart(double From, double Seconds, double Rate)
{
    // Parts that follow each other within less are one after another, as of a recording that was split and not cut.
    private const double Joint = 0.02;

    // Less than a picture lasts, and more than clocks are rounded by.
    private const double Moment = 0.001;

    // Where nothing is faster, whoever wrote it does not know the field.
    private const double LeastRate = 0.01;

    // Nobody sees or hears less; writers round what they divide.
    private const double RateRounding = 0.001;

    /// <summary>The rate of what is shown as it was recorded.</summary>
    public const double AsRecorded = 1;

    /// <summary>Where in the media it ends, in seconds.</summary>
    public double End => From + (Seconds * Rate);

    private bool IsStill => From < 0 || Rate == 0;

    /// <summary>The parts of a track; none where all of it is shown.</summary>
    public static IReadOnlyList<ShownPart> Of(ReadOnlySpan<byte> moov, Box root, Box trak)
    {
        var movie = TrackClock.Of(moov, root.Child(moov, "mvhd"));
        var own = TrackClock.Of(moov, trak.Child(moov, "mdia")?.Child(moov, "mdhd"));
        var edits = Edit.In(moov, trak).Where(e => e.Length > 0).ToList();
        var isMeant = edits.Any(e => e is { From: >= 0, Rate: >= LeastRate });
        return
        [
            .. edits.Select(e => new ShownPart(
                e.From < 0 ? -1 : e.From / own.Scale,
                e.Length / movie.Scale,
                isMeant && Math.Abs(e.Rate - AsRecorded) > RateRounding ? e.Rate : AsRecorded)),
        ];
    }

    /// <summary>Whether nothing is shown before what was recorded before it: else all between would have to be kept in memory.</summary>
    public static bool AreInOrder(IReadOnlyList<ShownPart> parts)
    {
        var at = double.NegativeInfinity;
        foreach (var part in parts.Where(p => p.From >= 0))
        {
            if (part.From < at - Joint)
                return false;
            at = part.End;
        }
        return true;
    }

    /// <summary>
    /// The bitstream filters that give a picture that is copied the times at which its parts show it; null where they leave something out
    /// on the way or show it again, which no copy can.
    /// </summary>
    public static string? Picture(IReadOnlyList<ShownPart> parts)
    {
        var first = parts.TakeWhile(p => p.From < 0).Count();
        if (parts.Count == first)
            return parts.Count == 0 ? "null" : null;
        var at = parts[first].From;
        foreach (var part in parts.Skip(first).Where(p => p.From >= 0))
        {
            if (Math.Abs(part.From - at) > Joint)
                return null;
            at += part.Seconds * part.Rate;
        }

        // What is decoded after the end is seen of nothing that is shown; what is decoded before it may be needed.
        return Text($"noise=amount=0:drop='gte(dts*tb,{Number(at)})',")
            + Text($"setts=pts='{Moved("PTS*TB", parts, first)}':dts='{Moved("DTS*TB", parts, first)}'");
    }

    /// <summary>The filters that make the sound of one stream what its parts let be heard.</summary>
    /// <param name="parts">The parts; at least one.</param>
    /// <param name="from">The stream, as ffmpeg names it in a graph of filters.</param>
    /// <param name="to">What the sound is called then.</param>
    public static string Sound(IReadOnlyList<ShownPart> parts, string from, string to)
    {
        string[] names = [.. parts.Select((_, i) => $"[{to}p{i}]")];
        return Text($"[{from}]aresample=async=1:first_pts=0,asplit={parts.Count}{string.Concat(names)};")
            + string.Concat(parts.Select((part, i) => $"{names[i]}{part.Heard()},apad,atrim=duration={Number(part.Seconds)}[{to}q{i}];"))
            + string.Concat(parts.Select((_, i) => $"[{to}q{i}]")) + Text($"concat=n={parts.Count}:v=0:a=1[{to}]");
    }

    private string Heard()
    {
        if (IsStill)
            return "atrim=end=0.01,volume=0";
        var tempo = Rate;
        var slower = "";
        for (; tempo < 0.5; tempo *= 2)
            slower += ",atempo=0.5";
        return $"atrim=start={Number(From)}:end={Number(End)},asetpts=PTS-STARTPTS{slower}"
            + (tempo == AsRecorded ? "" : $",atempo={Number(tempo)}");
    }

    // When what has a time in the media is shown: before the first part, through each of them, and after the last one.
    private static string Moved(string time, IReadOnlyList<ShownPart> parts, int first)
    {
        var at = parts[first].From;
        var sum = Number(parts.Take(first).Sum(p => p.Seconds)) + $"+min({time}-{Number(at)},0)";
        foreach (var part in parts.Skip(first))
        {
            var length = part.IsStill ? 0 : part.Seconds * part.Rate;
            sum += part.From < 0 ? $"+gte({time},{Number(at - Moment)})*{Number(part.Seconds)}"
                : part.Rate == 0 ? $"+gt({time},{Number(at + Moment)})*{Number(part.Seconds)}"
                : $"+clip({time}-{Number(at)},0,{Number(length)})/{Number(part.Rate)}";
            at += length;
        }
        return $"({sum}+max({time}-{Number(at)},0))/TB";
    }

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
