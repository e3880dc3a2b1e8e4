using AiDub.Domain.Subtitles.Reading;

namespace AiDub.Domain.Subtitles;

/// <summary>Reads subtitle files as people have them: SubRip, WebVTT, SubStation Alpha, TTML and others.</summary>
/// <remarks>
/// What can be read is read, and what was mended is told with its line; a file is refused only when nothing can be made of it. Time and
/// memory grow with the length of the text and no faster.
/// </remarks>
public static class SubtitleParser
{
    /// <summary>
    /// How long a text may be, in characters: a longer one is split after sentences, each part with its share of the time.
    /// </summary>
    public const int MaxTextLength = 1000;

    /// <summary>How many texts a file may have.</summary>
    public const int MaxTexts = 20_000;

    /// <summary>How long a file may be, in characters; one byte of a file of the largest size is one at most.</summary>
    public const int MaxLength = SubtitleBytes.MaxBytes;

    /// <summary>
    /// How long one may be that is read line by line, in characters. What recognisers write of every word is JSON or XML, of which less is
    /// kept in memory.
    /// </summary>
    public const int MaxWrittenLength = MaxLength / 4;

    /// <summary>Reads a file.</summary>
    /// <param name="text">What is in it.</param>
    /// <param name="isPaired">
    /// Whether its subtitles are to answer those of another file, one to one: then none is parted where another lies within it, as the
    /// other file's may not be.
    /// </param>
    /// <param name="ct">Ends the reading.</param>
    /// <exception cref="SubtitleFormatException">Nothing can be made of it, or it is longer than is read.</exception>
    public static SubtitleReading Read(string text, bool isPaired = false, CancellationToken ct = default)
    {
        RequireLength(text, MaxLength);
        var repairs = new RepairLog();
        var cues = SubtitleFormat.Read(text, repairs, ct);
        ct.ThrowIfCancellationRequested();
        var said = SpeakerTurns.Find(RollingCaptions.Unroll(CueTimes.Mend(cues, repairs), ct));
        var texts = TextBuilder.Build(isPaired ? said : Interruptions.Part(said, ct), repairs, ct);
        return texts.Count > 0 ? repairs.Of(texts) : throw new SubtitleFormatException(1, "there is no subtitle in the file");
    }

    /// <summary>Throws where a text is longer than is read.</summary>
    internal static void RequireLength(string text, int most)
    {
        if (text.Length > most)
            throw new SubtitleFormatException(1, FormattableString.Invariant($"the text is longer than {most} characters"));
    }
}
