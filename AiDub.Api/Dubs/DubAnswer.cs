using AiDub.Api.Views;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;

namespace AiDub.Api.Dubs;

/// <summary>A dub as it is recorded: waiting, running, failed or complete.</summary>
internal sealed record DubAnswer
{
    /// <summary>The dub's id.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>Who asked for the dub.</summary>
    public required long UserId { get; init; }

    /// <summary>The project it belongs to.</summary>
    public required string ProjectId { get; init; }

    /// <summary>
    /// The spoken language as ISO 639-1; absent while it is not known; <c>und</c> when the translation was given and the language was not.
    /// </summary>
    public string? FromLang { get; init; }

    /// <summary>The language dubbed into, as ISO 639-1.</summary>
    public required string ToLang { get; init; }

    /// <summary>The region of the language dubbed into (<c>BR</c> of <c>pt-BR</c>), when the request named one.</summary>
    public string? ToRegion { get; init; }

    /// <summary>
    /// The dubs of the same request that there still are, this one among them, in order of its languages; absent when it asked for one
    /// only.
    /// </summary>
    public IReadOnlyList<Guid>? RequestIds { get; init; }

    /// <summary>The source's address, as it was sent.</summary>
    public required string SourceVideoUrl { get; init; }

    /// <summary><c>queued</c> (no worker is at it), <c>running</c>, <c>complete</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>The stage, <c>Status_1</c> to <c>Status_5</c>; of a failed dub the one that failed.</summary>
    public required string Progress { get; init; }

    /// <summary>
    /// The stage in a word: <c>transcribing</c>, <c>translating</c>, <c>speaking</c>, <c>rendering</c> or <c>complete</c>.
    /// </summary>
    public required string Stage { get; init; }

    /// <summary>When running: the step of the stage that works, such as <c>speak</c>; absent while the dub waits for its first.</summary>
    public string? Step { get; init; }

    /// <summary>When running: how many of its segments the step has done; absent when it does not count them.</summary>
    public int? SegmentsDone { get; init; }

    /// <summary>When running: how many segments the step has to do; absent when it does not count them.</summary>
    public int? SegmentsTotal { get; init; }

    /// <summary>When running: when it is expected to be complete, in seconds from now; absent while that cannot be known.</summary>
    public int? EtaSeconds { get; init; }

    /// <summary>
    /// When running: what it waits for because it is away, <c>records</c>, <c>objects</c>, <c>engine</c> or <c>storage</c>; absent while it
    /// is worked on.
    /// </summary>
    public string? WaitingFor { get; init; }

    /// <summary>When waiting: what for, for a person, with the engine's name.</summary>
    public string? WaitingMessage { get; init; }

    /// <summary>When waiting: since when.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>How much is done, 0–100.</summary>
    public required int Percent { get; init; }

    /// <summary>When the dub was accepted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When anything of it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was complete or failed; absent before.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When complete: an address at which a browser opens the dubbed video, for a limited time.</summary>
    public string? ResultUrl { get; init; }

    /// <summary>When complete: an address at which a browser saves the dubbed video, called after its source, for a limited time.</summary>
    public string? DownloadUrl { get; init; }

    /// <summary>When complete: addresses of the translation as subtitles, for a limited time.</summary>
    public SubtitleAddresses? Subtitles { get; init; }

    /// <summary>When complete: how long the dubbed video lasts, in seconds.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>What is not as good as it could be, as far as it is known; empty when the dub is complete and nothing is.</summary>
    public IReadOnlyList<DubWarning>? Warnings { get; init; }

    /// <summary>When complete: what was measured while the dub was made.</summary>
    public DubReport? Report { get; init; }

    /// <summary>When complete: the revision of its segments that the result was rendered from; 0: the first.</summary>
    public int? Revision { get; init; }

    /// <summary>When complete: how the result carries subtitles, <c>none</c>, <c>soft</c> or <c>burned</c>.</summary>
    public string? SubtitlesMode { get; init; }

    /// <summary>When complete: until when it can be edited and rendered again; absent when it cannot.</summary>
    public DateTimeOffset? EditableUntil { get; init; }

    /// <summary>When failed: until when it can be retried; absent when it cannot.</summary>
    public DateTimeOffset? RetryableUntil { get; init; }

    /// <summary>When failed: why.</summary>
    public DubErrorAnswer? Error { get; init; }
}

/// <summary>Why a dub failed.</summary>
/// <param name="Msg">For a person.</param>
/// <param name="ErrorCode">For a program: stable snake_case.</param>
internal sealed record DubErrorAnswer(string Msg, string? ErrorCode);
