using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using AiDub.Domain.Audio;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Boxes;
using AiDub.Jobs.Tools;
using CliWrap;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>Makes the dubbed video: the picture as it is, the original sound lowered under the dub, as loud as it was.</summary>
/// <remarks>The sound goes through memory in chunks, twice: once to be measured, once to be mixed. ffmpeg encodes it.</remarks>
public sealed class DubRenderer(ToolRunner tools, IOptions<MixOptions> options)
{
    /// <summary>The rate at which sound is mixed, in Hz.</summary>
    public const int SampleRate = 48000;

    private const double AnalysisShare = 0.3;
    private const double OffLu = 0.7;
    private const int MaxRounds = 4;

    // EBU R128 allows −1 dBTP; the tenth below it is what two true-peak meters may differ by.
    private const double HighestEncodedDbtp = -1.1;

    // AAC and Opus at our rates add less than this to a peak, so that a lower one need not be measured.
    private const double MostOvershootDb = 3;
    private const double OvershootMarginDb = 0.2;

    /// <summary>Renders a dub.</summary>
    /// <param name="job">What it is made of.</param>
    /// <param name="progress">Told the share that is done, 0–1.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <exception cref="ToolFailedException">ffmpeg could not write the result, or not decode the background.</exception>
    /// <exception cref="PermanentDubException">The times in the source are damaged, or its sound cannot be decoded
    /// (<c>media_invalid</c>) or is encrypted (<c>media_encrypted</c>).</exception>
    public async Task<RenderOutcome> RenderAsync(RenderJob job, IProgress<double> progress, CancellationToken ct)
    {
        var (channels, mix, told) = (RenderArguments.Channels(job.Media), options.Value, new RisingProgress(progress));
        var dubbed = job.Speech.Select(s => new AudioSpan(s.Start, s.Start + s.Length)).ToList();
        var (analyzer, sound) = (Analyzer(), new SourceSound(tools, job));
        if (await IsMirroredAsync(job, sound, analyzer, told, ct))
        {
            // Added up, such sound is nothing, and its middle, in which voices are looked for, is empty.
            job = job with { TurnsRight = true };
            (analyzer, sound) = (Analyzer(), new SourceSound(tools, job));
            await IsMirroredAsync(job, sound, analyzer, told, ct);
        }
        for (var (round, lift, ceiling) = (1, 0.0, mix.PeakDbtp); ; round++)
        {
            var gain = analyzer.VoiceGain(lift);
            var mixer = new VoiceMixer(SampleRate, analyzer.Lowered(), gain, ceiling);
            await MixAsync(job, sound, mixer, told, ct);
            var (encoded, lost) = await LookAsync(job, mixer.TruePeakDbtp > HighestEncodedDbtp - MostOvershootDb, ct);

            // What the limiter takes from sources that are mastered hot, and what the encoder adds to peaks, is known only afterwards.
            var off = dubbed.Count == 0 ? 0 : mixer.ResultLufs - analyzer.SourceLufs ?? 0;
            var over = Math.Max(0, (encoded ?? HighestEncodedDbtp) - HighestEncodedDbtp);
            if ((Math.Abs(off) <= OffLu && over == 0) || round == MaxRounds)
            {
                var loudness = new LoudnessReport(analyzer.SourceLufs, mixer.ResultLufs, mixer.TruePeakDbtp) { EncodedPeakDbtp = encoded };
                return new RenderOutcome(loudness, 20 * Math.Log10(gain), Background(job, analyzer)) { LostRecords = lost };
            }
            lift -= Math.Abs(off) <= OffLu ? 0 : off;
            ceiling -= over > 0 ? over + OvershootMarginDb : 0;
        }

        MixAnalyzer Analyzer() => new(
            SampleRate,
            channels,
            new LoweringPlan(channels, SampleRate, job.OriginalSpeech, dubbed, mix),
            job.BackgroundPath is not null);
    }

