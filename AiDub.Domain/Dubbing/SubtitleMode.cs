namespace AiDub.Domain.Dubbing;

/// <summary>How a dubbed video carries its translation as subtitles.</summary>
public enum SubtitleMode
{
    /// <summary>Not at all: only as files of their own.</summary>
    None,

    /// <summary>As a track that players can switch on.</summary>
    Soft,

    /// <summary>In the picture, which is encoded anew for it.</summary>
    Burned,
}

/// <summary>The names that the modes carry on the wire and in the record stores.</summary>
public static class SubtitleModeNames
{
    /// <summary><c>none</c>, <c>soft</c>, <c>burned</c>.</summary>
    public static string ToWire(this SubtitleMode mode) => mode.ToString().ToLowerInvariant();

    /// <summary>The mode of a wire name; null when it names none.</summary>
    public static SubtitleMode? Parse(string? wire) =>
        Enum.GetValues<SubtitleMode>().Where(mode => mode.ToWire() == wire).Cast<SubtitleMode?>().FirstOrDefault();
}
