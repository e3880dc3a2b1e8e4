using AiDub.Api.Callbacks;
using AiDub.Api.Dubs;
using AiDub.Api.Errors;
using AiDub.Api.Events;
using AiDub.Api.Languages;
using AiDub.Api.Progress;
using AiDub.Api.Submitting;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Media;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Domain.Timing;
using AiDub.Jobs.Engines;

namespace AiDub.Api.OpenApi;

/// <summary>A request or an answer as it really is.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Summary">What it shows.</param>
/// <param name="Value">The body.</param>
public sealed record ContractExample(string Name, string Summary, object Value);

/// <summary>The examples of the contract.</summary>
public static class ContractExamples
{
    private const string Submit = "ai_dub";
    private const string Progress = "ai_dub/progress";
    private const string Events = "ai_dub/{request_id}/events";
    private const string Callbacks = "ai_dub/{request_id}/callbacks";
    private const string Languages = "ai_dub/languages";
    private const string Source = "https://bucket.s3.amazonaws.com/My+Video.mp4";
    private static readonly Guid Id = Guid.Parse("0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90");

    /// <summary>The examples of the request body at <paramref name="path"/>.</summary>
    public static IReadOnlyList<ContractExample> Requests(string path) => path == Progress
        ? [new("poll", "Poll a dub", new ProgressRequest { UserId = 51, RequestId = $"{Id}" })]
        :
        [
            new("submit", "Dub a video into Spanish", Submission with { FromLang = default }),
            new("indonesian", "Dub a video into Indonesian", Submission with { FromLang = default, ToLang = "id" }),
            new("from", "Say which language is spoken", Submission),
            new("track", "Dub the second audio track", Submission with { SourceAudio = 1 }),
            new(
                "voices", "Choose voices",
                Submission with { Voices = new Dictionary<string, string> { ["S2"] = "es+m3", ["female"] = "es+f2" } }),
            new("languages", "Dub into several languages", Submission with { ToLang = new[] { "es", "ca" } }),
            new(
                "transcript", "Give what is said, as text",
                Submission with { Transcript = "1\n00:00:01,000 --> 00:00:03,500\nWelcome to our bakery.\n" }),
            new(
                "translation", "Give what is to be spoken, as the address of a file",
                Submission with { FromLang = default, Translation = "https://example.com/talk.es.vtt" }),
        ];

