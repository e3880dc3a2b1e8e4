using System.Globalization;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Sound;

/// <summary>Makes speech faster or slower at the same pitch.</summary>
public sealed class SpeechShaper(ToolRunner tools)
{
    /// <summary>The rate of what is written, in Hz.</summary>
    public const int SampleRate = 48000;

    private const double FastestTempo = 100;

    // What a time stretcher holds back at the end comes out while it is fed silence.
    private const double TailSeconds = 0.2;
    private const double FastestAtempo = 2;
    private const double SlowestAtempo = 0.5;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);
    private readonly Lock _gate = new();
    private Task<bool>? _hasRubberband;

    /// <summary>Writes speech at another tempo as 48 kHz mono 16-bit WAV of exactly round(length ÷ tempo × 48000) samples.</summary>
    /// <param name="wav">16-bit PCM mono WAV of any rate.</param>
    /// <param name="tempo">How many times faster; 0.25 to 100, and 1 leaves the speech as it is.</param>
    /// <param name="outWav">The file to write; it is replaced.</param>
    /// <param name="scratch">A folder of the attempt's own, in which ffmpeg runs.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <returns>How long the written speech is, in seconds.</returns>
    public async Task<double> ShapeAsync(string wav, double tempo, string outWav, string scratch, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tempo, 0.25);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tempo, FastestTempo);
        double seconds;
        using (var speech = WavReader.Open(wav))
            seconds = speech.Seconds;
        var filter = Filter(tempo, tempo == 1 || await HasRubberbandAsync(scratch).WaitAsync(ct));
        string[] arguments =
        [
            "-hide_banner", "-nostdin", "-v", "error", .. SourceFile.Guard, "-i", SourceFile.Local(wav),
            "-af", filter, "-ac", "1", "-ar", Invariant(SampleRate), "-c:a", "pcm_s16le", "-fflags", "+bitexact", "-f", "wav", "-y", SourceFile.Local(outWav),
        ];
        await tools.RunAsync(new ToolCommand("ffmpeg", arguments, scratch) { Timeout = Timeout }, ct);
        var shaped = WavFile.Read(outWav);
        var samples = shaped.Samples;
        Array.Resize(ref samples, (int)Math.Round(seconds / tempo * SampleRate));
        await (shaped with { Samples = samples }).WriteAsync(outWav, ct);
        return (double)samples.Length / SampleRate;
    }

    /// <summary>The chain of filters for a tempo; pure.</summary>
    internal static string Filter(double tempo, bool rubberband)
    {
        var chain = new List<string> { $"apad=pad_dur={Invariant(TailSeconds)}", $"aresample={Invariant(SampleRate)}" };
        if (tempo != 1 && rubberband)
            chain.Add($"rubberband=tempo={Invariant(tempo)}");
        for (var rest = rubberband ? 1 : tempo; rest != 1;)
        {
            var part = Math.Clamp(rest, SlowestAtempo, FastestAtempo);
            chain.Add($"atempo={Invariant(part)}");
            rest = part == rest ? 1 : rest / part;
        }
        return string.Join(',', chain);
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
        var filters = await tools.RunAsync(new ToolCommand("ffmpeg", ["-hide_banner", "-v", "error", "-filters"], scratch) { Timeout = Timeout }, ct);
        return filters.StandardOutput.Contains(" rubberband ", StringComparison.Ordinal);
    }

    private static string Invariant(double value) => value.ToString(CultureInfo.InvariantCulture);
}
