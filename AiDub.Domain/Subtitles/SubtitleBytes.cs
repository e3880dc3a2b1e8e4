namespace AiDub.Domain.Subtitles;

/// <summary>How large a subtitle file may be.</summary>
public static class SubtitleBytes
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 1 << 20;
}
