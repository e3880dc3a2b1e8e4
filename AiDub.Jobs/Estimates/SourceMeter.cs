using AiDub.Domain.Errors;
using AiDub.Domain.Estimates;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Media;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Storage;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Estimates;

/// <summary>Fetches a source and measures how much is said in it, without recognising a word; it leaves nothing behind.</summary>
public sealed class SourceMeter(
    ISourceFetcher fetcher, IObjectStore objects, MediaProber prober, TrackListener tracks,
    AudioExtractor extractor, ISpeechFinder finder, Scratch scratch, IOptions<EstimateOptions> options, TimeProvider clock)
{
    private static readonly IProgress<double> NotReported = new NoProgress();
    private readonly GivenSource _given = new(fetcher, objects);

    /// <summary>Measures a source.</summary>
    /// <param name="address">Its address as the user wrote it.</param>
    /// <param name="fromLang">The spoken language as ISO 639-1; null when it was not said.</param>
    /// <param name="sourceAudio">The audio track that is asked for; null when none is.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="PermanentDubException">It cannot be dubbed, or not be measured in time (<c>estimate_timeout</c>).</exception>
    public async Task<SourceMeasure> MeasureAsync(string address, string? fromLang, string? sourceAudio, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TimeoutSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        using var folder = scratch.Create();
        try
        {
            var source = Path.Combine(folder.Path, "source");
            var lacking = await _given.BringAsync(address, source, folder.Path, NotReported, either.Token);
            var probed = await prober.ProbeAsync(source, lacking, folder.Path, either.Token);
            var media = await tracks.ChooseAsync(source, probed, fromLang, sourceAudio, folder.Path, either.Token);
            var wav = Path.Combine(folder.Path, "speech.wav");
            await extractor.ExtractAsync(source, media, wav, folder.Path, NotReported, either.Token);
            return SourceMeasure.Of(
                media.DurationSeconds, await SpeechAsync(wav, either.Token) ?? SpeechSplitter.Split(Levels(wav, either.Token)));
        }
        catch (Exception e) when (timeout.IsCancellationRequested
            && !ct.IsCancellationRequested
            && e is OperationCanceledException or TransientDubException)
        {
            throw new PermanentDubException(FailureCode.EstimateTimeout, inner: e);
        }
    }

    // Where it cannot be found the estimate is by level alone, as where there is nothing that finds it.
    private async Task<IReadOnlyList<AudioSpan>?> SpeechAsync(string wav, CancellationToken ct)
    {
        try
        {
            return await finder.FindAsync(wav, null, ct);
        }
        catch (TransientDubException)
        {
            return null;
        }
    }

    private static IReadOnlyList<float> Levels(string path, CancellationToken ct)
    {
        using var wav = WavReader.Open(path);
        var meter = new LevelMeter(wav.SampleRate);
        var samples = new short[wav.SampleRate];
        for (var read = wav.Read(samples); read > 0; read = wav.Read(samples))
        {
            ct.ThrowIfCancellationRequested();
            meter.Add(samples.AsSpan(0, read));
        }
        return meter.Levels;
    }

    private sealed class NoProgress : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }
}
