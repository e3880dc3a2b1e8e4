using AiDub.Api.Languages;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;

namespace AiDub.Api.Views;

/// <summary>How far a dub is: one of <see cref="RunningAnswer"/> and, once, <see cref="FinalAnswer"/>.</summary>
internal abstract record ProgressAnswer
{
    /// <summary>
    /// The stage: <c>Status_1</c> being fetched and transcribed, <c>Status_2</c> translated, <c>Status_3</c> spoken, <c>Status_4</c> mixed
    /// and published, <c>Status_5</c> complete.
    /// </summary>
    public required string Progress { get; init; }

    /// <summary>
    /// The stage in a word: <c>transcribing</c>, <c>translating</c>, <c>speaking</c>, <c>rendering</c> or <c>complete</c>.
    /// </summary>
    public required string Stage { get; init; }

    /// <summary>How much is done, 0–100; never goes backwards.</summary>
    public required int Percent { get; init; }

    /// <summary>The dub's id.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>The language dubbed into, as ISO 639-1.</summary>
    public required string ToLang { get; init; }

    /// <summary>The region of the language dubbed into (<c>BR</c> of <c>pt-BR</c>), when the request named one.</summary>
    public string? ToRegion { get; init; }
}

/// <summary>A dub that is waiting or being worked on.</summary>
internal sealed record RunningAnswer : ProgressAnswer
{
    /// <summary>The spoken language as ISO 639-1, when the request named it.</summary>
    public string? FromLang { get; init; }

    /// <summary>How often work on the dub was begun; 0: it waits for a worker.</summary>
    public required int Attempt { get; init; }

    /// <summary>The step of the stage that works, such as <c>speak</c>; absent while the dub waits for its first.</summary>
    public string? Step { get; init; }

    /// <summary>How many of its segments the step has done; absent when it does not count them.</summary>
    public int? SegmentsDone { get; init; }

    /// <summary>How many segments the step has to do; absent when it does not count them.</summary>
    public int? SegmentsTotal { get; init; }

    /// <summary>When the dub is expected to be complete, in seconds from now; absent while that cannot be known.</summary>
    public int? EtaSeconds { get; init; }

    /// <summary>
    /// What the dub waits for because it is away: <c>records</c>, <c>objects</c>, <c>engine</c> or <c>storage</c> (room on the disk);
    /// absent while it is worked on. It goes on by itself.
    /// </summary>
    public string? WaitingFor { get; init; }

    /// <summary>When waiting: what for, for a person, with the engine's name.</summary>
    public string? WaitingMessage { get; init; }

    /// <summary>When waiting: since when.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>What is known already to be not as good as it could be.</summary>
    public required IReadOnlyList<DubWarning> Warnings { get; init; }

    /// <summary>The answer for a running dub.</summary>
    public static RunningAnswer Of(DubProgress dub) => new()
    {
        Progress = dub.Stage.ToWire(),
        Stage = dub.Stage.ToWord(),
        Step = dub.Activity?.Step,
        SegmentsDone = dub.Activity?.SegmentsDone,
        SegmentsTotal = dub.Activity?.SegmentsTotal,
        EtaSeconds = dub.Activity?.EtaSeconds,
        WaitingFor = dub.Activity?.Wait?.For,
        WaitingMessage = dub.Activity?.Wait?.Message,
        WaitingSince = dub.Activity?.Wait?.Since,
        Warnings = dub.Activity?.Warnings ?? [],
        Percent = dub.Percent,
        RequestId = dub.RequestId,
        FromLang = dub.Order.FromLang,
        ToLang = dub.Order.ToLang,
        ToRegion = dub.Order.ToRegion,
        Attempt = dub.Attempt,
    };
}

/// <summary>A finished dub; it is answered once, then its progress is forgotten.</summary>
internal sealed record FinalAnswer : ProgressAnswer
{
    /// <summary>Who asked for the dub.</summary>
    public required long UserId { get; init; }

    /// <summary>The project it belongs to.</summary>
    public required string ProjectId { get; init; }

    /// <summary>
    /// The spoken language of the source as ISO 639-1; <c>und</c> when the translation was given and the language was not.
    /// </summary>
    public required string FromLang { get; init; }

    /// <summary>The source's address, as it was sent.</summary>
    public required string SourceVideoUrl { get; init; }

    /// <summary>An address at which a browser opens the dubbed video, for a limited time.</summary>
    public required string ResultUrl { get; init; }

    /// <summary>An address at which a browser saves the dubbed video, called after its source, for a limited time.</summary>
    public required string DownloadUrl { get; init; }

    /// <summary>Addresses of the translation as subtitles, for a limited time.</summary>
    public required SubtitleAddresses Subtitles { get; init; }

    /// <summary>How long the dubbed video lasts, in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>What is not as good as it could be; empty when nothing is.</summary>
    public required IReadOnlyList<DubWarning> Warnings { get; init; }

    /// <summary>What was measured while the dub was made.</summary>
    public required DubReport Report { get; init; }
}

/// <summary>Where the translation is as subtitles.</summary>
/// <param name="Srt">The SubRip file's address.</param>
/// <param name="Vtt">The WebVTT file's address.</param>
internal sealed record SubtitleAddresses(string Srt, string Vtt);
