using AiDub.Domain.Errors;
using AiDub.Jobs.Fetching;

namespace AiDub.Jobs.Media.Probing;

/// <summary>Refuses sources that have more of something than <see cref="SourceOptions"/> allow.</summary>
public static class SourceLimits
{
    private const double LongestTold = 1e9;

    /// <summary>Throws when a source has more than it may of what its header tells.</summary>
    /// <exception cref="PermanentDubException">
    /// <c>media_streams</c>: too many streams; <c>media_pixels</c>: too large a picture; <c>media_frame_rate</c>: too many frames a second.
    /// </exception>
    public static void CheckSize(string json, SourceOptions limits) => CheckSize(SourceMediaReader.Report(json), limits);

    /// <inheritdoc cref="CheckSize(string, SourceOptions)"/>
    internal static void CheckSize(ProbeReport report, SourceOptions limits)
    {
        var streams = report.Streams;
        if (streams.Count > limits.MaxStreams)
            throw new PermanentDubException(
                FailureCode.MediaStreams, $"The source has {streams.Count} streams; at most {limits.MaxStreams} can be dubbed.");
        foreach (var video in streams.Where(s => s.Type == "video"))
        {
            if ((long)video.Width * video.Height > limits.MaxPixels)
                throw TooManyPixels(limits);
            if (SourceMediaReader.Ratio(video.AverageFrameRate) > limits.MaxFrameRate && !video.IsCover)
            {
                throw new PermanentDubException(
                    FailureCode.MediaFrameRate,
                    FormattableString.Invariant(
                        $"The source has more than {limits.MaxFrameRate} frames a second, which is the most that can be dubbed."));
            }
        }
    }

    /// <summary>Throws when a source has no audio track at all, before anything that takes long is done with it.</summary>
    /// <exception cref="PermanentDubException">It has none (<c>audio_missing</c>).</exception>
    public static void CheckSound(string json)
    {
        if (SourceMediaReader.Report(json).Streams.All(s => s.Type != "audio"))
            throw new PermanentDubException(FailureCode.AudioMissing);
    }

    /// <summary>The refusal of a picture that is larger than it may be.</summary>
    internal static PermanentDubException TooManyPixels(SourceOptions limits, Exception? cause = null) =>
        new(
            FailureCode.MediaPixels,
            $"The picture of the source has more than {limits.MaxPixels} pixels, which is the most that can be dubbed.",
            cause);

    /// <summary>Throws when a source lasts longer than it may.</summary>
    /// <param name="seconds">How long it lasts, as far as is known.</param>
    /// <param name="limits">What is allowed.</param>
    /// <exception cref="PermanentDubException">It does (<c>media_too_long</c>).</exception>
    public static void CheckLength(double seconds, SourceOptions limits)
    {
        if (seconds > limits.MaxDurationSeconds)
        {
            throw new PermanentDubException(
                FailureCode.MediaTooLong,
                $"The source lasts {Clock(seconds)}; at most {Clock(limits.MaxDurationSeconds)} can be dubbed.");
        }
    }

    // A header may state any length.
    private static string Clock(double seconds) => TimeSpan.FromSeconds(Math.Round(Math.Min(seconds, LongestTold))).ToString("c");
}
