using System.Text.Json.Serialization;
using AiDub.Api.Wire;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Languages;

namespace AiDub.Api.Submitting;

/// <summary>Asks for a dub.</summary>
internal sealed record SubmitRequest : INamesUser
{
    /// <summary>
    /// The video's http or https address, or s3://bucket/key in an allowed bucket; at most 4096 characters, without user name or password.
    /// Its <c>+</c> and percent escapes reach the source server as they are written here.
    /// </summary>
    [MustBeSent]
    public SentText SourceVideoUrl { get; init; }

    /// <summary>
    /// Who asks: a whole number of 64 bits, or a text of its digits. May be left out with a token; if it is given then, it must be the
    /// token's user.
    /// </summary>
    [MustBeSent]
    public SentUserId UserId { get; init; }

    /// <summary>Your own name for the project that the dub belongs to: text of 1 to 200 characters, without control characters.</summary>
    [MustBeSent]
    public SentText ProjectId { get; init; }

    /// <summary>
    /// The language to dub into as a BCP 47 tag: <c>id</c>; <c>ID</c>, <c>id-ID</c>, <c>ind</c> and the old <c>in</c> mean the same. A
    /// region (<c>pt-BR</c>) is followed by the engines that know it. Or a list of 1 to 20 different ones: the speech is recognised once,
    /// and each language is a dub of its own, with a <c>request_id</c> of its own.
    /// </summary>
    [MustBeSent]
    public SentLanguages ToLang { get; init; }

    /// <summary>The spoken language as a BCP 47 tag; absent, null or empty: it is detected.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SentText FromLang { get; init; }

    /// <summary>
    /// The audio track to dub, where the source has several: its number among the audio tracks, from 0, or a language. Absent, null or
    /// empty: it is chosen by <c>from_lang</c>, what is heard in the tracks, and their flags; <c>report.source_audio</c> says which and
    /// why.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SentTrack SourceAudio { get; init; }

    /// <summary>
    /// Voices by the engine's own names, for a speaker as the report of an earlier dub names them (<c>S2</c>), for <c>female</c> or
    /// <c>male</c> speakers, or for all others (<c>*</c>): at most 32. <c>clone</c> is the speaker's own voice, where an engine can make
    /// one of the source; it needs <c>voice_consent</c>. Absent or null: each speaker is given a voice of fitting pitch.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SentVoices Voices { get; init; }

    /// <summary>
    /// Who says that those whose voice is <c>clone</c> agree to it, and since when: <c>by</c>, a name of at most 200 characters, and
    /// <c>at</c>, a time in ISO 8601. It is recorded with the dub.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SentConsent VoiceConsent { get; init; }

    /// <summary>
    /// What is said, as the text of a subtitle file (SubRip, WebVTT, SubStation Alpha, TTML and others) or as the http, https or s3 address
    /// of one (2 MiB at most, of JSON or XML 8): nothing is recognised then. Needs <c>from_lang</c>, unless there is a <c>translation</c>
    /// too. Absent, null or empty: speech is recognised.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SentText Transcript { get; init; }

    /// <summary>
    /// What is to be spoken, in the language of <c>to_lang</c>, as the text or the address of such a file: nothing is translated then, and
    /// without a <c>transcript</c> nothing is recognised; every language that can be spoken can be dubbed into. Absent, null or empty: the
    /// transcript is translated.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SentText Translation { get; init; }

    /// <summary>
    /// An http or https address that the final response, or the error, is posted to when the dub has ended, signed; for addresses of
    /// private networks the same rules hold as for sources. Absent, null or empty: nobody is told.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SentText CallbackUrl { get; init; }

    /// <summary>
    /// How the result carries the translation as subtitles: <c>none</c> (default: only as files of their own), <c>soft</c> (a track that
    /// players can switch on) or <c>burned</c> (in the picture, which is encoded anew for it and takes longer). Sound without a picture has
    /// none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SentText Subtitles { get; init; }

    /// <summary>
    /// The orders of a request that was found valid, one a language, under <paramref name="ids"/>, as many as there are languages, for
    /// <paramref name="userId"/>.
    /// </summary>
    /// <param name="ids">The ids of the dubs.</param>
    /// <param name="userId">Who asks.</param>
    /// <param name="publicBase">Where the request reached the service: where the addresses that a callback is told begin.</param>
    /// <exception cref="InvalidOperationException">The request is not valid.</exception>
    public IReadOnlyList<DubOrder> ToOrders(SubmissionIds ids, long userId, Uri publicBase)
    {
        var batch = ids.Batch is { } id ? new DubBatch(id, ids.Requests) : null;
        var callback = CallbackUrl.IsMissing ? null : new DubCallback(CallbackUrl.Value ?? throw NotValid(), publicBase.AbsoluteUri);
        return [
            .. ids.Requests.Zip(ToLang.Sent, (request, to) => ToOrder(request, userId, Language(to), batch) with { Callback = callback })];
    }

    private DubOrder ToOrder(Guid requestId, long userId, LanguageTag to, DubBatch? batch) => new()
    {
        RequestId = requestId,
        UserId = userId,
        ProjectId = ProjectId.Value ?? throw NotValid(),
        SourceVideoUrl = SourceVideoUrl.Value ?? throw NotValid(),
        FromLang = FromLang.IsMissing ? null : Language(FromLang).Language,
        SourceAudio = SourceAudio.IsMissing ? null : SourceAudio.Value ?? throw NotValid(),
        ToLang = to.Language,
        ToRegion = to.Region,
        Voices = Voices.IsMissing ? null : Voices.Value ?? throw NotValid(),
        VoiceConsent = VoiceConsent.IsMissing ? null : VoiceConsent.Value ?? throw NotValid(),
        Transcript = Place(Transcript, ObjectKeys.GivenTranscript(batch?.Id ?? requestId)),
        Translation = Place(Translation, ObjectKeys.GivenTranslation(batch?.Id ?? requestId)),
        Subtitles = Subtitles.IsMissing ? SubtitleMode.None : SubtitleModeNames.Parse(Subtitles.Value) ?? throw NotValid(),
        Batch = batch,
    };

    /// <summary>The texts that were sent with a request that was found valid, by the keys that its orders name.</summary>
    public IReadOnlyDictionary<string, string> Texts(DubOrder order) =>
        new[] { (Transcript, ObjectKeys.GivenTranscript(order.SourceId)), (Translation, ObjectKeys.GivenTranslation(order.SourceId)) }
            .Where(sent => !sent.Item1.IsMissing && !SentSubtitles.IsAddress(sent.Item1))
            .ToDictionary(sent => sent.Item2, sent => sent.Item1.Value ?? throw NotValid());

    private static TextPlace? Place(SentText sent, string key)
    {
        if (sent.IsMissing)
            return null;
        return SentSubtitles.IsAddress(sent) ? new TextPlace.Linked(sent.Value ?? throw NotValid()) : new TextPlace.Stored(key);
    }

    private static LanguageTag Language(SentText sent) => LanguageTag.TryParse(sent.Value, out var tag) ? tag : throw NotValid();

    private static InvalidOperationException NotValid() => new("Only a valid request makes an order.");
}
