using AiDub.Domain.Dubbing;

namespace AiDub.Api.Contracts;

/// <summary>A dub as it is recorded: waiting, running, failed or complete.</summary>
public sealed record DubAnswer
{
    /// <summary>The dub's id.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>Who asked for the dub.</summary>
    public required long UserId { get; init; }

    /// <summary>The project it belongs to.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The spoken language as ISO 639-1; absent while it is not known; <c>und</c> when the translation was given and the language was not.</summary>
    public string? FromLang { get; init; }

    /// <summary>The language dubbed into, as ISO 639-1.</summary>
    public required string ToLang { get; init; }

    /// <summary>The region of the language dubbed into (<c>BR</c> of <c>pt-BR</c>), when the request named one.</summary>
    public string? ToRegion { get; init; }

    /// <summary>The source's address, as it was sent.</summary>
    public required string SourceVideoUrl { get; init; }

    /// <summary><c>queued</c> (no worker is at it), <c>running</c>, <c>complete</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary>The stage, <c>Status_1</c> to <c>Status_5</c>; of a failed dub the one that failed.</summary>
    public required string Progress { get; init; }

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

    /// <summary>When complete: addresses of the translation as subtitles, for a limited time.</summary>
    public SubtitleAddresses? Subtitles { get; init; }

    /// <summary>When complete: how long the dubbed video lasts, in seconds.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>When complete: what is not as good as it could be; empty when nothing is.</summary>
    public IReadOnlyList<DubWarning>? Warnings { get; init; }

    /// <summary>When complete: what was measured while the dub was made.</summary>
    public DubReport? Report { get; init; }

    /// <summary>When complete: the revision of its segments that the result was rendered from; 0: the first.</summary>
    public int? Revision { get; init; }

    /// <summary>When complete: how the result carries subtitles, <c>none</c>, <c>soft</c> or <c>burned</c>.</summary>
    public string? SubtitlesMode { get; init; }

    /// <summary>When complete: until when it can be edited and rendered again; absent when it cannot.</summary>
    public DateTimeOffset? EditableUntil { get; init; }

    /// <summary>When failed: why.</summary>
    public DubErrorAnswer? Error { get; init; }

    /// <summary>A dub that is not complete.</summary>
    public static DubAnswer Of(DubProgress dub) => Of(dub.Order, dub.CreatedAt) with
    {
        State = dub.State == DubState.Failed ? "failed" : dub.HeartbeatAt is null ? "queued" : "running",
        Progress = dub.Stage.ToWire(),
        Percent = dub.Percent,
        UpdatedAt = dub.UpdatedAt,
        FinishedAt = dub.State == DubState.Failed ? dub.UpdatedAt : null,
        Error = dub.Exception is { } why ? new DubErrorAnswer(why, dub.ExceptionCode) : null,
    };

    /// <summary>This complete dub while it is rendered again, or after that failed: the old result, with where the new one stands.</summary>
    public DubAnswer While(DubProgress rendering)
    {
        var now = Of(rendering);
        return this with
        {
            State = now.State,
            Progress = now.Progress,
            Percent = now.Percent,
            UpdatedAt = now.UpdatedAt,
            FinishedAt = now.FinishedAt,
            Error = now.Error,
        };
    }

    /// <summary>A complete dub, with the addresses that were made for its files.</summary>
    public static DubAnswer Of(DubRecord dub, string resultUrl, SubtitleAddresses subtitles) => Of(dub.Order, dub.CreatedAt) with
    {
        State = "complete",
        Progress = DubStage.Complete.ToWire(),
        Percent = 100,
        UpdatedAt = dub.FinishedAt,
        FinishedAt = dub.FinishedAt,
        FromLang = dub.Response.FromLang,
        ResultUrl = resultUrl,
        Subtitles = subtitles,
        DurationSeconds = dub.Response.DurationSeconds,
        Warnings = dub.Response.Warnings,
        Report = dub.Response.Report,
        Revision = dub.Order.Revision,
        SubtitlesMode = dub.Order.Subtitles.ToWire(),
        EditableUntil = dub.EditableUntil,
    };

    private static DubAnswer Of(DubOrder order, DateTimeOffset createdAt) => new()
    {
        RequestId = order.RequestId,
        UserId = order.UserId,
        ProjectId = order.ProjectId,
        FromLang = order.FromLang,
        ToLang = order.ToLang,
        ToRegion = order.ToRegion,
        SourceVideoUrl = order.SourceVideoUrl,
        State = "",
        Progress = "",
        Percent = 0,
        CreatedAt = createdAt,
        UpdatedAt = createdAt,
    };
}

/// <summary>Why a dub failed.</summary>
/// <param name="Msg">For a person.</param>
/// <param name="ErrorCode">For a program: stable snake_case.</param>
public sealed record DubErrorAnswer(string Msg, string? ErrorCode);
