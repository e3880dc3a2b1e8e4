using AiDub.Domain.Dubbing;
using AiDub.Domain.Editing;
using AiDub.Domain.Speech;
using AiDub.Domain.Subtitles;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Dubbing.Attempts;
using AiDub.Jobs.Dubbing.Steps.Translating;

namespace AiDub.Jobs.Dubbing.Steps;

/// <summary>
/// Makes the transcript and the translation of an edited dub; only segments whose source text was edited are translated anew.
/// </summary>
public sealed class EditStep(SegmentTranslator translator) : IDubStep
{
    /// <inheritdoc />
    public string Name => "edit";

    /// <inheritdoc />
    public bool IsNeeded(DubOrder order) => order.Revision > 0;

    /// <inheritdoc />
    public async Task RunAsync(DubContext context, CancellationToken ct)
    {
        var made = await MadeRevision.ReadAsync(context.Artifacts, context.Order, ct);
        var edits = made.Plan.After;
        WarnOfKept(context, made);
        var anew = await TranslateAnewAsync(context, made, ct);

        var said = made.Transcript.Segments.Select(
            s => made.Said.Contains(s.Index) ? Edited(s, edits.Of(s.Index), edits.Of(s.Index).Text) : s);
        await context.Artifacts.WriteAsync(context.TranscriptKey, made.Transcript with { Segments = [.. said] }, ct);

        var spoken = made.Translation.Segments.Select(
            s => Edited(s, edits.Of(s.Index), edits.Of(s.Index).Translation ?? anew.GetValueOrDefault(s.Index)));
        await context.Artifacts.WriteAsync(
            ObjectKeys.Translation(context.RequestId, context.Revision),
            made.Translation with { Segments = [.. spoken], Warnings = [.. context.Warnings] },
            ct);
    }

    // What no person has written since is as good as it was when it was translated.
    private static void WarnOfKept(DubContext context, MadeRevision made)
    {
        if (made.Translation.Segments.All(s => made.Plan.After.Of(s.Index).Translation is not null || made.Plan.IsTranslatedAnew(s.Index)))
            return;
        foreach (var warning in made.Translation.Warnings)
            context.Warn(warning.Code, warning.Msg);
    }

    private async Task<IReadOnlyDictionary<int, string>> TranslateAnewAsync(DubContext context, MadeRevision made, CancellationToken ct)
    {
        var edits = made.Plan.After;
        var anew = made.Translation.Segments.Where(s => made.Plan.IsTranslatedAnew(s.Index)).ToList();
        var lines = anew
            .Select(s => new SourceLine(Translatable(edits.Of(s.Index).Text!), Edited(s, edits.Of(s.Index), null).Length))
            .ToList();
        var texts = lines.Count == 0 || made.Transcript.Language == context.Order.ToLang
            ? lines.Select(line => line.Text)
            : (await translator.TranslateAsync(context, made.Transcript.Language, lines, ct)).Texts;
        return anew.Zip(texts).ToDictionary(pair => pair.First.Index, pair => pair.Second);
    }

    // What describes a sound beside speech is left out of the translation, as at first.
    private static string Translatable(string text) => SaidText.Of(text).Said is { Length: > 0 } said ? said : text;

    private static Segment Edited(Segment segment, SegmentEdit edit, string? text)
    {
        var timed = segment with { Start = edit.Start ?? segment.Start, End = edit.End ?? segment.End };
        if (text is null)
            return timed;
        var (said, caption) = SaidText.Of(text);
        return timed with { Text = said, Caption = caption };
    }
}
