using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Engines.Checking;

namespace AiDub.Jobs.Dubbing.Steps.Translating;

/// <summary>What is to be translated.</summary>
/// <param name="Text">One or more sentences.</param>
/// <param name="Seconds">How long the translation may take to be said.</param>
public sealed record SourceLine(string Text, double Seconds);

/// <summary>What became of lines.</summary>
/// <param name="Texts">As many as were asked for, in the same order.</param>
/// <param name="Engine">The translator with its route, as reports name it.</param>
public sealed record TranslatedLines(IReadOnlyList<string> Texts, string Engine);

/// <summary>Asks translators for all steps: counts what they do, and warns of what is not as good as it could be.</summary>
public sealed class SegmentTranslator(Translators translators)
{
    /// <summary>Translates lines into the language of the order, by the first translator whose answers can be right.</summary>
    /// <param name="context">The dub.</param>
    /// <param name="from">The language of the lines, as ISO 639-1.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="PermanentDubException">
    /// No engine translates between the languages (<c>to_lang_unsupported</c>), or no answer can be right (<c>engine_garbage</c>).
    /// </exception>
    public async Task<TranslatedLines> TranslateAsync(
        DubContext context, string from, IReadOnlyList<SourceLine> lines, CancellationToken ct)
    {
        var able = await translators.AllForAsync(from, context.Order.ToLang, ct);
        if (able.Count == 0)
            throw Unsupported(from, context.Order);
        context.Count(0, lines.Count);
        var translated = await Implausible.FirstAsync(
            able,
            engine => AskAsync(context, engine, from, lines, ct),
            (left, next) => context.WarnReplaced(left.Name, next.Name));
        context.Count(lines.Count, lines.Count);
        return translated;
    }

    /// <summary>Translates lines again to fit their time, by the preferred translator; null when it cannot.</summary>
    /// <param name="context">The dub.</param>
    /// <param name="from">The language of the lines, as ISO 639-1.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task<IReadOnlyList<string>?> TryToLengthAsync(
        DubContext context, string from, IReadOnlyList<SourceLine> lines, CancellationToken ct)
    {
        if (await translators.ForAsync(from, context.Order.ToLang, ct) is not { KeepsToLength: true } translator)
            return null;
        try
        {
            return (await AskAsync(context, translator, from, lines, ct)).Texts;
        }
        catch (DubException e) when (Implausible.IsToBeLeft(e))
        {
            return null;
        }
    }

    private static async Task<TranslatedLines> AskAsync(
        DubContext context, ITranslator translator, string from, IReadOnlyList<SourceLine> lines, CancellationToken ct)
    {
        var ledger = context.Ledger(translator.Name);
        var request = new TranslationRequest(from, context.Order.ToLang, [.. lines.Select(line => line.Text)])
        {
            Ledger = ledger,
            Region = context.Order.ToRegion,
            Seconds = [.. lines.Select(line => line.Seconds)],
        };
        var answer = await translator.TranslateAsync(request, ct);
        ledger.CountUncounted(request.Texts.Sum(text => text.Length), 0);
        foreach (var warning in answer.Warnings)
            context.Warn(warning.Code, warning.Msg);
        if (answer.Quality == TranslationQuality.Draft)
        {
            context.Warn(
                WarningCode.DraftTranslation,
                $"{LanguageCode.EnglishName(from)} was translated into {LanguageCode.EnglishName(request.To)} "
                + $"by {translator.Name}, whose translations are drafts: have a person read it.");
        }
        return new TranslatedLines(answer.Texts, $"{translator.Name} {string.Join('-', answer.Route)}");
    }

    private static PermanentDubException Unsupported(string from, DubOrder order)
    {
        var way = order.Revision > 0 ? ": edit the translation." : ".";
        return new PermanentDubException(
            FailureCode.ToLangUnsupported,
            $"No installed engine translates {LanguageCode.EnglishName(from)} into {LanguageCode.EnglishName(order.ToLang)}{way}");
    }
}
