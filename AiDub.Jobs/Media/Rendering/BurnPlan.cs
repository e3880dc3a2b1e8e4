using AiDub.Domain.Media;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>How a picture is encoded anew with subtitles in it; pure.</summary>
/// <param name="Codec">As ffprobe names it.</param>
/// <param name="Range">The dynamic range, which is kept.</param>
/// <param name="IsLean">Whether memory comes before speed and size: the second try.</param>
internal sealed record BurnPlan(string Codec, DynamicRange Range, bool IsLean)
{
    /// <summary>
    /// The plans for a source, the best first; none when its picture's colours are known to Dolby Vision's players alone.
    /// </summary>
    public static IReadOnlyList<BurnPlan> Of(SourceMedia media)
    {
        if (IsDolbyVisionAlone(media))
            return [];
        var range = RangeOf(media);
        var codec = media.Container == Container.Webm ? "vp9" : range == DynamicRange.Sdr ? "h264" : "hevc";
        return [new BurnPlan(codec, range, false), new BurnPlan(codec, range, true)];
    }

    /// <summary>The dynamic range of a source's picture.</summary>
    public static DynamicRange RangeOf(SourceMedia media) => media.PictureRecords.GetValueOrDefault(PictureRecord.Transfer) switch
    {
        "smpte2084" => DynamicRange.Pq,
        "arib-std-b67" => DynamicRange.Hlg,
        _ => DynamicRange.Sdr,
    };

    // Profiles 5 and 10.0 have no base layer that others understand: decoded without their own arithmetic they are green and purple.
    private static bool IsDolbyVisionAlone(SourceMedia media) =>
        media.PictureRecords.GetValueOrDefault(PictureRecord.DolbyVision) is { } told
            && (told.StartsWith("5.", StringComparison.Ordinal) || told == "10.0");
}
