using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Media;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Engines.Checking;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Turns the transcript into the target language, segment by segment, or takes the translation that the user gave.</summary>
public sealed class TranslateStep(Translators translators) : IDubStep
{
    /// <inheritdoc />
    public string Name => "translate";

    /// <inheritdoc />
    public DubStage Stage => DubStage.Translating;

    /// <inheritdoc />
    public bool IsNeeded(DubOrder order) => order.Revision == 0;

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var transcript = await context.Artifacts.ReadAsync<Transcript>(ObjectKeys.Transcript(context.SourceId), ct);
        var given = (await context.Artifacts.TryReadAsync<GivenTexts>(ObjectKeys.GivenTexts(context.SourceId), ct))?.Translation;
        if (given is null && transcript.Language == context.Order.ToLang)
            context.Warn("same_language", "The video is already in the target language; it was spoken anew without translation.");
        var translation = given is not null
            ? new Translation(context.Order.ToLang, GivenTexts.Engine, GivenTexts.Within(given, await SecondsAsync(context, ct)))
            : transcript.Segments.Count == 0 || transcript.Language == context.Order.ToLang
            ? new Translation(context.Order.ToLang, "none", transcript.Segments)
            : await TranslateAsync(context, transcript, context.Order.ToLang, ct);
        await context.Artifacts.WriteAsync(ObjectKeys.Translation(context.RequestId), translation, ct);
    }

    private static async Task<double> SecondsAsync(DubContext context, CancellationToken ct) =>
        (await context.Artifacts.ReadAsync<SourceMedia>(ObjectKeys.Media(context.SourceId), ct)).DurationSeconds;

    private async Task<Translation> TranslateAsync(DubContext context, Transcript transcript, string to, CancellationToken ct)
    {
        var able = await translators.AllForAsync(transcript.Language, to, ct);
        if (able.Count == 0)
        {
            throw new PermanentDubException(
                "to_lang_unsupported",
                $"No installed engine translates {LanguageCode.EnglishName(transcript.Language)} into {LanguageCode.EnglishName(to)}.");
        }
        var request = new TranslationRequest(
            transcript.Language, to, [.. transcript.Segments.Select(s => s.IsOnlySound ? s.Caption! : s.Text)])
        {
            Region = context.Order.ToRegion,
            Seconds = [.. transcript.Segments.Select(s => s.Length)],
        };
        context.Count(0, request.Texts.Count);
        var (translator, ledger, translated) = await Implausible.FirstAsync(able, async engine =>
        {
            var ledger = context.Ledger(engine.Name);
            return (engine, ledger, await engine.TranslateAsync(request with { Ledger = ledger }, ct));
        }, (left, next) => context.WarnReplaced(left.Name, next.Name));
        context.Count(request.Texts.Count, request.Texts.Count);
        ledger.CountUncounted(request.Texts.Sum(t => t.Length), 0);
        foreach (var warning in translated.Warnings)
            context.Warn(warning.Code, warning.Msg);
        if (translated.Quality == TranslationQuality.Draft)
            context.Warn(
                "draft_translation",
                $"{LanguageCode.EnglishName(transcript.Language)} was translated into {LanguageCode.EnglishName(to)} by a draft of "
                    + $"{translator.Name}: have a person read it.");
        return new Translation(
            to,
            $"{translator.Name} {string.Join('-', translated.Route)}",
            [.. transcript.Segments.Zip(translated.Texts, (segment, text) => segment.IsOnlySound
                ? segment with { Caption = text }
                : segment with { Text = text, Caption = null })]);
    }
}
