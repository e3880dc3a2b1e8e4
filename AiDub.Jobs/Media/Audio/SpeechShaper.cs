using System.Globalization;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Audio;

/// <summary>Speech that is to be made faster or slower.</summary>
/// <param name="Wav">16-bit PCM mono WAV of any rate.</param>
/// <param name="Tempo">How many times faster; 0.25 to 100.</param>
/// <param name="OutWav">The file to write; it is replaced.</param>
public sealed record UnshapedSpeech(string Wav, double Tempo, string OutWav);

/// <summary>Makes speech faster or slower at the same pitch.</summary>
public sealed class SpeechShaper(ToolRunner tools)
{
    /// <summary>How many files one process shapes: its start takes as long as shaping a dozen seconds of speech.</summary>
    public const int FilesAtOnce = 16;

    private const double SlowestTempo = 0.25;
    private const double FastestTempo = 100;

    // What a time stretcher holds back at the end comes out while it is fed silence.
    private const double TailSeconds = 0.2;
    private const double FastestAtempo = 2;
    private const double SlowestAtempo = 0.5;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);
    private readonly Lock _gate = new();
    private Task<bool>? _hasRubberband;

    /// <summary>Writes speech at other tempos as mono 16-bit WAV of its own rate, of exactly round(samples ÷ tempo) samples.</summary>
    /// <param name="speech">1 to <see cref="FilesAtOnce"/> files; one process shapes them all.</param>
    /// <param name="scratch">A folder of the attempt's own, in which ffmpeg runs.</param>
    /// <param name="ct">Ends the work and its process.</param>
    /// <returns>How long each of what was written is, in seconds.</returns>
    public async Task<IReadOnlyList<double>> ShapeAsync(IReadOnlyList<UnshapedSpeech> speech, string scratch, CancellationToken ct)
    {
        foreach (var one in speech)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(one.Tempo, SlowestTempo);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(one.Tempo, FastestTempo);
        }
        var rubberband = await HasRubberbandAsync(scratch).WaitAsync(ct);
        await tools.RunAsync(new ToolCommand("ffmpeg", Arguments(speech, rubberband), scratch) { Timeout = Timeout }, ct);
        var seconds = new double[speech.Count];
        for (var i = 0; i < seconds.Length; i++)
            seconds[i] = await CutAsync(speech[i], ct);
        return seconds;
    }

    /// <summary>The chain of filters for a tempo; pure.</summary>
    internal static string Filter(double tempo, bool rubberband)
    {
        var chain = new List<string> { $"apad=pad_dur={Invariant(TailSeconds)}" };
        if (rubberband)
            chain.Add($"rubberband=tempo={Invariant(tempo)}");
        for (var rest = rubberband ? 1 : tempo; rest != 1;)
        {
            var part = Math.Clamp(rest, SlowestAtempo, FastestAtempo);
            chain.Add($"atempo={Invariant(part)}");
            rest = part == rest ? 1 : rest / part;
        }
        return string.Join(',', chain);
    }

    private static List<string> Arguments(IReadOnlyList<UnshapedSpeech> speech, bool rubberband)
    {
        List<string> arguments = ["-hide_banner", "-nostdin", "-v", "error"];
        foreach (var one in speech)
            arguments.AddRange([.. SourceFile.Guard, "-i", SourceFile.Local(one.Wav)]);
        for (var i = 0; i < speech.Count; i++)
        {
            arguments.AddRange(
            [
                "-map", string.Create(CultureInfo.InvariantCulture, $"{i}:a:0"), "-af", Filter(speech[i].Tempo, rubberband),
                "-ac", "1", "-c:a", "pcm_s16le", "-fflags", "+bitexact", "-f", "wav", "-y", SourceFile.Local(speech[i].OutWav),
            ]);
        }
        return arguments;
    }

    private static async Task<double> CutAsync(UnshapedSpeech speech, CancellationToken ct)
    {
        long frames;
        using (var before = WavReader.Open(speech.Wav))
            frames = before.Frames;
        var shaped = WavFile.Read(speech.OutWav);
        var samples = shaped.Samples;
        Array.Resize(ref samples, (int)Math.Round(frames / speech.Tempo));
        shaped = shaped with { Samples = samples };
        await shaped.WriteAsync(speech.OutWav, ct);
        return shaped.Seconds;
    }

    private Task<bool> HasRubberbandAsync(string scratch)
    {
        lock (_gate)
        {
            // Several dubs wait for one answer, so that none of them can cancel it; asked again when it could not be had.
            if (_hasRubberband is null or { IsFaulted: true })
                _hasRubberband = AskAsync(scratch, CancellationToken.None);
            return _hasRubberband;
        }
    }

    private async Task<bool> AskAsync(string scratch, CancellationToken ct)
    {
        var filters = await tools.RunAsync(
            new ToolCommand("ffmpeg", ["-hide_banner", "-v", "error", "-filters"], scratch) { Timeout = Timeout }, ct);
        return filters.StandardOutput.Contains(" rubberband ", StringComparison.Ordinal);
    }

    private static string Invariant(double value) => value.ToString(CultureInfo.InvariantCulture);
}
