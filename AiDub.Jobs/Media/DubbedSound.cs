using System.Globalization;
using AiDub.Domain.Media;

namespace AiDub.Jobs.Media;

/// <summary>How ffmpeg takes the sound that is dubbed out of a source: a track, or the two mono tracks of a stereo; pure.</summary>
internal static class DubbedSound
{
    /// <summary>The options that take it, on the source's time line.</summary>
    /// <param name="media">What the source was found to be; it is the first input.</param>
    /// <param name="sampleRate">The rate that it is to have, in Hz.</param>
    /// <param name="more">Further filters, each after a comma.</param>
    public static IReadOnlyList<string> Of(SourceMedia media, int sampleRate, string more = "") => media.Audio.RightIndex is null
        ? ["-map", Stream(media.Audio.Index), "-map_metadata", "-1", "-af", Single(media.Audio, sampleRate) + more]
        : ["-filter_complex", $"{Graph(media, sampleRate)}{more}[dubbed]", "-map", "[dubbed]", "-map_metadata", "-1"];

    /// <summary>The filter graph that takes it, whose last chain goes on.</summary>
    public static string Graph(SourceMedia media, int sampleRate)
    {
        var aligned = AudioExtractor.Aligned(sampleRate);
        return media.Audio.RightIndex is { } right
            ? $"[{Stream(media.Audio.Index)}]{aligned},aformat=channel_layouts=mono[left];"
                + $"[{Stream(right)}]{aligned},aformat=channel_layouts=mono,apad[right];"
                + "[left][right]join=inputs=2:channel_layout=stereo"
            : $"[{Stream(media.Audio.Index)}]{Single(media.Audio, sampleRate)}";
    }

    /// <summary>
    /// The filter that makes a stereo of ambisonic sound, which ffmpeg cannot mix by itself: of what comes from everywhere and of what
    /// comes from left and right (ACN 0 and 1), as two microphones that look away from each other hear it. A stereo that stays with the
    /// head, as of who narrates, is heard as it is.
    /// </summary>
    /// <param name="stereoAt">The first channel of that stereo; null without one.</param>
    public static string OfAmbisonic(int? stereoAt) => stereoAt is { } at
        ? string.Create(CultureInfo.InvariantCulture, $"pan=stereo|c0=0.5*c0+0.5*c1+c{at}|c1=0.5*c0-0.5*c1+c{at + 1}")
        : "pan=stereo|c0=0.5*c0+0.5*c1|c1=0.5*c0-0.5*c1";

    private static string Single(AudioStream track, int sampleRate) => AudioExtractor.Aligned(sampleRate)
        + (track.IsAmbisonic ? "," + OfAmbisonic(track.StereoAt) : "")
        + (track.Channel is { } channel ? string.Create(CultureInfo.InvariantCulture, $",pan=mono|c0=c{channel}") : "");

    private static string Stream(int index) => string.Create(CultureInfo.InvariantCulture, $"0:{index}");
}
