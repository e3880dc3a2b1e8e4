using AiDub.Api.Errors;
using AiDub.Api.OpenApi;
using AiDub.Api.Views;
using AiDub.Domain.Editing;
using static AiDub.Api.OpenApi.ContractExample;

namespace AiDub.Api.Editing;

/// <summary>The examples of editing a finished dub and rendering it again.</summary>
internal sealed class EditingExamples : IContractExamples
{
    private const string List = "GET ai_dub/{request_id}/segments";
    private const string Edit = "PATCH ai_dub/{request_id}/segments/{index}";
    private const string Render = "POST ai_dub/{request_id}/render";

    private static EditableSegment Segment => ExampleSegments.One;

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Requests(string endpoint) => endpoint switch
    {
        Edit =>
        [
            new(
                "translation", "Say it in other words",
                new SegmentEditRequest { UserId = 51, Revision = 0, Translation = Segment.Translation }),
            new(
                "text", "Correct what was recognised; it is translated anew",
                new SegmentEditRequest { UserId = 51, Revision = 0, Text = Segment.Text }),
            new(
                "voice", "Another voice, a little earlier",
                new SegmentEditRequest { UserId = 51, Revision = 0, Voice = "es+f2", Start = 1.2 }),
        ],
        Render =>
        [
            new("render", "Render what was edited", new RenderRequest { UserId = 51, Revision = 1 }),
            new("subtitles", "With subtitles in the picture", new RenderRequest { UserId = 51, Subtitles = "burned" }),
        ],
        _ => null,
    };

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
    {
        (List, "200") => [new("segments", "One segment, edited and not rendered", ExampleSegments.All)],
        (List, "409") => [Of(DubErrors.NotEditable)],
        (Edit, "200") => [new("edited", "The segment as it is now", new SegmentEditAnswer(1, Segment))],
        (Edit, "400") =>
        [
            Field("revision", ErrorCodes.RevisionMissing, "revision is missing"),
            .. EditRules
                .Check(new SegmentEdit(0) { Text = "", Translation = "", Voice = "", Start = 99 }, [Segment], 42, ["es"])
                .Select(fault => Field(fault.Field, fault.Code, fault.Msg)),
        ],
        (Edit, "404") => [Of(DubErrors.NotFound), Of(DubErrors.NoSegment)],
        (Edit, "409") => [Of(DubErrors.Stale(2)), Of(DubErrors.NotEditable)],
        (Render, "200") => [new("begun", "The rendering was begun", new RenderResponse(ExampleDub.Id, "progress_initiated", 1))],
        (Render, "400") => [Field("subtitles", ErrorCodes.SubtitlesModeInvalid, "subtitles is not none, soft or burned")],
        (Render, "409") => [Of(DubErrors.Running), Of(DubErrors.Stale(2)), Of(DubErrors.NotEditable)],
        (Render, "429") => [Bare(429), Of(DubErrors.TooMany(100))],
        _ => null,
    };
}
