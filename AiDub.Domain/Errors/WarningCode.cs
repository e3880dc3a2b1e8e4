namespace AiDub.Domain.Errors;

/// <summary>What is not as good in a result as it could be. This is the one table of warnings; docs/api.md is made from it.</summary>
/// <remarks>The names are stable: none is ever changed or given another meaning.</remarks>
public sealed record WarningCode : DubCode
{
    private static readonly Dictionary<string, WarningCode> Known = [];

#pragma warning disable CS1591 // Each message is the documentation of its code.
    public static readonly WarningCode SourceCutShort =
        Add("source_cut_short", CodeKind.Source, "The source broke off: what there is of it was dubbed.");
    public static readonly WarningCode SourceHeadSkipped =
        Add("source_head_skipped", CodeKind.Source, "The source begins with something that is no media, which was left out.");
    public static readonly WarningCode FilesLeftOut = Add(
        "files_left_out",
        CodeKind.Source,
        "Other files follow in the source, joined to it byte by byte, and could not be laid on: only the first was dubbed.");

    public static readonly WarningCode ClockRepaired =
        Add("clock_repaired", CodeKind.Media, "The times in the source were damaged in places and were put right.");
    public static readonly WarningCode SpeedIgnored = Add(
        "speed_ignored",
        CodeKind.Media,
        "Parts of the source are to be shown slower or faster than they were recorded, and are not: some may come twice or be missing.");
    public static readonly WarningCode StreamsDropped =
        Add("streams_dropped", CodeKind.Media, "The result's container could not carry the source's further streams.");
    public static readonly WarningCode ContainerChanged = Add(
        "container_changed",
        CodeKind.Media,
        "The source's own container could not be written with new sound; the result is a Matroska file.");
    public static readonly WarningCode AudioTrackLeftOut =
        Add("audio_track_left_out", CodeKind.Media, "The result's container cannot carry an audio track of the source.");
    public static readonly WarningCode PictureRecordLost =
        Add("picture_record_lost", CodeKind.Media, "The source says of its picture what its result cannot.");
    public static readonly WarningCode PictureLeftOut = Add(
        "picture_left_out",
        CodeKind.Media,
        "Nothing of the source's picture can be seen, as of a piece of a broadcast that begins within it: the result is its sound.");
    public static readonly WarningCode SoundInStereo =
        Add("sound_in_stereo", CodeKind.Media, "The source's sound has more channels than the dub, which is in stereo.");
    public static readonly WarningCode PictureEncoded = Add(
        "picture_encoded",
        CodeKind.Media,
        "The source's picture is of a kind that no container of results carries as it is: it was encoded anew.");
    public static readonly WarningCode PictureChanges = Add(
        "picture_changes",
        CodeKind.Media,
        "The source's picture changes its size on the way and could not be encoded in one: after the change it may be damaged.");
    public static readonly WarningCode NoSpeech =
        Add("no_speech", CodeKind.Media, "No speech was recognised; the result keeps the original sound.");
    public static readonly WarningCode SpeechUnrecognized =
        Add("speech_unrecognized", CodeKind.Media, "No words were recognised in much of the speech.");
    public static readonly WarningCode LoudnessDiffers = Add(
        "loudness_differs",
        CodeKind.Media,
        "The result is louder or softer than the source by more than 1 LU.");
    public static readonly WarningCode PeakAboveLimit =
        Add("peak_above_limit", CodeKind.Media, "The encoder made peaks above −1 dBTP that limiting could not prevent.");
    public static readonly WarningCode SubtitlesWithoutPicture = Add(
        "subtitles_without_picture",
        CodeKind.Media,
        "The source has no picture, so the result has no subtitles but those in files of their own.");
    public static readonly WarningCode SubtitlesNotBurned = Add(
        "subtitles_not_burned",
        CodeKind.Media,
        "Nothing can be put into a picture of this kind: its subtitles are a track of the result.");

    public static readonly WarningCode TextRepaired = Add("text_repaired", CodeKind.Text, "A text was not as it should be and was mended.");
    public static readonly WarningCode TextScriptDiffers =
        Add("text_script_differs", CodeKind.Text, "A text that was given is not written in the letters of its language.");
    public static readonly WarningCode TextsAfterEnd =
        Add("texts_after_end", CodeKind.Text, "Subtitles that were given lie after the end of the video and were left out.");
    public static readonly WarningCode SameLanguage =
        Add("same_language", CodeKind.Text, "The video is already in the target language; it was spoken anew without translation.");
    public static readonly WarningCode VoicesUnused = Add("voices_unused", CodeKind.Text, "Voices were chosen for nobody who speaks.");
    public static readonly WarningCode SpeechTooFast =
        Add("speech_too_fast", CodeKind.Text, "Some speech had to be sped up beyond 1.3 times, because nothing else made it fit.");
    public static readonly WarningCode SegmentLeftOut =
        Add("segment_left_out", CodeKind.Text, "Some of the speech is not spoken, because there is no room for it.");

    public static readonly WarningCode FromLangDoubtful =
        Add("from_lang_doubtful", CodeKind.Engine, "Another language may be spoken than the one that was recognised.");
    public static readonly WarningCode DraftTranslation =
        Add("draft_translation", CodeKind.Engine, "The translation is a draft: have a person read it.");
    public static readonly WarningCode GlossaryMissed =
        Add("glossary_missed", CodeKind.Engine, "Fixed terms were not translated as they should be.");
    public static readonly WarningCode EngineReplaced =
        Add("engine_replaced", CodeKind.Engine, "An engine broke off, or kept answering with what cannot be right; another did its work.");

    public static readonly WarningCode VoiceNotCloned = Add(
        "voice_not_cloned",
        CodeKind.Engine,
        "A speaker's own voice was asked for and could not be made; another speaks.");

    public static readonly WarningCode SpeechFinderSkipped = Add(
        "speech_finder_skipped",
        CodeKind.Service,
        "It could not be looked where somebody speaks: words may have been recognised in music or noise.");
    public static readonly WarningCode SeparationSkipped = Add(
        "separation_skipped",
        CodeKind.Service,
        "The background could not be told from the voices: it is lowered together with them.");
    public static readonly WarningCode SubtitlesFont = Add(
        "subtitles_font",
        CodeKind.Service,
        "No font for the language is installed: letters of the subtitles in the picture may be missing.");
#pragma warning restore CS1591

    private WarningCode(string value, CodeKind kind, string message)
        : base(value, kind, message)
    {
    }

    /// <summary>Every warning that there is, in the order of the table.</summary>
    public static IReadOnlyCollection<WarningCode> All => Known.Values;

    /// <summary>The code of that name, as a record has it; one that only another version knows is about the service.</summary>
    public static WarningCode Of(string value) =>
        Known.GetValueOrDefault(value) ?? new(value, CodeKind.Service, "The result is not as good as it could be.");

    private static WarningCode Add(string value, CodeKind kind, string message)
    {
        var code = new WarningCode(value, kind, message);
        Known.Add(value, code);
        return code;
    }
}
