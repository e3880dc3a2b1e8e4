using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Speech;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps.Translating;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>Turns the transcript into the target language, segment by segment, or takes the translation that the user gave.</summary>
public sealed class TranslateStep(SegmentTranslator translator) : IDubStep
{
    /// <inheritdoc />
    public string Name => "translate";

    /// <inheritdoc />
    public bool IsNeeded(DubOrder order) => order.Revision == 0;

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var transcript = await context.Artifacts.ReadAsync<Transcript>(ObjectKeys.Transcript(context.SourceId), ct);
        var given = await GivenAsync(context, ct);
        if (given is null && transcript.Language == context.Order.ToLang)
            context.Warn(WarningCode.SameLanguage);
        Translation translation;
        if (given is not null)
            translation = new(context.Order.ToLang, GivenTexts.Engine, given);
        else if (transcript.Segments.Count == 0 || transcript.Language == context.Order.ToLang)
            translation = new(context.Order.ToLang, "none", transcript.Segments);
        else
            translation = await TranslateAsync(context, transcript, ct);
        translation = translation with { Warnings = [.. context.Warnings] };
        await context.Artifacts.WriteAsync(ObjectKeys.Translation(context.RequestId), translation, ct);
    }

    private static async Task<IReadOnlyList<Segment>?> GivenAsync(DubContext context, CancellationToken ct)
    {
        var given = await context.Artifacts.TryReadAsync<GivenTexts>(ObjectKeys.GivenTexts(context.SourceId), ct);
        if (given?.Translation is null)
            return null;
        var media = await context.Artifacts.ReadAsync<SourceMedia>(ObjectKeys.Media(context.SourceId), ct);
        return GivenTexts.Within(given.For(media).Translation!, media.DurationSeconds);
    }

    private async Task<Translation> TranslateAsync(DubContext context, Transcript transcript, CancellationToken ct)
    {
        var lines = transcript.Segments.Select(s => new SourceLine(s.IsOnlySound ? s.Caption! : s.Text, s.Length)).ToList();
        var translated = await translator.TranslateAsync(context, transcript.Language, lines, ct);
        return new Translation(
            context.Order.ToLang,
            translated.Engine,
            [.. transcript.Segments.Zip(translated.Texts, (segment, text) => segment.IsOnlySound
                ? segment with { Caption = text }
                : segment with { Text = text, Caption = null })]);
    }
}
