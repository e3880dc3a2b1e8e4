using AiDub.Api.Endpoints;
using AiDub.Api.Wire;
using AiDub.Domain.Languages;
using AiDub.Jobs.Engines;
using FluentValidation;

namespace AiDub.Api.Submitting;

/// <summary>What is wrong with the languages of a submission because of what the engines can do.</summary>
/// <param name="ToLang">What is wrong with <c>to_lang</c>; null when nothing is.</param>
/// <param name="FromLang">What is wrong with <c>from_lang</c>; null when nothing is.</param>
internal sealed record LanguageFaults(string? ToLang, string? FromLang)
{
    /// <summary>Those of the submission that is judged.</summary>
    public static LanguageFaults In(IValidationContext context) => ValidationErrors.FactsOf<LanguageFaults>(context);

    /// <summary>The language that a field names, as ISO 639-1; null when it names none.</summary>
    public static string? Parse(SentText sent) => LanguageTag.TryParse(sent.Value, out var tag) ? tag.Language : null;

    /// <summary>Whether <c>to_lang</c> names languages, as few as may be.</summary>
    public static bool AreLanguages(SentLanguages sent) =>
        sent.Sent.Count is > 0 and <= SentLanguages.MaxCount && sent.Sent.All(lang => Parse(lang) is not null);
}

/// <summary>Asks the engines which languages they can do.</summary>
internal sealed class LanguageFacts(LanguageSupport languages) : IRuleFacts
{
    /// <inheritdoc/>
    public async Task<object> FindAsync(object body, CancellationToken ct)
    {
        var request = (SubmitRequest)body;
        return new LanguageFaults(await ToLangAsync(request, ct), await FromLangAsync(request, ct));
    }

    private async Task<string?> ToLangAsync(SubmitRequest request, CancellationToken ct)
    {
        if (!LanguageFaults.AreLanguages(request.ToLang))
            return null; // The rules say so.
        var from = request.Translation.IsMissing ? LanguageFaults.Parse(request.FromLang) : null;
        if (from is not null && request.Transcript.IsMissing && !(await languages.SourcesAsync(ct)).Contains(from))
            from = null; // That is the other field's error; this one is judged by what any source could do.
        // What is given in the target language only has to be spoken; a transcript that does not say its language is the other field's
        // error.
        var onlySpoken = !request.Translation.IsMissing || (from is null && !request.Transcript.IsMissing);
        IReadOnlyCollection<string> targets = onlySpoken ? await languages.SpokenAsync(ct) : await languages.TargetsAsync(from, ct);
        if (request.ToLang.Sent.Select(LanguageFaults.Parse).FirstOrDefault(lang => !targets.Contains(lang)) is not { } to)
            return null;
        var source = from is null ? "" : $" from {Name(from)}";
        return $"no engine here can dub{source} into {Name(to)}; it can be one of: {List(targets)}";
    }

    private async Task<string?> FromLangAsync(SubmitRequest request, CancellationToken ct)
    {
        if (LanguageFaults.Parse(request.FromLang) is not { } from || !request.Transcript.IsMissing || !request.Translation.IsMissing)
            return null; // It is detected, or there is nothing to recognise.
        var sources = await languages.SourcesAsync(ct);
        return sources.Contains(from)
            ? null
            : $"no engine here can recognise {Name(from)}; it can be one of: {List(sources.Order(StringComparer.Ordinal))}";
    }

    private static string Name(string code) => $"{LanguageCode.EnglishName(code)} ({code})";

    private static string List(IEnumerable<string> codes) => string.Join(", ", codes.DefaultIfEmpty("none"));
}
