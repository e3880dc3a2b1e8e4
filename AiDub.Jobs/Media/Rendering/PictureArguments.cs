using System.Text.RegularExpressions;
using AiDub.Domain.Media;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>The arguments with which ffmpeg writes what a source says of its picture into the result; pure.</summary>
internal static partial class PictureArguments
{
    // Only what the muxer does not take from the stream itself; whatever else a source tells of itself stays behind.
    private static readonly string[] Tags = [PictureRecord.Title, PictureRecord.Language, PictureRecord.Timecode, PictureRecord.Alpha];

    /// <summary>For the first picture of a result, which is copied or was encoded by us.</summary>
    public static IEnumerable<string> Of(RenderJob job)
    {
        var media = job.Media;
        if (media.Video is not { } video)
            return [];

        // Spherical, stereo and Dolby Vision boxes in MP4 are no part of ISO's standard: the muxer writes them when it is told that it may.
        List<string> arguments = ["-strict", "unofficial"];

        // Apple's players take HEVC by this name alone.
        if ((job.PicturePath is null ? video.Codec : job.PictureCodec) == "hevc" && media.Container is Container.Mp4 or Container.Mov)
            arguments.AddRange(["-tag:v:0", "hvc1"]);
        foreach (var tag in Tags)
        {
            if (media.PictureRecords.TryGetValue(tag, out var value) && IsFor(tag, value))
                arguments.AddRange(["-metadata:s:v:0", $"{tag}={value}"]);
        }
        return arguments;

        // WebM's transparency is in further data of its own, which a picture that was encoded anew has not.
        bool IsFor(string tag, string value) => tag switch
        {
            PictureRecord.Timecode => ATimecode().IsMatch(value),
            PictureRecord.Alpha => job.PicturePath is null && (video.Codec is "vp8" or "vp9"),
            _ => true,
        };
    }

    [GeneratedRegex(@"^\d{2}:\d{2}:\d{2}[:;.]\d{2,3}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ATimecode();
}
