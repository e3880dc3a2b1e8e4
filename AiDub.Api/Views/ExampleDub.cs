using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Speakers;
using AiDub.Domain.Timing;

namespace AiDub.Api.Views;

/// <summary>The dub that the examples of the contract are about.</summary>
internal static class ExampleDub
{
    /// <summary>Its source.</summary>
    public const string Source = "https://bucket.s3.amazonaws.com/My+Video.mp4";

    /// <summary>Its id.</summary>
    public static readonly Guid Id = Guid.Parse("0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90");

    /// <summary>The dub while it is being spoken.</summary>
    public static RunningAnswer Running => new()
    {
        Progress = "Status_3",
        Stage = "speaking",
        Step = "speak",
        Percent = 66,
        SegmentsDone = 12,
        SegmentsTotal = 40,
        EtaSeconds = 35,
        Warnings = [new DubWarning(WarningCode.StreamsDropped, "The result's container cannot carry: data.")],
        RequestId = Id,
        ToLang = "es",
        Attempt = 1,
    };

    /// <summary>The dub when it is complete.</summary>
    public static FinalAnswer Final => new()
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
        ResultUrl = $"http://127.0.0.1:5080/files/results/51/{Id}/dubbed.mp4?filename=My%2BVideo.es.mp4&expires=1767225600&signature=5b1f",
        DownloadUrl = $"http://127.0.0.1:5080/files/results/51/{Id}/dubbed.mp4"
            + "?filename=My%2BVideo.es.mp4&expires=1767225600&signature=5b1f&download=1",
        Subtitles = new SubtitleAddresses(
            $"http://127.0.0.1:5080/files/results/51/{Id}/subtitles.es.srt?expires=1767225600&signature=c03a",
            $"http://127.0.0.1:5080/files/results/51/{Id}/subtitles.es.vtt?expires=1767225600&signature=97de"),
        DurationSeconds = 31.5,
        Warnings =
        [
            new DubWarning(WarningCode.DraftTranslation, WarningCode.DraftTranslation.Message),
            new DubWarning(WarningCode.SpeechTooFast, WarningCode.SpeechTooFast.Message),
        ],
        Report = new DubReport
        {
            Recognizer = "PocketSphinx",
            Translator = "Apertium en-es",
            TranslationQuality = "draft",
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
}
