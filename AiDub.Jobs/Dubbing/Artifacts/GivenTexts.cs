using AiDub.Domain.Speech;
using AiDub.Domain.Subtitles;

namespace AiDub.Jobs.Dubbing.Artifacts;

/// <summary>The texts that the user gave in place of recognition and translation, as they were read; null what was not given.</summary>
public sealed record GivenTexts(IReadOnlyList<TimedText>? Transcript, IReadOnlyList<TimedText>? Translation)
{
    /// <summary>What reports name as the engine of a text that was given.</summary>
    public const string Engine = "given";

    /// <summary>
    /// The texts by the clock of a video that lasts <paramref name="seconds"/>: one that counts from the hour at which a programme or tape
    /// begins, such as 10:00:00, so that all of it lies after the video's end, has that hour taken off.
    /// </summary>
    /// <returns>Itself where neither counts so.</returns>
    public GivenTexts ByClockOf(double seconds)
    {
        var (transcript, translation) = (FromItsHour(Transcript, seconds), FromItsHour(Translation, seconds));
        return transcript is null && translation is null ? this : new(transcript ?? Transcript, translation ?? Translation);
    }

    /// <summary>What is said within a video that lasts <paramref name="seconds"/>.</summary>
    public static IReadOnlyList<Segment> Within(IReadOnlyList<TimedText> texts, double seconds) =>
    [
        .. texts.Where(t => t.Start < seconds)
            .Select((t, index) => new Segment(index, t.Start, Math.Min(t.End, seconds), t.Text)
            {
                Speaker = t.Speaker,
                Caption = t.Caption,
                IsOtherSpeaker = t.IsOtherSpeaker,
            }),
    ];

    private static IReadOnlyList<TimedText>? FromItsHour(IReadOnlyList<TimedText>? texts, double seconds)
    {
        if (texts is not { Count: > 0 })
            return null;
        var first = texts.Min(t => t.Start);
        var hour = Math.Floor(first / 3600) * 3600;
        // Later in the hour than the video lasts: they are of another part.
        if (hour == 0 || first < seconds || first - hour >= seconds)
            return null;
        return [.. texts.Select(t => t with { Start = t.Start - hour, End = t.End - hour })];
    }
}
