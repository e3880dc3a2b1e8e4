using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Ports;
using AiDub.Jobs.Media.Clock;

namespace AiDub.Jobs.Media.Probing;

/// <summary>Tells a source that broke off, as downloads do, from one that is merely shorter than its header rounds to; pure.</summary>
internal static class BrokenOff
{
    // Where a file is known to lack its end, a few frames count; where only its header says how long it should be, headers err by more.
    private const double LeastSeconds = 0.1;
    private const double LeastByHeader = 0.5;
    private const double LeastShareByHeader = 0.001;

    // Picture and sound of a whole file end this far from one another, too.
    private const double MostApart = 1;

    /// <summary>What is missing of a source; null when nothing is, or nobody can know.</summary>
    /// <param name="size">How many bytes it has and says that it has.</param>
    /// <param name="prepared">What its header and its packets say.</param>
    /// <param name="media">What it was found to be.</param>
    /// <exception cref="PermanentDubException">Nothing of its sound is there (<c>source_cut_short</c>).</exception>
    public static CutShort? Of(StatedSize size, PreparedSource prepared, SourceMedia media)
    {
        if (size.IsWhole)
            return null;
        var report = SourceMediaReader.Report(prepared.Report);
        var spans = prepared.Clock?.Streams;
        var there = prepared.Clock?.Seconds ?? prepared.Seconds;

        // What an AVI counts that does not know its own size, as one that was written into a pipe, nobody counted.
        var isCounted = size.Stated is not null || !report.Format!.Is("avi");
        var promised = Math.Max(
            isCounted ? prepared.Stated ?? 0 : 0, size.IsShort && IsCutByProber(report.Format!) ? size.Seconds ?? (there * size.Ratio) : 0);
        var sound = End(spans, media.Audio.Index) ?? there;
        var picture = media.Video is { } video ? End(spans, video.Index) ?? there : (double?)null;
        if (size.IsShort && sound == 0)
            throw Nothing();

        // What is stored one after the other may have all of one and little of the other.
        var lacking = Math.Max(
            promised - there,
            size.IsShort ? Math.Max(Lacking(report, media.Audio.Index, sound), Lacking(report, media.Video?.Index, picture ?? 0)) : 0);
        var least = size.IsShort ? LeastSeconds : Math.Max(LeastByHeader, promised * LeastShareByHeader);
        return lacking >= least
            ? new CutShort(Math.Max(promised, lacking + Math.Min(sound, picture ?? sound)), there, picture, sound)
            : null;
    }

    /// <summary>The refusal of a source of which nothing can be used.</summary>
    public static PermanentDubException Nothing(Exception? cause = null) => new(FailureCode.SourceCutShort, inner: cause);

    /// <summary>What is told of a source that broke off.</summary>
    public static string Told(CutShort cut)
    {
        var parts = cut.PictureSeconds is { } picture && Math.Abs(picture - cut.SoundSeconds) > MostApart
            ? $" (picture {Seconds(picture)} s, sound {Seconds(cut.SoundSeconds)} s)"
            : "";
        var (promised, there) = (Seconds(cut.PromisedSeconds), Seconds(cut.Seconds));

        // A live recording counts what is there and nothing else.
        return promised == there
            ? $"The source broke off after {there} s{parts}; these were dubbed."
            : $"The source broke off: of the {promised} s that it says it has, {there} s are there{parts}; these were dubbed.";
    }

    /// <summary>What is told of a source that its server always ends at the same byte.</summary>
    public static string Told(ShortFile file) => file.Stated is { } stated
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"The source's server says that it has {stated} bytes, and always ends after {file.Bytes}: what it sends was dubbed.")
        : string.Create(
            CultureInfo.InvariantCulture,
            $"The source's server always breaks off after {file.Bytes} bytes: what it sends was dubbed.");

    // Of these ffprobe tells how long what there is lasts.
    private static bool IsCutByProber(ProbedFormat format) =>
        format.Is("avi") || format.Is("wav") || format.Is("w64") || format.Is("caf") || format.Is("asf");

    private static double? End(IReadOnlyDictionary<int, StreamSpan>? spans, int stream) =>
        spans is null ? null : spans.TryGetValue(stream, out var span) ? Math.Max(0, span.Last) : 0;

    private static double Lacking(ProbeReport report, int? stream, double end) =>
        stream is { } index && report.Format!.Is("mov") && report.Streams.FirstOrDefault(s => s.Index == index) is { } told
            && SourceMediaReader.Number(told.Duration) is { } length
                ? length + Math.Max(0, (SourceMediaReader.Number(told.StartTime) ?? 0) - (report.Format.Start ?? 0)) - end
                : 0;

    private static string Seconds(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture);
}
