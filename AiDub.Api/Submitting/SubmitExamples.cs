using AiDub.Api.Errors;
using AiDub.Api.OpenApi;
using AiDub.Api.Views;
using AiDub.Api.Wire;
using static AiDub.Api.OpenApi.ContractExample;

namespace AiDub.Api.Submitting;

/// <summary>The examples of a submission.</summary>
internal sealed class SubmitExamples : IContractExamples
{
    private const string Submit = "POST ai_dub";

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Requests(string endpoint) => endpoint == Submit ? Submissions : null;

    /// <inheritdoc/>
    public IReadOnlyList<ContractExample>? Answers(string endpoint, string status) => (endpoint, status) switch
    {
        (Submit, "200") =>
        [
            new("accepted", "The dub was accepted", SubmitResponse.Accepted(ExampleDub.Id)),
            new("languages", "A dub a language was accepted", SubmitResponse.Accepted(ExampleDub.Id) with
            {
                RequestIds =
                [
                    new AcceptedDub("es", ExampleDub.Id),
                    new AcceptedDub("ca", Guid.Parse("5e1d9f34-7c52-4b0f-8f5e-6a3b2c1d0e9f")),
                ],
            }),
        ],
        (Submit, "400") =>
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
            Field(
                "voice_consent", ErrorCodes.VoiceConsentMissing,
                "voice consent is missing: it says who agreed to a speaker's own voice being used"),
            Field(
                "voice_consent", ErrorCodes.VoiceConsentInvalid,
                "voice consent is not an object of by, a name of at most 200 characters, and at, a time in ISO 8601"),
            Field("from_lang", ErrorCodes.FromLangMissing, "from lang is missing: it says which language the transcript is in"),
            Field("transcript", ErrorCodes.TranscriptInvalid, "transcript cannot be read: line 12: the end is before the start"),
            Of(IdempotencyKey.Invalid),
            Field("translation", ErrorCodes.TranslationInvalid, "translation cannot be read: line 1: there is no subtitle in the file"),
            Field(
                "callback_url", ErrorCodes.CallbackUnavailable,
                "callback url cannot be called: no key to sign callbacks with is configured here"),
            Field(
                "callback_url", ErrorCodes.CallbackUrlInvalid,
                "callback url is not an http or https address of at most 4096 characters without user name and password"),
            Bare(400),
        ],
        (Submit, "422") => [Of(IdempotencyKey.Reused)],
        (Submit, "429") => [Bare(429), Of(DubErrors.TooMany(100))],
        (Submit, "507") => [Of(DubErrors.OverQuota(10_000_000_000, 10_000_000_000)), Of(DubErrors.NoSpaceLeft)],
        _ => null,
    };

    private static IReadOnlyList<ContractExample> Submissions =>
    [
        new("submit", "Dub a video into Spanish", Submission with { FromLang = default }),
        new("indonesian", "Dub a video into Indonesian", Submission with { FromLang = default, ToLang = "id" }),
        new("from", "Say which language is spoken", Submission),
        new("track", "Say which audio track is dubbed", Submission with { SourceAudio = 0 }),
        new(
            "voices", "Choose voices",
            Submission with { Voices = new Dictionary<string, string> { ["S2"] = "es+m3", ["female"] = "es+f2" } }),
        new("languages", "Dub into several languages", Submission with { ToLang = new[] { "es", "ca" } }),
        new(
            "transcript", "Give what is said, as text",
            Submission with { Transcript = "1\n00:00:01,000 --> 00:00:03,500\nWelcome to our bakery.\n" }),
        new(
            "translation", "Give what is to be spoken, as text; the address of a subtitle file does as well",
            Submission with { FromLang = default, Translation = "WEBVTT\n\n00:01.000 --> 00:03.500\nBienvenidos a nuestra panadería.\n" }),
    ];

    private static SubmitRequest Submission => new()
    {
        SourceVideoUrl = ExampleDub.Source,
        UserId = 51,
        ProjectId = "ryan",
        ToLang = "es",
        FromLang = "en",
    };
}
