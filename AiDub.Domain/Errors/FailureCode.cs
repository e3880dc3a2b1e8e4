namespace AiDub.Domain.Errors;

/// <summary>Why a dub failed. This is the one table of failures; docs/api.md is made from it.</summary>
/// <remarks>The names are stable: none is ever changed or given another meaning.</remarks>
public sealed record FailureCode : DubCode
{
    private static readonly Dictionary<string, FailureCode> Known = [];

#pragma warning disable CS1591 // Each message is the documentation of its code.
    public static readonly FailureCode SourceAddressInvalid =
        Add("source_address_invalid", CodeKind.Source, "The source's address is not one that can be fetched.");
    public static readonly FailureCode SourceForbidden =
        Add("source_forbidden", CodeKind.Source, "The source's address is not one that videos may be fetched from.");
    public static readonly FailureCode SourcePortForbidden =
        Add("source_port_forbidden", CodeKind.Source, "The source's address names a port that videos may not be fetched from.");
    public static readonly FailureCode SourceBucketForbidden =
        Add("source_bucket_forbidden", CodeKind.Source, "The source's address is not one that videos may be fetched from.");
    public static readonly FailureCode SourceUnreachable =
        Add("source_unreachable", CodeKind.Source, "The source's server does not exist.");
    public static readonly FailureCode SourceCertificateInvalid =
        Add("source_certificate_invalid", CodeKind.Source, "The source server's certificate is not valid.");
    public static readonly FailureCode SourceRedirects =
        Add("source_redirects", CodeKind.Source, "The source server redirects too many times.");
    public static readonly FailureCode SourceRedirectInvalid =
        Add("source_redirect_invalid", CodeKind.Source, "The source server redirects to an address that cannot be fetched.");
    public static readonly FailureCode SourceNotFound =
        Add("source_not_found", CodeKind.Source, "There is no video at the source's address.");
    public static readonly FailureCode SourceRefused =
        Add("source_refused", CodeKind.Source, "The source server refused to send the video.");
    public static readonly FailureCode SourceTimeout = Add("source_timeout", CodeKind.Source, "The source took too long to arrive.");
    public static readonly FailureCode SourceTooLarge = Add("source_too_large", CodeKind.Source, "The source is larger than is allowed.");
    public static readonly FailureCode SourceEncodingInvalid =
        Add("source_encoding_invalid", CodeKind.Source, "The source is not encoded as its server says.");
    public static readonly FailureCode SourceIsWebPage = Add(
        "source_is_web_page",
        CodeKind.Source,
        "There is a web page at the address: give the address of the file itself, which opens without a login.");
    public static readonly FailureCode SourceIsPlaylist = Add(
        "source_is_playlist",
        CodeKind.Source,
        "There is a playlist or a streaming manifest at the address, not a video: give the address of the video file itself.");
    public static readonly FailureCode SourceIsArchive =
        Add("source_is_archive", CodeKind.Source, "There is an archive or a compressed file at the address: unpack it first.");
    public static readonly FailureCode SourceIsNotMedia = Add(
        "source_is_not_media",
        CodeKind.Source,
        "There is a document or data at the address, not a video; it may be a message of the server.");
    public static readonly FailureCode SourceCutShort = Add(
        "source_cut_short",
        CodeKind.Source,
        "The source broke off before anything of it could be heard: its download was cut short. Send the whole file.");
    public static readonly FailureCode SourceAudioNotFound =
        Add("source_audio_not_found", CodeKind.Source, "The source has no audio track such as source_audio asks for.");
    public static readonly FailureCode SourceFailed =
        Add("source_failed", CodeKind.Source, "The dub of the same request that prepared the source failed.");
    public static readonly FailureCode EstimateTimeout =
        Add("estimate_timeout", CodeKind.Source, "The source could not be fetched and measured in time.");

    public static readonly FailureCode MediaInvalid =
        Add("media_invalid", CodeKind.Media, "The source is not a media file, or it is damaged.");
    public static readonly FailureCode MediaEncrypted = Add(
        "media_encrypted",
        CodeKind.Media,
        "The source is encrypted (DRM): give a copy of it that plays without a key.");
    public static readonly FailureCode MediaEmpty = Add("media_empty", CodeKind.Media, "The source is an empty file.");
    public static readonly FailureCode MediaTooLong = Add("media_too_long", CodeKind.Media, "The source lasts longer than can be dubbed.");
    public static readonly FailureCode MediaTooLarge =
        Add("media_too_large", CodeKind.Media, "The sound of the source is larger than what can be worked on.");
    public static readonly FailureCode MediaTooSlow =
        Add("media_too_slow", CodeKind.Media, "The source took too long to read; it may be damaged.");
    public static readonly FailureCode MediaStreams =
        Add("media_streams", CodeKind.Media, "The source has more streams than can be dubbed.");
    public static readonly FailureCode MediaPixels =
        Add("media_pixels", CodeKind.Media, "The picture of the source is larger than can be dubbed.");
    public static readonly FailureCode MediaFrameRate =
        Add("media_frame_rate", CodeKind.Media, "The source has more frames a second than can be dubbed.");
    public static readonly FailureCode AudioMissing =
        Add("audio_missing", CodeKind.Media, "The source has no audio track, so there is no speech to dub.");
    public static readonly FailureCode AudioInvalid = Add("audio_invalid", CodeKind.Media, "The sound could not be read for recognition.");
    public static readonly FailureCode ClockBroken =
        Add("clock_broken", CodeKind.Media, "The times in the source are damaged: its picture and its sound cannot be put in order.");

