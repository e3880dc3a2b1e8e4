using AiDub.Api.Editing;
using AiDub.Api.Errors;
using AiDub.Api.Estimates;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Domain.Editing;

namespace AiDub.Api.OpenApi;

/// <summary>The examples of the endpoints that estimate a dub, edit a finished one and render it again.</summary>
public static class EditingExamples
{
    private const string List = "ai_dub/{request_id}/segments";
    private const string Edit = "ai_dub/{request_id}/segments/{index}";
    private const string Render = "ai_dub/{request_id}/render";
    private const string Estimate = "ai_dub/estimate";
    private const string Export = "ai_dub/{request_id}/{text}.{format}";
    private static readonly Guid Id = Guid.Parse("0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90");

    /// <summary>The examples of the request body at <paramref name="path"/>; null when it is none of these endpoints.</summary>
    public static IReadOnlyList<ContractExample>? Requests(string path) => path switch
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

    /// <summary>
    /// The examples of the answer with <paramref name="status"/> at <paramref name="path"/>; null when they are those of every endpoint.
    /// </summary>
    public static IReadOnlyList<ContractExample>? Answers(string path, string status) => (path, status) switch
    {
        (List, "200") => [new("segments", "One segment, edited and not rendered", Segments)],
        (Edit, "200") => [new("edited", "The segment as it is now", new SegmentEditAnswer(1, Segment))],
        (Render, "200") => [new("begun", "The rendering was begun", new RenderResponse(Id, "progress_initiated", 1))],
        (List or Edit or Render, "404") => path == Edit ? [Of(DubErrors.NotFound), Of(DubErrors.NoSegment)] : [Of(DubErrors.NotFound)],
        (Estimate, "200") => [new("estimate", "Two minutes of talk", Estimated)],
        (Estimate, "400") =>
        [
            new(
                ErrorCodes.ToLangMissing, "to lang is missing",
                new ErrorBody { Status = 400, Msg = "to lang is missing", MsgCode = ErrorCodes.ToLangMissing }),
        ],
        (Export, "404") => [Of(DubErrors.NotFound), Of(DubErrors.NoExport)],
        (Export, "200") => [new("json", "As JSON", Segments)],
        (Export, "400") => [Field("user_id", ErrorCodes.UserIdMissing, "user id is missing")],
        (List, "409") => [Of(DubErrors.NotEditable)],
        (Edit, "409") => [Of(DubErrors.Stale(2)), Of(DubErrors.NotEditable)],
        (Render, "409") => [Of(DubErrors.Running), Of(DubErrors.Stale(2)), Of(DubErrors.NotEditable)],
        (Edit, "400") =>
        [
            Field("revision", ErrorCodes.RevisionMissing, "revision is missing"),
            .. EditRules.Check(new SegmentEdit(0) { Text = "", Translation = "", Voice = "", Start = 99 }, [Segment], 42, ["es"])
                .Select(fault => Field(fault.Field, fault.Code, fault.Msg)),
        ],
        (List, "400") => [Field("user_id", ErrorCodes.UserIdMissing, "user id is missing")],
        (Render, "400") => [Field("subtitles", ErrorCodes.SubtitlesModeInvalid, "subtitles is not none, soft or burned")],
        _ => null,
    };

    private static EditableSegment Segment => new()
    {
        Index = 0,
        Start = 1.5,
        End = 4.25,
        Text = "Good morning and welcome.",
        Translation = "Buenos días y bienvenidos.",
        Speaker = "S1",
        Voice = "es+f2",
        DubStart = 1.5,
        DubEnd = 3.9,
        Tempo = 1.08,
        Changed = true,
    };

    private static SegmentsAnswer Segments => new()
    {
        RequestId = Id,
        Revision = 1,
        RenderedRevision = 0,
        FromLang = "en",
        ToLang = "es",
        DurationSeconds = 42.5,
        EditableUntil = new DateTimeOffset(2026, 1, 3, 3, 4, 45, TimeSpan.Zero),
        Voices = ["es", "es+f2"],
        Segments = [Segment],
    };

    private static EstimateAnswer Estimated => new()
    {
        DurationSeconds = 120,
        SpeechSeconds = 84.5,
        Segments = 31,
        Characters = 1183,
        ExpectedSeconds = 75,
        QueueSeconds = 0,
        Cost = new CostAnswer("USD", 0.5m, new Dictionary<string, decimal> { ["ElevenLabs"] = 0.5m }),
        Engines = new Dictionary<string, string>
        {
            ["recognizer"] = "PocketSphinx",
            ["translator"] = "Apertium",
            ["synthesizer"] = "ElevenLabs",
        },
    };

    private static ContractExample Of(ErrorBody body) => new(body.MsgCode, body.Msg, body);

    private static ContractExample Field(string field, string code, string msg) =>
        new(code, msg, new ErrorBody { Status = 400, Msg = msg, MsgCode = code, Errors = [new FieldError(field, msg, code)] });
}
