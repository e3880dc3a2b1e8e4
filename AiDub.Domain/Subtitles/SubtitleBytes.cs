namespace AiDub.Domain.Subtitles;

/// <summary>How large a subtitle file may be.</summary>
public static class SubtitleBytes
{
    /// <summary>
    /// The largest file that is read, in bytes: 8 MiB. Few texts take more than 1 MiB, but recognisers write down the times of every word,
    /// and what else they weighed.
    /// </summary>
    public const int MaxBytes = 8 << 20;
}