    public static readonly FailureCode TranscriptInvalid = Add("transcript_invalid", CodeKind.Text, "The transcript cannot be read.");
    public static readonly FailureCode TranscriptUnavailable =
        Add("transcript_unavailable", CodeKind.Text, "The transcript could not be fetched.");
    public static readonly FailureCode TranslationInvalid = Add("translation_invalid", CodeKind.Text, "The translation cannot be read.");
    public static readonly FailureCode TranslationUnavailable =
        Add("translation_unavailable", CodeKind.Text, "The translation could not be fetched.");
    public static readonly FailureCode VoiceUnknown = Add("voice_unknown", CodeKind.Text, "The engine has no such voice for the language.");
    public static readonly FailureCode SpeechDoesNotFit =
        Add("speech_does_not_fit", CodeKind.Text, "None of the speech fits into the video, even at twice the voice's rate.");

    public static readonly FailureCode FromLangUnsupported =
        Add("from_lang_unsupported", CodeKind.Engine, "No installed engine recognises the spoken language.");
    public static readonly FailureCode FromLangUnknown =
        Add("from_lang_unknown", CodeKind.Engine, "The engine did not say which language is spoken. Please give from_lang.");
    public static readonly FailureCode FromLangDoubtful = Add(
        "from_lang_doubtful",
        CodeKind.Engine,
        "The sound is tagged as a language that no engine here recognises, and what was heard in it is hardly another. Give "
            + "from_lang to dub it all the same.");
    public static readonly FailureCode ToLangUnsupported =
        Add("to_lang_unsupported", CodeKind.Engine, "No installed engine can dub into this language.");
    public static readonly FailureCode EngineRefused =
        Add("engine_refused", CodeKind.Engine, "The engine refused the service's key. Its operator has to set a valid one.", 500);
    public static readonly FailureCode EngineQuota =
        Add("engine_quota", CodeKind.Engine, "The service's quota of the engine is used up.", 500);
    public static readonly FailureCode EngineRejected =
        Add("engine_rejected", CodeKind.Engine, "The engine did not accept the request.", 500);
    public static readonly FailureCode EngineGarbage =
        Add("engine_garbage", CodeKind.Engine, "The engine kept answering with what cannot be right.", 500);
    public static readonly FailureCode EngineAnswerUntimed = Add(
        "engine_answer_untimed",
        CodeKind.Engine,
        "The engine answered without the times of words or segments, without which nothing can be dubbed.", 500);

    public static readonly FailureCode ToolMissing =
        Add("tool_missing", CodeKind.Service, "A tool that the dub needs is not installed.", 500);
    public static readonly FailureCode StorageFull =
        Add("storage_full", CodeKind.Service, "There is no room left here to make the dub. Please try again later.", 507);
    public static readonly FailureCode DependencyUnreachable = Add(
        "dependency_unreachable",
        CodeKind.Service,
        "Something that the dub needs was away for longer than is waited. Please try again later.", 503);
    public static readonly FailureCode RetriesUsedUp = Add(
        "retries_used_up",
        CodeKind.Service,
        "The dub could not be made because something it depends on kept failing. Please try again later.", 500);
    public static readonly FailureCode Cancelled = Add("cancelled", CodeKind.Service, "The dub was cancelled.", 409);
    public static readonly FailureCode Deleted = Add("deleted", CodeKind.Service, "The dub was deleted.", 404);
    public static readonly FailureCode NotKept = Add(
        "not_kept",
        CodeKind.Service,
        "The dub cannot be run again: it was cancelled, its source was refused, or its work is kept no longer. It can only "
            + "be submitted again.", 409);
#pragma warning restore CS1591

    private FailureCode(string value, CodeKind kind, string message, int httpStatus)
        : base(value, kind, message) => HttpStatus = httpStatus;

    /// <summary>Every failure that there is, in the order of the table.</summary>
    public static IReadOnlyCollection<FailureCode> All => Known.Values;

    /// <summary>
    /// The HTTP status of a request that is refused for it before there is a dub, as an estimate is: 400 for what whoever asks can
    /// change. Polls of a dub that failed are answered with 500 whatever the code is.
    /// </summary>
    public int HttpStatus { get; }

    /// <summary>Whether the source is to blame: it would be refused again, so nothing of such a dub is kept.</summary>
    public bool IsOfTheSource => Kind is CodeKind.Source or CodeKind.Media;

    /// <summary>The code of that name, as a record has it; one that only another version knows is about the service.</summary>
    public static FailureCode Of(string value) => Known.GetValueOrDefault(value) ?? new(value, CodeKind.Service, "The dub failed.", 500);

    private static FailureCode Add(string value, CodeKind kind, string message, int httpStatus = 400)
    {
        var code = new FailureCode(value, kind, message, httpStatus);
        Known.Add(value, code);
        return code;
    }
}
