namespace AiDub.Api.Errors;

/// <summary>Every <c>msg_code</c> that the service answers with; none is ever renamed.</summary>
internal static class ErrorCodes
{
#pragma warning disable CS1591 // Each name is the documentation of its value.
    public const string SourceVideoUrlMissing = "source_video_url_missing";
    public const string SourceVideoUrlInvalid = "source_video_url_invalid";
    public const string SourceBucketForbidden = "source_bucket_forbidden";
    public const string UserIdMissing = "user_id_missing";
    public const string UserIdInvalid = "user_id_invalid";
    public const string ProjectIdMissing = "project_id_missing";
    public const string ProjectIdInvalid = "project_id_invalid";
    public const string ToLangMissing = "to_lang_missing";
    public const string ToLangInvalid = "to_lang_invalid";
    public const string ToLangUnsupported = "to_lang_unsupported";
    public const string FromLangInvalid = "from_lang_invalid";
    public const string FromLangMissing = "from_lang_missing";
    public const string VoicesInvalid = "voices_invalid";
    public const string TranscriptInvalid = "transcript_invalid";
    public const string TranslationInvalid = "translation_invalid";
    public const string CallbackUrlInvalid = "callback_url_invalid";
    public const string CallbackUnavailable = "callback_unavailable";
    public const string CallbackNotFound = "callback_not_found";
    public const string BodyInvalid = "body_invalid";
    public const string RequestIdMissing = "request_id_missing";
    public const string ProgressNotFound = "progress_not_found";
    public const string CursorInvalid = "cursor_invalid";
    public const string StateInvalid = "state_invalid";
    public const string LimitInvalid = "limit_invalid";
    public const string DubNotFailed = "dub_not_failed";
    public const string DubNotKept = "dub_not_kept";
    public const string DubNotFound = "dub_not_found";
    public const string IdempotencyKeyInvalid = "idempotency_key_invalid";
    public const string IdempotencyKeyReused = "idempotency_key_reused";
    public const string DubFailed = "Progress API Error";
    public const string TokenMissing = "token_missing";
    public const string TokenInvalid = "token_invalid";
    public const string TokenExpired = "token_expired";
    public const string TokenUserMissing = "token_user_missing";
    public const string UserForbidden = "user_forbidden";
    public const string Unauthorized = "unauthorized";
    public const string Forbidden = "forbidden";
    public const string HostForbidden = "host_forbidden";
    public const string OriginForbidden = "origin_forbidden";
    public const string NotFound = "not_found";
    public const string MethodNotAllowed = "method_not_allowed";
    public const string NotAcceptable = "not_acceptable";
    public const string RequestTimeout = "request_timeout";
    public const string BodyTooLarge = "body_too_large";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string RateLimited = "rate_limited";
    public const string TooManyStreams = "too_many_streams";
    public const string TooManyDubs = "too_many_dubs";
    public const string QuotaExceeded = "quota_exceeded";
    public const string NoSpaceLeft = "storage_full";
    public const string InternalError = "internal_error";
    public const string Unavailable = "unavailable";
    public const string RevisionMissing = "revision_missing";
    public const string RevisionStale = "revision_stale";
    public const string SegmentNotFound = "segment_not_found";
    public const string DubNotEditable = "dub_not_editable";
    public const string DubRunning = "dub_running";
    public const string VoiceInvalid = "voice_invalid";
    public const string TextInvalid = "text_invalid";
    public const string TimeInvalid = "time_invalid";
    public const string SegmentsOverlap = "segments_overlap";
    public const string TooManyEstimates = "too_many_estimates";
    public const string TooManyPreviews = "too_many_previews";
    public const string DubNotRunning = "dub_not_running";
    public const string SourceNotKept = "source_not_kept";
    public const string ExportNotFound = "export_not_found";
    public const string SubtitlesModeInvalid = "subtitles_mode_invalid";
    public const string SourceAudioInvalid = "source_audio_invalid";
    public const string SubtitlesInvalid = "subtitles_invalid";
    public const string UploadMissing = "upload_missing";
#pragma warning restore CS1591
}
