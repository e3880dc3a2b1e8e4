using System.Globalization;
using AiDub.Domain.Media;
using AiDub.Domain.Speech;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Audio;

/// <summary>Cuts what a voice is made of out of a source.</summary>
public sealed class VoiceSampleCutter(ToolRunner tools)
{
    private const int SampleRate = 24000;

    // Sound is chosen in frames of 10 ms, by when they begin.
    private const double HalfFrame = 0.005;

    // Read beyond the last stretch, in seconds: packets of sound may lie some way behind those of the picture.
    private const double Margin = 5;

    /// <summary>Writes the clearest of some stretches of a source's sound, one after another, as mono 16-bit WAV.</summary>
    /// <param name="source">The source.</param>
    /// <param name="media">What it was found to be.</param>
    /// <param name="spans">Which stretches there are, in order of time, their ends in whole hundredths of a second.</param>
    /// <param name="wavPath">The file to write; it is replaced.</param>
    /// <param name="scratch">A folder of the attempt's own, in which ffmpeg runs.</param>
    /// <param name="ct">Ends the work and its process.</param>
    public async Task CutAsync(
        string source, SourceMedia media, IReadOnlyList<AudioSpan> spans, string wavPath, string scratch, CancellationToken ct)
    {
        await tools.RunAsync(new ToolCommand("ffmpeg", Arguments(source, media, spans, wavPath), scratch), ct);
        var stretches = Stretches(WavFile.Read(wavPath).Samples, spans).ToList();
        var clearest = VoiceSampleSpans.Clearest(spans, [.. stretches.Select(s => SpeechClearness.Of(s.Span, SampleRate))]);
        var taken = clearest.ToDictionary(span => span.Start, span => Samples(span.Length));
        var chosen = spans.Zip(stretches, (span, sound) => sound[..Math.Min(sound.Length, taken.GetValueOrDefault(span.Start))].ToArray());
        await new WavFile(SampleRate, [.. chosen.SelectMany(sound => sound)]).WriteAsync(wavPath, ct);
    }

    // One after another in the file, each as long as it is in the source; the last may be shorter, where the source ends.
    private static IEnumerable<ReadOnlyMemory<short>> Stretches(short[] samples, IReadOnlyList<AudioSpan> spans)
    {
        var at = 0;
        foreach (var span in spans)
        {
            var end = Math.Min(samples.Length, at + Samples(span.Length));
            yield return samples.AsMemory(at, end - at);
            at = end;
        }
    }

    private static int Samples(double seconds) => (int)Math.Round(seconds * 100) * SampleRate / 100;

    /// <summary>The arguments of ffmpeg; pure.</summary>
    internal static IReadOnlyList<string> Arguments(string source, SourceMedia media, IReadOnlyList<AudioSpan> spans, string wavPath) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", "-t", Number(spans[^1].End + Margin),
        .. SourceFile.Input(source, media),
        .. DubbedSound.Of(media, SampleRate, $",asetnsamples=240,aselect='{string.Join('+', spans.Select(Within))}',asetpts=N/SR/TB"),
        "-ac", "1", "-ar", SampleRate.ToString(CultureInfo.InvariantCulture), "-c:a", "pcm_s16le", "-fflags", "+bitexact", "-f", "wav",
        "-y", SourceFile.Local(wavPath),
    ];

    private static string Within(AudioSpan span) => $"between(t,{Number(span.Start - HalfFrame)},{Number(span.End - HalfFrame)})";

    private static string Number(double seconds) => seconds.ToString("F3", CultureInfo.InvariantCulture);
}
