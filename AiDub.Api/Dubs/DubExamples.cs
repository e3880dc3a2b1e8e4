using AiDub.Api.Errors;
using AiDub.Api.OpenApi;
using AiDub.Api.Views;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using static AiDub.Api.OpenApi.ContractExample;

namespace AiDub.Api.Dubs;

/// <summary>The examples of what is read, deleted and run again.</summary>
internal sealed class DubExamples : IContractExamples
{
    private const string List = "GET ai_dub";
    private const string Find = "GET ai_dub/{request_id}";
    private const string Cancel = "POST ai_dub/{request_id}/cancel";
    private const string Retry = "POST ai_dub/{request_id}/retry";

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Requests(string endpoint) =>
        endpoint switch
        {
            Retry => [new("retry", "Let a dub go on", new RetryRequest { UserId = 51 })],
            Cancel => [new("cancel", "Stop a dub, or a new rendering of it", new RetryRequest { UserId = 51 })],
            _ => null,
        };

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
    {
        (List, "200") => [new("page", "A page that another follows", new DubsAnswer
        {
            Dubs = [Complete, FailedDub],
            NextCursor = new DubCursor(FailedDub.CreatedAt, FailedDub.RequestId).ToString(),
        })],
        (List, "400") =>
        [
            Field("state", ErrorCodes.StateInvalid, "state is none of queued, running, complete and failed"),
            Field("cursor", ErrorCodes.CursorInvalid, "cursor is not the next_cursor of a page"),
            Field("limit", ErrorCodes.LimitInvalid, "limit is not a whole number from 1 to 100"),
            .. CommonExamples.NoUser,
        ],
        (Find, "200") => [new("complete", "Complete, also after it was delivered", Complete), new("failed", "Failed", FailedDub)],
        (Cancel, "200") => [new("first", "A dub that had no result yet", Cancelled), new("again", "A new rendering", Kept)],
        (Cancel, "400") => [.. CommonExamples.NoUser, Bare(400)],
        (Cancel, "409") => [Of(DubErrors.NotRunning)],
        (Retry, "200") => [new("accepted", "The dub runs again", SubmitResponse.Accepted(ExampleDub.Id))],
        (Retry, "400") => [.. CommonExamples.NoUser, Bare(400)],
        (Retry, "409") => [Of(DubErrors.NotFailed), Of(DubErrors.NotKept)],
        (Retry, "429") => [Bare(429), Of(DubErrors.TooMany(100))],
        _ => null,
    };

    private static DubAnswer Recorded => new()
    {
        RequestId = ExampleDub.Id,
        UserId = 51,
        ProjectId = "ryan",
        FromLang = "en",
        ToLang = "es",
        SourceVideoUrl = ExampleDub.Source,
        State = "complete",
        Progress = "Status_5",
        Stage = "complete",
        Percent = 100,
        CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        UpdatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 45, TimeSpan.Zero),
        FinishedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 45, TimeSpan.Zero),
    };

    private static DubAnswer Complete => Recorded with
    {
        ResultUrl = ExampleDub.Final.ResultUrl,
        DownloadUrl = ExampleDub.Final.DownloadUrl,
        Subtitles = ExampleDub.Final.Subtitles,
        DurationSeconds = ExampleDub.Final.DurationSeconds,
        Warnings = ExampleDub.Final.Warnings,
        Report = ExampleDub.Final.Report,
    };

    private static DubAnswer FailedDub => Recorded with
    {
        State = "failed",
        Progress = "Status_1",
        Stage = "transcribing",
        Percent = 3,
        Error = new DubErrorAnswer(FailureCode.MediaInvalid.Message, FailureCode.MediaInvalid.Value),
    };

    private static DubAnswer Cancelled => FailedDub with
    {
        Error = new DubErrorAnswer(FailureCode.Cancelled.Message, FailureCode.Cancelled.Value),
    };

    private static DubAnswer Kept => Complete with
    {
        State = "failed",
        Progress = "Status_3",
        Stage = "speaking",
        Percent = 66,
        Error = Cancelled.Error,
    };
}
