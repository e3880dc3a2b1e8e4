using AiDub.Domain.Media;
using AiDub.Domain.Speech;
using AiDub.Domain.Subtitles;

namespace AiDub.Jobs.Dubbing.Artifacts;

/// <summary>The texts that the user gave in place of recognition and translation, as they were read; null what was not given.</summary>
public sealed record GivenTexts(IReadOnlyList<TimedText>? Transcript, IReadOnlyList<TimedText>? Translation)
{
    /// <summary>What reports name as the engine of a text that was given.</summary>
    public const string Engine = "given";

    // What a picture's frames are counted in; others are guessed, or counted by fields.
    private const double LeastRate = 20;
    private const double MostRate = 31;

    /// <summary>How many frames were supposed to make a second of the transcript, where it counts in them and does not say.</summary>
    public double? TranscriptRate { get; init; }

    /// <summary>The same of the translation.</summary>
    public double? TranslationRate { get; init; }

    /// <summary>The texts by a video's own clock.</summary>
    public GivenTexts For(SourceMedia media) => ByFramesOf(media).ByClockOf(media.DurationSeconds);

    /// <summary>The texts with times that are counted in frames by those of a video, as some players take them.</summary>
    /// <returns>Itself where nothing was supposed, or the video does not know better.</returns>
    public GivenTexts ByFramesOf(SourceMedia media)
    {
        if ((TranscriptRate ?? TranslationRate) is null || media.Video is not { FrameSeconds: >= 1 / MostRate and <= 1 / LeastRate } video)
            return this;
        return new(Scaled(Transcript, TranscriptRate), Scaled(Translation, TranslationRate));

        IReadOnlyList<TimedText>? Scaled(IReadOnlyList<TimedText>? texts, double? rate)
        {
            var share = rate * video.FrameSeconds ?? 1;
            return texts is null ? null : [.. texts.Select(t => t with { Start = t.Start * share, End = t.End * share })];
        }
    }

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
