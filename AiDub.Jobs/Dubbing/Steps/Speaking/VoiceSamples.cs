using AiDub.Domain.Dubbing;
using AiDub.Domain.Media;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Jobs.Dubbing.Steps.Speaking;

/// <summary>Where each speaker is heard alone, cut once a revision and found again by later steps.</summary>
public sealed class VoiceSamples(VoiceSampleCutter cutter)
{
    private const double Rounding = 0.02;

    /// <summary>The path of a speaker's recording; null when there is too little of it.</summary>
    public async Task<string?> OfAsync(
        DubContext context, string speaker, IReadOnlyList<Segment> segments, SpeakerMap speakers, CancellationToken ct)
    {
        var name = ObjectKeys.VoiceSample(context.RequestId, speaker, context.Revision);
        if (await FindAsync(context, speaker, ct) is { } before)
            return before;
        var spans = VoiceSampleSpans.Alone(segments, [.. segments.Select(s => speakers.Segments[s.Index])], speaker);
        if (spans.Count == 0)
            return null;
        var media = await context.Artifacts.ReadAsync<SourceMedia>(ObjectKeys.Media(context.SourceId), ct);
        var source = await context.Artifacts.OpenAsync(ObjectKeys.Source(context.SourceId), ct);
        var wav = context.Artifacts.NewFile(".wav");
        await cutter.CutAsync(source, media, spans, wav, context.Scratch, ct);
        // The sound of a source may end before its subtitles do.
        if (Seconds(wav) < VoiceSampleSpans.LeastSeconds - Rounding)
            return null;
        await context.Artifacts.PutAsync(name, wav, "audio/wav", ct);
        return await context.Artifacts.OpenAsync(name, ct);
    }

    private static double Seconds(string wav)
    {
        using var reader = WavReader.Open(wav);
        return reader.Seconds;
    }

    /// <summary>The path of a recording that this revision was given; null when there is none.</summary>
    public static async Task<string?> FindAsync(DubContext context, string speaker, CancellationToken ct)
    {
        var name = ObjectKeys.VoiceSample(context.RequestId, speaker, context.Revision);
        return context.Artifacts.IsWritten(name) && await context.Artifacts.HasAsync(name, ct)
            ? await context.Artifacts.OpenAsync(name, ct)
            : null;
    }
}
