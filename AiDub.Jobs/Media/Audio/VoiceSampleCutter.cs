using System.Globalization;
using AiDub.Domain.Media;
using AiDub.Domain.Speech;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Audio;

/// <summary>Cuts what a voice is made of out of a source.</summary>
public sealed class VoiceSampleCutter(ToolRunner tools)
{
    private const int SampleRate = 24000;

    /// <summary>Writes stretches of a source's sound, one after another, as mono 16-bit WAV.</summary>
    /// <param name="source">The source.</param>
    /// <param name="media">What it was found to be.</param>
    /// <param name="spans">Which stretches, in order of time.</param>
    /// <param name="wavPath">The file to write; it is replaced.</param>
    /// <param name="scratch">A folder of the attempt's own, in which ffmpeg runs.</param>
    /// <param name="ct">Ends the work and its process.</param>
    public Task CutAsync(
        string source, SourceMedia media, IReadOnlyList<AudioSpan> spans, string wavPath, string scratch, CancellationToken ct) =>
        tools.RunAsync(new ToolCommand("ffmpeg", Arguments(source, media, spans, wavPath), scratch), ct);

    /// <summary>The arguments of ffmpeg; pure.</summary>
    internal static IReadOnlyList<string> Arguments(string source, SourceMedia media, IReadOnlyList<AudioSpan> spans, string wavPath) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", .. SourceFile.Input(source, media),
        "-map", string.Create(CultureInfo.InvariantCulture, $"0:{media.Audio.Index}"), "-map_metadata", "-1", "-t", Number(spans[^1].End),
        "-af", $"{AudioExtractor.Aligned(SampleRate)},asetnsamples=240,aselect='{string.Join('+', spans.Select(Within))}',asetpts=N/SR/TB",
        "-ac", "1", "-ar", SampleRate.ToString(CultureInfo.InvariantCulture), "-c:a", "pcm_s16le", "-fflags", "+bitexact", "-f", "wav",
        "-y", SourceFile.Local(wavPath),
    ];

    private static string Within(AudioSpan span) => $"between(t,{Number(span.Start)},{Number(span.End)})";

    private static string Number(double seconds) => seconds.ToString("F3", CultureInfo.InvariantCulture);
}
