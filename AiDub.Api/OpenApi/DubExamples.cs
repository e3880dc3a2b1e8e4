using AiDub.Api.Dubs;
using AiDub.Api.Errors;
using AiDub.Api.Uploads;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using static AiDub.Api.OpenApi.ContractExamples;

namespace AiDub.Api.OpenApi;

/// <summary>The examples of what is done with dubs that are there, and with uploads.</summary>
public static class DubExamples
{
    private const string List = "GET ai_dub";
    private const string Find = "GET ai_dub/{request_id}";
    private const string Delete = "DELETE ai_dub/{request_id}";
    private const string Retry = "POST ai_dub/{request_id}/retry";
    private const string Upload = "POST ai_dub/uploads";

    private static readonly ContractExample[] NoUser =
    [
        Error(400, ErrorCodes.UserIdMissing, "user id is missing"),
        Error(400, ErrorCodes.UserIdInvalid, "user id is not a whole number"),
    ];

    /// <summary>The examples of the body of a request to <paramref name="endpoint"/>, method and path; null: others know.</summary>
    public static IReadOnlyList<ContractExample>? Requests(string endpoint) => endpoint switch
    {
        Retry => [new("retry", "Let a dub go on", new RetryRequest { UserId = 51 })],
        Upload => [],
        _ => null,
    };

    /// <summary>The examples of the answer with <paramref name="status"/> of <paramref name="endpoint"/>; null: others know.</summary>
    public static IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
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
            .. NoUser,
        ],
        (Find, "200") => [new("complete", "Complete, also after it was delivered", Complete), new("failed", "Failed", FailedDub)],
        (Find or Delete, "400") => NoUser,
        (Find or Delete or Retry, "404") => [Of(DubErrors.NotFound)],
        (Retry, "200") => [new("accepted", "The dub runs again", SubmitResponse.Accepted(Complete.RequestId))],
        (Retry, "400") => [.. NoUser, Bare(400)],
        (Retry, "409") => [Of(DubErrors.NotFailed), Of(DubErrors.NotKept)],
        (Retry, "429") => [Bare(429), Of(DubErrors.TooMany(100))],
        (Upload, "200") => [new("stored", "A video was stored", new UploadResponse
        {
            SourceVideoUrl = "http://127.0.0.1:5080/files/uploads/2026-01-02/5e1d9f34-7c52-4b0f-8f5e-6a3b2c1d0e9f"
                + "?expires=1767409445&signature=2c9a",
            Bytes = 1_048_576,
        })],
        (Upload, "400") =>
        [
            Error(400, ErrorCodes.UploadMissing, "the form holds no file"),
            Error(400, ErrorCodes.SubtitlesInvalid, "the file cannot be read: line 12: the end is before the start"),
            Error(400, ErrorCodes.BodyInvalid, "the form could not be read"),
            Error(400, ErrorCodes.UserIdInvalid, "user id is not a whole number"),
        ],
        (Upload, "415") => [Error(415, ErrorCodes.UnsupportedMediaType, UploadsController.NotAForm)],
        _ => null,
    };

    private static ContractExample Of(ErrorBody body) => new(body.MsgCode, body.Msg, body);
}
