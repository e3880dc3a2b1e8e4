using AiDub.Domain.Speech;
using AiDub.Domain.Subtitles;

namespace AiDub.Jobs.Dubbing.Artifacts;

/// <summary>The texts that the user gave in place of recognition and translation, as they were read; null what was not given.</summary>
public sealed record GivenTexts(IReadOnlyList<TimedText>? Transcript, IReadOnlyList<TimedText>? Translation)
{
    /// <summary>What reports name as the engine of a text that was given.</summary>
    public const string Engine = "given";

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
}
