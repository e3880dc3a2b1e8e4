using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Media.Rendering;

namespace AiDub.Jobs.Dubbing.Steps.Rendering;

/// <summary>Makes the speech of a timeline as long as its places are.</summary>
/// <param name="shaper">What stretches it.</param>
public sealed class StretchedSpeech(SpeechShaper shaper)
{
    // Less than this is not stretched: it is 5 ms in five seconds, and no tool need be run.
    private const double LeastStretch = 0.001;

    /// <summary>The speech of every segment, in the attempt's folder or where it is stored.</summary>
    public async Task<IReadOnlyList<PlacedSpeech>> PlaceAsync(
        DubContext context, IReadOnlyList<TimelineSegment> segments, IProgress<double> progress, CancellationToken ct)
    {
        var placed = new PlacedSpeech[segments.Count];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct };
        await Parallel.ForEachAsync(Enumerable.Range(0, placed.Length).Chunk(SpeechShaper.FilesAtOnce), options, async (places, token) =>
        {
            foreach (var i in places)
            {
                var wav = await context.Artifacts.OpenAsync(segments[i].Key, token);
                placed[i] = new PlacedSpeech(wav, segments[i].Start, Seconds(wav));
            }
            await StretchAsync(context, [.. places.Where(i => Math.Abs(segments[i].Stretch - 1) >= LeastStretch)], segments, placed, token);
            progress.Report(Interlocked.Add(ref done, places.Length) / (double)placed.Length);
        });
        return placed;
    }

    private async Task StretchAsync(
        DubContext context, int[] places, IReadOnlyList<TimelineSegment> segments, PlacedSpeech[] placed, CancellationToken ct)
    {
        if (places.Length == 0)
            return;
        var speech = places.Select(i => new UnshapedSpeech(placed[i].WavPath, segments[i].Stretch, context.Artifacts.NewFile(".wav")))
            .ToList();
        var seconds = await shaper.ShapeAsync(speech, context.Scratch, ct);
        for (var n = 0; n < places.Length; n++)
            placed[places[n]] = new PlacedSpeech(speech[n].OutWav, segments[places[n]].Start, seconds[n]);
    }

    private static double Seconds(string wav)
    {
        using var speech = WavReader.Open(wav);
        return speech.Seconds;
    }
}
