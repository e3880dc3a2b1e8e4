using System.Globalization;
using AiDub.Jobs.Media.Probing;

namespace AiDub.Jobs.Media.Clock;

/// <summary>The arguments with which ffmpeg copies a source and lays its stamps anew; pure.</summary>
internal static class RelayArguments
{
    /// <summary>The containers to try for a copy, the best first: the source's own, then one that carries almost anything.</summary>
    public static IReadOnlyList<string> Muxers(ProbedFormat format)
    {
        string[] own = format.Is("mpegts") ? ["mpegts"] : format.Is("flv") ? ["flv"] : format.Is("mov") ? ["mp4", "mov"] : [];
        return [.. own.Append("matroska")];
    }

    /// <summary>Copies streams.</summary>
    /// <param name="source">The source.</param>
    /// <param name="streams">The indexes of the streams to copy.</param>
    /// <param name="clock">What is wrong with their stamps.</param>
    /// <param name="rules">Whether the container stores when packets are decoded.</param>
    /// <param name="muxer">The container of the copy.</param>
    /// <param name="output">The file to write; it is replaced.</param>
    public static IReadOnlyList<string> Copy(
        string source, IReadOnlyList<int> streams, SourceClock clock, ClockRules rules, string muxer, string output) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", "-fflags", "+genpts", "-copyts", .. SourceFile.Guard, "-i", SourceFile.Local(source),
        .. streams.SelectMany(stream => new[] { "-map", Text($"0:{stream}") }), "-c", "copy", "-copyinkf", "-strict", "unofficial",
        .. streams.SelectMany((stream, i) => clock.Shifts.TryGetValue(stream, out var shifts)
            ? [Text($"-bsf:{i}"), Stamps(shifts, rules.HasDecodingTimes, Ticks(muxer), clock.Stamps.GetValueOrDefault(stream))]
            : Array.Empty<string>()),
        .. muxer == "mpegts" ? new[] { "-muxdelay", "0", "-muxpreload", "0" } : [],
        "-f", muxer, "-y", SourceFile.Local(output),
    ];

    /// <summary>The bitstream filter that moves stamps.</summary>
    /// <param name="shifts">By how much.</param>
    /// <param name="hasDecodingTimes">Whether the source stores when packets are decoded.</param>
    /// <param name="ticks">How many of the units in which the filter is given stamps make a second, as an expression.</param>
    /// <param name="laid">The stamps of packets whose own are damaged; null for none.</param>
    /// <remarks>
    /// Where decoding times are guessed, those after a break are wrong: there they are laid a second before what is shown, which keeps them
    /// in order and the streams interleaved; the container of the copy does not store them.
    /// </remarks>
    internal static string Stamps(
        IReadOnlyList<ClockShift> shifts, bool hasDecodingTimes, string ticks, IReadOnlyList<LaidStamp>? laid = null)
    {
        var (pts, dts) = (Laid(laid, $"PTS{Moved(shifts)}*{ticks}", ticks), Laid(laid, $"DTS{Moved(shifts)}*{ticks}", ticks));
        var early = $"max({pts}-{ticks},0)";
        return $"setts=pts='{pts}':dts='{(hasDecodingTimes ? dts : $"if(N,max(PREV_OUTDTS,{early}),{early})")}'";
    }

    // The filter is given stamps in the units of the container that is written, and told those of the one that is read; MP4 of MP4 shares
    // them.
    private static string Ticks(string muxer) => muxer switch
    {
        "mpegts" => "90000",
        "flv" or "matroska" => "1000",
        _ => "(1/TB)",
    };

    // A sum, not a choice within a choice: however many breaks there are, ffmpeg reads it.
    private static string Moved(IReadOnlyList<ClockShift> shifts)
    {
        var steps = shifts.Select((shift, i) => i == 0
            ? Seconds(shift.Seconds)
            : Text($"gte(N,{shift.FromPacket})*({Seconds(shift.Seconds - shifts[i - 1].Seconds)})"));
        return $"+({string.Join('+', steps)})";
    }

    private static string Laid(IReadOnlyList<LaidStamp>? laid, string otherwise, string ticks) => laid is null ? otherwise
        : $"if({string.Join('+', laid.Select(l => Text($"eq(N,{l.Packet})")))},"
            + $"({string.Join('+', laid.Select(l => Text($"eq(N,{l.Packet})*{Seconds(l.Seconds)}")))})*{ticks},{otherwise})";

    private static string Seconds(double seconds) => seconds.ToString("F6", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
