using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Domain.Timing;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Engines.Checking;

namespace AiDub.Jobs.Dubbing.Steps.Fitting;

/// <summary>Has segments that are too long for their time said in fewer words, by translators that can.</summary>
public sealed class TextShortener(Translators translators)
{
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
            return new Dictionary<int, string>();
        var said = transcript.Segments.ToDictionary(s => s.Index);
        var tight = plan.Placements.Where(p => p.Tempo > TimingReport.ComfortableTempo && said.ContainsKey(p.Index)).ToList();
        if (tight.Count == 0
            || await translators.ForAsync(transcript.Language, translation.Language, ct) is not { KeepsToLength: true } translator)
            return new Dictionary<int, string>();

        var ledger = context.Ledger(translator.Name);
        if (await TryAsync(translator, ledger) is not { } answer)
            return new Dictionary<int, string>();
        ledger.CountUncounted(tight.Sum(p => said[p.Index].Text.Length), 0);
        var before = translation.Segments.ToDictionary(s => s.Index, s => s.Text);
        return tight.Zip(answer.Texts)
            .Where(pair => SpokenText.IsSpeakable(pair.Second) && pair.Second.Length < before[pair.First.Index].Length)
            .ToDictionary(pair => pair.First.Index, pair => pair.Second);

        // Without other words the dub is no worse than it was.
        async Task<TranslatedTexts?> TryAsync(ITranslator translator, IEngineLedger ledger)
        {
            try
            {
                return await AskAsync(translator, ledger);
            }
            catch (PermanentDubException e) when (e.Code == Implausible.Code)
            {
                return null;
            }
        }

        Task<TranslatedTexts> AskAsync(ITranslator translator, IEngineLedger ledger) => translator.TranslateAsync(
            new TranslationRequest(transcript.Language, translation.Language, [.. tight.Select(p => said[p.Index].Text)])
            {
                Ledger = ledger,
                Region = context.Order.ToRegion,
                Seconds = [.. tight.Select(Budget)],
            },
            ct);
    }

    // What was asked to last as long as the original lasted `spoken` seconds; asking for as much less makes up for it.
    private static double Budget(Placement place)
    {
        var original = place.OriginalEnd - place.OriginalStart;
        var spoken = place.Length * place.Tempo;
        return original * Math.Min(1, original / spoken);
    }
}
