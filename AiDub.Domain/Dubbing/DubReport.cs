using AiDub.Domain.Media;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Domain.Timing;

namespace AiDub.Domain.Dubbing;

/// <summary>What was measured while a dub was made.</summary>
public sealed record DubReport
{
    /// <summary>
    /// The engine that recognised the speech; <c>given</c>: the user gave the transcript, <c>none</c>: nothing was recognised.
    /// </summary>
    public string? Recognizer { get; init; }

    /// <summary>The engine, and the route, that translated it; <c>given</c>: the user gave the translation.</summary>
    public string? Translator { get; init; }

    /// <summary>
    /// How good its translation is: <c>draft</c> where a person should read it before it is published, else <c>standard</c>; null where it
    /// was given, or nothing was to be translated.
    /// </summary>
    public string? TranslationQuality { get; init; }

    /// <summary>The engine that spoke it.</summary>
    public string? Synthesizer { get; init; }

    /// <summary>Which of the source's audio tracks was dubbed, and why; null for dubs of before there was a choice.</summary>
    public SourceAudio? SourceAudio { get; init; }

    /// <summary>How many segments were spoken.</summary>
    public int Segments { get; init; }

    /// <summary>Words recognised in the source.</summary>
    public int SourceWords { get; init; }

    /// <summary>How much is spoken in the source, and what of it was not recognised; null where only the recogniser could tell.</summary>
    public SpeechReport? Speech { get; init; }

    /// <summary>What the recogniser said of its work; null where it says nothing.</summary>
    public RecognitionReport? Recognition { get; init; }

    /// <summary>Who speaks in the source, and the voice that each was given; in the order in which they first speak.</summary>
    public IReadOnlyList<VoiceReport> Voices { get; init; } = [];

    /// <summary>How the speech was fitted to the picture.</summary>
    public TimingReport? Timing { get; init; }

    /// <summary>How many segments are not spoken, because there is no room for them within what is published at most.</summary>
    public int LeftOutSegments { get; init; }

    /// <summary>Those segments, in order: the first 100, each with the first 200 characters of its text.</summary>
    public IReadOnlyList<LeftOutSegment> LeftOut { get; init; } = [];

    /// <summary>How loud source and result are.</summary>
    public LoudnessReport? Loudness { get; init; }

    /// <summary>What was done to the original sound to make room for the dub.</summary>
    public BackgroundReport? Background { get; init; }

    /// <summary>What became of the picture; null when there is only sound.</summary>
    public PictureReport? Picture { get; init; }

    /// <summary>Wall-clock seconds each step took, by its name; a step that a crash repeated counts its last run, and one that
    /// several dubs of a request share is in the report of the dub that did it.</summary>
    public IReadOnlyDictionary<string, double> StepSeconds { get; init; } = new Dictionary<string, double>();

    /// <summary>What was spent on each engine, by its name, all attempts together.</summary>
    public IReadOnlyList<EngineUsage> Usage { get; init; } = [];

    /// <summary>The number of the attempt that made it. Attempts are counted through all renderings of a dub.</summary>
    public int Attempts { get; init; }
}

/// <summary>How loud source and result are.</summary>
/// <param name="SourceLufs">Integrated loudness of the source, in LUFS (EBU R128); null when it is silent.</param>
/// <param name="ResultLufs">Integrated loudness of the result, in LUFS; null when it is silent.</param>
/// <param name="TruePeakDbtp">True peak of the result before encoding, in dBTP; null when it is silent.</param>
public sealed record LoudnessReport(double? SourceLufs, double? ResultLufs, double? TruePeakDbtp)
{
    /// <summary>True peak of the result as encoded, in dBTP; null when it is silent, or too low to be near the limit of −1.</summary>
    public double? EncodedPeakDbtp { get; init; }

    /// <summary>To a tenth, as loudness is given.</summary>
    public LoudnessReport Rounded() =>
        new(Round(SourceLufs), Round(ResultLufs), Round(TruePeakDbtp)) { EncodedPeakDbtp = Round(EncodedPeakDbtp) };

    private static double? Round(double? value) => value is { } known ? Math.Round(known, 1) : null;
}

/// <summary>What was done to the original sound to make room for the dub.</summary>
/// <param name="CentreRemoved">Whether the voice was taken out of the middle of the stereo.</param>
/// <param name="DuckingDb">How far all of it was lowered under speech, in dB.</param>
/// <param name="CentreDb">How far the middle was lowered beyond that where the original speaks, in dB; null when it was not.</param>
/// <param name="VoiceSideShare">The power of the original voice in the sides, as a share of that in the middle; null when it was not
/// measured.</param>
/// <param name="Width">The power of the background in the sides, as a share of all of it, 0–1; null when it was not measured.</param>
public sealed record BackgroundReport(bool CentreRemoved, double DuckingDb, double? CentreDb, double? VoiceSideShare, double? Width)
{
    /// <summary>Whether an engine told it from the voices, whose place it takes; <c>usage</c> says which.</summary>
    public bool VoicesRemoved { get; init; }

    /// <summary>With shares to three digits.</summary>
    public BackgroundReport Rounded() => this with { VoiceSideShare = Round(VoiceSideShare), Width = Round(Width) };

    private static double? Round(double? value) => value is { } known ? Math.Round(known, 3) : null;
}
