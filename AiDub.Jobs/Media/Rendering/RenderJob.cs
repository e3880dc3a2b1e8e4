using AiDub.Domain.Dubbing;
using AiDub.Domain.Media;
using AiDub.Domain.Speech;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>What a dubbed video is made of.</summary>
public sealed record RenderJob
{
    /// <summary>The source, a local file.</summary>
    public required string SourcePath { get; init; }

    /// <summary>What it was found to be.</summary>
    public required SourceMedia Media { get; init; }

    /// <summary>The speech to lay over it; none may overlap another.</summary>
    public required IReadOnlyList<PlacedSpeech> Speech { get; init; }

    /// <summary>Where the original speaks; it is lowered there even where the dub is silent.</summary>
    public required IReadOnlyList<AudioSpan> OriginalSpeech { get; init; }

    /// <summary>What sounds in the source beside its voices, as <see cref="BackgroundFile"/> writes it; null: not known.</summary>
    public string? BackgroundPath { get; init; }

    /// <summary>Subtitles that become a track of their own, as SubRip, or for WebM as WebVTT; null for none.</summary>
    public string? SubtitlesPath { get; init; }

    /// <summary>A file whose picture takes the place of the source's; null: the source's is copied.</summary>
    public string? PicturePath { get; init; }

    /// <summary>The codec of that file's picture, as ffprobe names it.</summary>
    public string? PictureCodec { get; init; }

    /// <summary>Whether the right channel of its sound is turned over, because it mirrors the left one.</summary>
    public bool TurnsRight { get; init; }

    /// <summary>The language of the dub as ISO 639-1.</summary>
    public required string Language { get; init; }

    /// <summary>The file to write; it is replaced.</summary>
    public required string OutputPath { get; init; }

    /// <summary>A folder of the attempt's own, in which ffmpeg runs.</summary>
    public required string Scratch { get; init; }
}

/// <summary>Speech with the time at which it is heard.</summary>
/// <param name="WavPath">Mono 16-bit PCM WAV of any rate.</param>
/// <param name="Start">Seconds from the start of the video.</param>
/// <param name="Length">How long it lasts, in seconds.</param>
public sealed record PlacedSpeech(string WavPath, double Start, double Length);

/// <summary>What a dubbed video was found to be while it was made.</summary>
/// <param name="Loudness">How loud source and result are.</param>
/// <param name="VoiceGainDb">By how much the voice was made louder, in dB.</param>
/// <param name="Background">What was done to the original sound.</param>
public sealed record RenderOutcome(LoudnessReport Loudness, double VoiceGainDb, BackgroundReport Background)
{
    /// <summary>What the source says of its picture and the result does not, by the names of <see cref="PictureRecord"/>.</summary>
    public IReadOnlyList<string> LostRecords { get; init; } = [];
}
