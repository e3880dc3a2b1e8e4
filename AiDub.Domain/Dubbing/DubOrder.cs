using AiDub.Domain.Speakers;

namespace AiDub.Domain.Dubbing;

/// <summary>What a user asked for; never changes after it was accepted.</summary>
public sealed record DubOrder
{
    /// <summary>The dub's id, a version 4 UUID.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>Who asked.</summary>
    public required long UserId { get; init; }

    /// <summary>The user's own name for the project it belongs to.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The source's address, exactly as it was sent.</summary>
    public required string SourceVideoUrl { get; init; }

    /// <summary>The spoken language as ISO 639-1, or null when it is to be detected.</summary>
    public string? FromLang { get; init; }

    /// <summary>
    /// The audio track to dub: its number among the audio tracks, from 0, or a language (see <see cref="Media.AudioTracks.CanAsk"/>); null:
    /// it is chosen.
    /// </summary>
    public string? SourceAudio { get; init; }

    /// <summary>The language to dub into, as ISO 639-1.</summary>
    public required string ToLang { get; init; }

    /// <summary>
    /// The region whose usage and accent are wanted, as <see cref="Languages.LanguageTag.Region"/> (<c>BR</c> of <c>pt-BR</c>); null for
    /// none in particular.
    /// </summary>
    public string? ToRegion { get; init; }

    /// <summary>The voices that were chosen, by speaker or gender (see <see cref="Speakers.VoiceChoices"/>); null when none were.</summary>
    public IReadOnlyDictionary<string, string>? Voices { get; init; }

    /// <summary>Who says that speakers agree to their own voices being used; null where none are.</summary>
    public VoiceConsent? VoiceConsent { get; init; }

    /// <summary>Where the transcript lies that the user gave; null: speech is recognised.</summary>
    public TextPlace? Transcript { get; init; }

    /// <summary>Where the translation lies that the user gave; null: the transcript is translated.</summary>
    public TextPlace? Translation { get; init; }

    /// <summary>Who is to be told of its end; null: nobody.</summary>
    public DubCallback? Callback { get; init; }

    /// <summary>Whether and how the result carries the translation as subtitles.</summary>
    public SubtitleMode Subtitles { get; init; }

    /// <summary>The revision of its segments that is made: 0 for a first dub, more for one that was edited.</summary>
    public int Revision { get; init; }

    /// <summary>The dubs of the same request; null when it asked for one language only.</summary>
    public DubBatch? Batch { get; init; }

    /// <summary>
    /// Whose artifacts hold the source and all that is found out about it before a target language matters: its own, or its batch's.
    /// </summary>
    public Guid SourceId => Batch?.Id ?? RequestId;

    /// <summary>
    /// Whether the dub can make again whatever is gone of what its steps had made. What a revision is made from, and what the dubs of a
    /// batch share, is not its own to make.
    /// </summary>
    public bool MakesAllItself => Batch is null && Revision == 0;
}
