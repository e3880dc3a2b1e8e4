using AiDub.Domain.Speech;
using AiDub.Domain.Timing;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps.Translating;

namespace AiDub.Jobs.Dubbing.Steps.Fitting;

/// <summary>Has segments that are too long for their time said in fewer words, by translators that can.</summary>
public sealed class TextShortener(SegmentTranslator translator)
{
    private static readonly IReadOnlyDictionary<int, string> None = new Dictionary<int, string>();

    /// <summary>
    /// Other texts for the segments that a plan speaks faster than <see cref="TimingReport.ComfortableTempo"/>, by their index; only those
    /// that came out shorter than what they replace. Empty when there are none, or the translator cannot keep to a length.
    /// </summary>
    /// <param name="context">The dub.</param>
    /// <param name="transcript">What is said in the source.</param>
    /// <param name="translation">What is to be said.</param>
    /// <param name="plan">When it would be said.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<IReadOnlyDictionary<int, string>> ShortenAsync(
        DubContext context, Transcript transcript, Translation translation, FitPlan plan, CancellationToken ct)
    {
        // What a person wrote is spoken as it was written.
        if (translation.Engine == GivenTexts.Engine)
            return None;
        var said = transcript.Segments.ToDictionary(s => s.Index);
        var tight = plan.Placements.Where(p => p.Tempo > TimingReport.ComfortableTempo && said.ContainsKey(p.Index)).ToList();
        if (tight.Count == 0)
            return None;

        var lines = tight.Select(p => new SourceLine(said[p.Index].Text, Budget(p))).ToList();
        if (await translator.TryToLengthAsync(context, transcript.Language, lines, ct) is not { } texts)
            return None;
        var before = translation.Segments.ToDictionary(s => s.Index, s => s.Text);
        return tight.Zip(texts)
            .Where(pair => SpokenText.IsSpeakable(pair.Second) && pair.Second.Length < before[pair.First.Index].Length)
            .ToDictionary(pair => pair.First.Index, pair => pair.Second);
    }

    // What was asked to last as long as the original lasted `spoken` seconds; asking for as much less makes up for it.
    private static double Budget(Placement place)
    {
        var original = place.OriginalEnd - place.OriginalStart;
        var spoken = place.Length * place.Tempo;
        return original * Math.Min(1, original / spoken);
    }
}