    // At once: of a round that is not the last the check was in vain, and there are few.
    private async Task<(double? EncodedPeak, IReadOnlyList<string> LostRecords)> LookAsync(RenderJob job, bool isLoud, CancellationToken ct)
    {
        var entry = await PictureBoxes.PutBackAsync(job, ct);
        var check = ResultCheck.RunAsync(tools, job, entry, ct);
        var peak = isLoud ? EncodedPeak.MeasureAsync(tools, job, SourceSound.Frames(job), ct) : Task.FromResult<double?>(null);
        await Task.WhenAll(check, peak);
        return (await peak, await check);
    }

    private BackgroundReport Background(RenderJob job, MixAnalyzer analyzer)
    {
        var (mix, centre) = (options.Value, analyzer.Centre);
        if (job.BackgroundPath is not null)
            return new BackgroundReport(false, Math.Max(mix.DuckingDb, mix.CentreDuckingDb), null, null, null) { VoicesRemoved = true };
        return analyzer.TakesOutCentre
            ? new BackgroundReport(true, Math.Max(mix.DuckingDb, mix.CentreDuckingDb), mix.CentreDb, centre?.SideShare, centre?.Width)
            : new BackgroundReport(false, mix.DuckingDb, null, centre?.SideShare, centre?.Width);
    }

    // Measures the source; true when its channels mirror each other.
    private static async Task<bool> IsMirroredAsync(
        RenderJob job, SourceSound sound, MixAnalyzer analyzer, IProgress<double> progress, CancellationToken ct)
    {
        var (channels, polarity) = (RenderArguments.Channels(job.Media), new PolarityMeter());
        using var voice = new VoiceUnder(job, channels);
        var source = new SourceFrames(job);
        await sound.ReadAsync(
            (chunk, share) =>
            {
                source.Take(chunk.Span);
                if (channels == 2)
                    polarity.Add(source.Original);
                analyzer.Add(source.Original, voice.Under(source.Original), source.Background);
                progress.Report(AnalysisShare * share);
                return ValueTask.CompletedTask;
            },
            ct);
        return polarity.IsMirrored;
    }

    // Two processes and the mix between them: when one fails the other is stopped, and both are gone before this returns.
    private async Task MixAsync(RenderJob job, SourceSound sound, VoiceMixer mixer, IProgress<double> progress, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var pipe = new Pipe();
        var encode = tools.RunAsync(
            new ToolCommand("ffmpeg", RenderArguments.Encode(job), job.Scratch)
            {
                StandardInput = PipeSource.FromStream(pipe.Reader.AsStream()),
            },
            stop.Token);
        var decode = MixAsync(job, sound, mixer, pipe.Writer, progress, stop.Token);
        var first = await Task.WhenAny(encode, decode);
        if (first.IsFaulted || first.IsCanceled)
            await stop.CancelAsync();
        else if (first == encode)
            await pipe.Reader.CompleteAsync();
        try
        {
            await Task.WhenAll(encode, decode);
        }
        catch (Exception) when (first.IsFaulted)
        {
            await first;
        }
    }

    private static async Task MixAsync(
        RenderJob job, SourceSound sound, VoiceMixer mixer, PipeWriter encoder, IProgress<double> progress, CancellationToken ct)
    {
        using var voice = new VoiceUnder(job, RenderArguments.Channels(job.Media));
        var source = new SourceFrames(job);
        try
        {
            await sound.ReadAsync(MixChunkAsync, ct);
            await MixChunkAsync(new float[mixer.Delay * source.Width], 1);
            await encoder.CompleteAsync();
        }
        catch (Exception e)
        {
            await encoder.CompleteAsync(e);
            throw;
        }

        async ValueTask MixChunkAsync(Memory<float> chunk, double share)
        {
            source.Take(chunk.Span);
            encoder.Write(MemoryMarshal.AsBytes(mixer.Mix(source.Original, voice.Under(source.Original), source.Background)));
            await encoder.FlushAsync(ct);
            progress.Report(AnalysisShare + ((1 - AnalysisShare) * share));
        }
    }
}
