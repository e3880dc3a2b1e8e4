using AiDub.Domain.Dubbing;
using AiDub.Domain.Editing;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Domain.Subtitles;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Engines;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>
/// Makes the transcript and the translation of an edited dub; only segments whose source text was edited are translated anew.
/// </summary>
public sealed class EditStep(Translators translators) : IDubStep
{
    /// <inheritdoc />
    public string Name => "edit";

    /// <inheritdoc />
    public DubStage Stage => DubStage.Translating;

    /// <inheritdoc />
    public bool IsNeeded(DubOrder order) => order.Revision > 0;

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var made = await MadeRevision.ReadAsync(context.Artifacts, context.Order, ct);
        var plan = made.Plan;
        var anew = made.Translation.Segments.Where(s => plan.IsTranslatedAnew(s.Index)).ToList();
        var texts = anew.Count == 0
            ? []
            : await TranslateAsync(
                context, made.Transcript.Language, anew, [.. anew.Select(s => Translatable(plan.After.Of(s.Index).Text!))], ct);
        var translated = anew.Zip(texts).ToDictionary(pair => pair.First.Index, pair => pair.Second);

        await context.Artifacts.WriteAsync(
            context.TranscriptKey,
            made.Transcript with { Segments = [.. made.Transcript.Segments.Select(s => made.Said.Contains(s.Index)
                ? Timed(s, plan.After.Of(s.Index), plan.After.Of(s.Index).Text) : s)] },
            ct);
        await context.Artifacts.WriteAsync(
            ObjectKeys.Translation(context.RequestId, context.Revision),
            made.Translation with
            {
                Segments = [.. made.Translation.Segments.Select(s =>
                    Timed(s, plan.After.Of(s.Index), plan.After.Of(s.Index).Translation ?? translated.GetValueOrDefault(s.Index)))],
            },
            ct);
    }

    // What describes a sound beside speech is left out of the translation, as at first.
    private static string Translatable(string text) => SaidText.Of(text).Said is { Length: > 0 } said ? said : text;

    private static Segment Timed(Segment segment, SegmentEdit edit, string? text)
    {
        var timed = segment with { Start = edit.Start ?? segment.Start, End = edit.End ?? segment.End };
        if (text is null)
            return timed;
        var (said, caption) = SaidText.Of(text);
        return timed with { Text = said, Caption = caption };
    }

    private async Task<IReadOnlyList<string>> TranslateAsync(
        DubContext context, string from, IReadOnlyList<Segment> segments, IReadOnlyList<string> texts, CancellationToken ct)
    {
        var to = context.Order.ToLang;
        if (from == to)
            return texts;
        var translator = await translators.ForAsync(from, to, ct)
            ?? throw new PermanentDubException(
                "to_lang_unsupported",
                $"No installed engine translates {LanguageCode.EnglishName(from)} into {LanguageCode.EnglishName(to)}: edit the "
                    + "translation.");
        var ledger = context.Ledger(translator.Name);
        context.Count(0, texts.Count);
        var answer = await translator.TranslateAsync(
            new TranslationRequest(from, to, texts)
            {
                Ledger = ledger,
                Region = context.Order.ToRegion,
                Seconds = [.. segments.Select(s => s.Length)],
            }, ct);
        context.Count(texts.Count, texts.Count);
        ledger.CountUncounted(texts.Sum(t => t.Length), 0);
        foreach (var warning in answer.Warnings)
            context.Warn(warning.Code, warning.Msg);
        return answer.Texts;
    }
}