    /// <summary>The examples of the answer with <paramref name="status"/> at <paramref name="path"/>.</summary>
    public static IReadOnlyList<ContractExample> Answers(string path, string status) => (path, status) switch
    {
        (Progress, "200") => [new("running", "Being spoken", Running), new("final", "Complete; answered once", Final)],
        (Progress, "400") =>
        [
            Error(400, ErrorCodes.RequestIdMissing, "request id is missing"),
            Error(400, ErrorCodes.UserIdMissing, "user id is missing"),
            Error(400, ErrorCodes.UserIdInvalid, "user id is not a whole number"),
            Bare(400),
        ],
        (_, "401") =>
        [
            Error(401, ErrorCodes.TokenMissing, "this needs a token: Authorization: Bearer ..."),
            Error(401, ErrorCodes.TokenInvalid, "the token is not valid here"),
            Error(401, ErrorCodes.TokenExpired, "the token has expired"),
            Error(401, ErrorCodes.TokenUserMissing, "the token has no frontend_userid that is a whole number"),
        ],
        (_, "403") => [Error(403, ErrorCodes.UserForbidden, "user id is not the token's")],
        (_, "422") => [Error(422, ErrorCodes.IdempotencyKeyReused, "Idempotency-Key was sent with another request before")],
        (Submit, "429") =>
        [
            Bare(429),
            Error(429, ErrorCodes.TooManyDubs, "at most 100 dubs may run at a time; wait until one is finished"),
        ],
        (Progress, "404") => [Error(404, ErrorCodes.ProgressNotFound, "this user has no such dub, or it was already delivered")],
        (Progress, "500") =>
        [
            new("dub_failed", "The dub failed", new ErrorBody
            {
                Status = 500,
                Msg = "The file is not a video or audio file.",
                MsgCode = ErrorCodes.DubFailed,
                ErrorCode = "media_unreadable",
            }),
            Bare(500),
        ],
        (Events, "200") =>
        [
            new("progress", "Being spoken", EventStream.Compose(3534446400000, "progress", Running)),
            new("complete", "Complete; the stream ends", EventStream.Compose(3534446460001, "complete", Final)),
        ],
        (Events, "400") =>
        [
            Error(400, ErrorCodes.UserIdMissing, "user id is missing"),
            Error(400, ErrorCodes.UserIdInvalid, "user id is not a whole number"),
        ],
        (Events, "404") => [new(ErrorCodes.DubNotFound, DubErrors.NotFound.Msg, DubErrors.NotFound)],
        (Callbacks, "200") => [new("pending", "The receiver failed once", Told)],
        (Callbacks, "400") =>
        [
            Error(400, ErrorCodes.UserIdMissing, "user id is missing"),
            Error(400, ErrorCodes.UserIdInvalid, "user id is not a whole number"),
        ],
        (Callbacks, "404") =>
        [
            new(ErrorCodes.DubNotFound, DubErrors.NotFound.Msg, DubErrors.NotFound),
            new(ErrorCodes.CallbackNotFound, DubErrors.NoCallback.Msg, DubErrors.NoCallback),
        ],
        (Languages, "200") => [new("languages", "English in, Indonesian and Spanish out", LanguagesAnswer.Of(Catalogue))],
        (_, "200") => [new("accepted", "The dub was accepted", SubmitResponse.Accepted(Id)),
            new("languages", "A dub a language was accepted", SubmitResponse.Accepted(Id) with
            {
                RequestIds = [new AcceptedDub("es", Id), new AcceptedDub("ca", Guid.Parse("5e1d9f34-7c52-4b0f-8f5e-6a3b2c1d0e9f"))],
            })],
        (_, "400") =>
        [
            Field("source_video_url", ErrorCodes.SourceVideoUrlMissing, "source video url is missing"),
            Field("user_id", ErrorCodes.UserIdMissing, "user id is missing"),
            Field("project_id", ErrorCodes.ProjectIdMissing, "project id is missing"),
            Field("to_lang", ErrorCodes.ToLangMissing, "to lang is missing"),
            Field("to_lang", ErrorCodes.ToLangUnsupported, "no engine here can dub into Japanese (ja); it can be one of: ca, en, es"),
            Field("source_audio", ErrorCodes.SourceAudioInvalid, SentTrack.Rule),
            Field(
                "voices", ErrorCodes.VoicesInvalid,
                "voices is not an object of 1 to 32 voice names by speaker (S1, S2, ...), female, male or *"),
            Field("from_lang", ErrorCodes.FromLangMissing, "from lang is missing: it says which language the transcript is in"),
            Field("transcript", ErrorCodes.TranscriptInvalid, "transcript cannot be read: line 12: the end is before the start"),
            Error(400, ErrorCodes.IdempotencyKeyInvalid, "Idempotency-Key is not one value of 1 to 255 visible ASCII characters"),
            Field("translation", ErrorCodes.TranslationInvalid, "translation cannot be read: line 1: there is no subtitle in the file"),
            Field(
                "callback_url", ErrorCodes.CallbackUnavailable,
                "callback url cannot be called: no key to sign callbacks with is configured here"),
            Field(
                "callback_url", ErrorCodes.CallbackUrlInvalid,
                "callback url is not an http or https address of at most 2048 characters without user name and password"),
            Bare(400),
        ],
        _ => [Bare(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture))],
    };

    private static CallbacksAnswer Told => new()
    {
        CallbackUrl = "https://example.com/dubs",
        State = "pending",
        Attempts = [new CallbackTry(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), 503, "status_unexpected")],
        NextAt = new DateTimeOffset(2026, 1, 1, 0, 0, 4, TimeSpan.Zero),
    };

    private static LanguageCatalogue Catalogue => new(
        [new SourceLanguage("en", ["PocketSphinx"])],
        [
            new TargetLanguage("es", [new TranslationOffer("en", ["Apertium"], TranslationQuality.Standard)], ["Espeak"]),
            new TargetLanguage("id", [new TranslationOffer("en", ["Apertium"], TranslationQuality.Draft)], ["Espeak"]),
        ]);

    private static SubmitRequest Submission => new()
    {
        SourceVideoUrl = Source,
        UserId = 51,
        ProjectId = "ryan",
        ToLang = "es",
        FromLang = "en",
    };

    private static RunningAnswer Running => new()
    {
        Progress = "Status_3",
        Stage = "speaking",
        Step = "speak",
        Percent = 66,
        SegmentsDone = 12,
        SegmentsTotal = 40,
        EtaSeconds = 35,
        Warnings = [new DubWarning("streams_dropped", "The result's container cannot carry: data.")],
        RequestId = Id,
        ToLang = "es",
        Attempt = 1,
    };

    private static FinalAnswer Final => new()
    {
        Progress = "Status_5",
        Stage = "complete",
        Percent = 100,
        RequestId = Id,
        UserId = 51,
        ProjectId = "ryan",
        FromLang = "en",
        ToLang = "es",
        SourceVideoUrl = Source,
        ResultUrl = $"http://127.0.0.1:5080/files/results/51/{Id}/dubbed.mp4?expires=1767225600&signature=5b1f",
        Subtitles = new SubtitleAddresses(
            $"http://127.0.0.1:5080/files/results/51/{Id}/subtitles.es.srt?expires=1767225600&signature=c03a",
            $"http://127.0.0.1:5080/files/results/51/{Id}/subtitles.es.vtt?expires=1767225600&signature=97de"),
        DurationSeconds = 31.5,
        Warnings = [new DubWarning("speech_hurried", "2 segments are spoken faster than 1.3 times to end with the video.")],
        Report = new DubReport
        {
            Recognizer = "PocketSphinx",
            Translator = "Apertium en-es",
            Synthesizer = "eSpeak NG",
            SourceAudio = new SourceAudio(0, "en", null, "from_lang"),
            Segments = 9,
            SourceWords = 74,
            Voices = [new VoiceReport("S1", "female", 204.3, "es+f2", 6), new VoiceReport("S2", "male", 110.8, "es", 3)],
            Timing = new TimingReport
            {
                MaxTempo = 1.15,
                StartErrorP95Seconds = 0.1,
                MaxStartErrorSeconds = 0.15,
                SpeechOverlap = 0.83,
                Unevenness = 0.06,
            },
            Loudness = new LoudnessReport(-18.2, -18.5, -1.5) { EncodedPeakDbtp = -1.2 },
            Background = new BackgroundReport(true, -6, -24, 0.002, 0.46),
            Picture = new PictureReport(true, "h264", "sdr"),
            StepSeconds = new Dictionary<string, double>
            {
                ["fetch"] = 0.4,
                ["transcribe"] = 10.2,
                ["translate"] = 0.5,
                ["speak"] = 0.9,
                ["render"] = 3.1,
            },
            Attempts = 1,
        },
    };

    private static DubAnswer Recorded => new()
    {
        RequestId = Id,
        UserId = 51,
        ProjectId = "ryan",
        FromLang = "en",
        ToLang = "es",
        SourceVideoUrl = Source,
        State = "complete",
        Progress = "Status_5",
        Stage = "complete",
        Percent = 100,
        CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        UpdatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 45, TimeSpan.Zero),
        FinishedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 45, TimeSpan.Zero),
    };

    internal static DubAnswer Complete => Recorded with
    {
        ResultUrl = Final.ResultUrl,
        Subtitles = Final.Subtitles,
        DurationSeconds = Final.DurationSeconds,
        Warnings = Final.Warnings,
        Report = Final.Report,
    };

    internal static DubAnswer FailedDub => Recorded with
    {
        State = "failed",
        Progress = "Status_1",
        Stage = "transcribing",
        Percent = 3,
        Error = new DubErrorAnswer("The file is not a video or audio file.", "media_unreadable"),
    };

    internal static ContractExample Bare(int status)
    {
        var body = HttpErrors.Of(status);
        return new(body.MsgCode, body.Msg, body);
    }

    internal static ContractExample Error(int status, string code, string msg) =>
        new(code, msg, new ErrorBody { Status = status, Msg = msg, MsgCode = code });

    internal static ContractExample Field(string field, string code, string msg) =>
        new(code, msg, new ErrorBody { Status = 400, Msg = msg, MsgCode = code, Errors = [new FieldError(field, msg, code)] });
}
