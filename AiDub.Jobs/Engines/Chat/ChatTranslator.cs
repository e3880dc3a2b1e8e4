using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Engines.Chat;

/// <summary>Translates by a language model, several segments a call, each call seeing what came before.</summary>
/// <param name="name">The engine, for messages.</param>
/// <param name="model">The model.</param>
/// <param name="options">How it is asked.</param>
/// <param name="log">Told of wrong answers.</param>
internal sealed class ChatTranslator(string name, IChatModel model, IChatOptions options, ILogger log)
{
    private readonly Glossary _glossary = new(options.Glossary);
    private readonly BatchTranslation _translation = new(model, options, new Glossary(options.Glossary), log);

    /// <summary>Translates every text.</summary>
    /// <remarks>
    /// A text without a letter or digit comes back as it went in. A fixed term that the model will not use is a warning,
    /// <c>glossary_missed</c>.
    /// </remarks>
    /// <exception cref="TransientDubException">
    /// The model keeps answering something else; calls that were answered are kept in the request's ledger.
    /// </exception>
    public async Task<TranslatedTexts> TranslateAsync(TranslationRequest request, CancellationToken ct)
    {
        var texts = request.Texts.ToArray();
        var sentences = Enumerable.Range(0, texts.Length).Where(i => SpokenText.IsSpeakable(texts[i]))
            .Select(i =>
                new Sentence(
                    i, texts[i].Trim(), request.Seconds is { } seconds ? TranslationBatch.Budget(seconds[i], request.To, options) : null));
        var translated = new List<Preceding>();
        foreach (var batch in Batches(sentences))
        {
            var context = translated.TakeLast(options.ContextSegments).ToArray();
            var answer = await TranslateAsync(new TranslationBatch(request.From, request.To, context, batch), request.Ledger, ct);
            foreach (var (sentence, text) in batch.Zip(answer))
            {
                texts[sentence.Index] = text;
                translated.Add(new Preceding(sentence.Text, text));
            }
        }
        return new TranslatedTexts(texts, [request.From, request.To]) { Warnings = Warnings(translated) };
    }

    private async Task<IReadOnlyList<string>> TranslateAsync(TranslationBatch batch, IEngineLedger ledger, CancellationToken ct)
    {
        if (await _translation.AskAsync(batch, ledger, ct) is { } answer)
            return answer;
        if (batch.Segments.Count == 1)
            throw new TransientDubException(
                $"{name} kept answering with something that is no translation (segment {batch.Segments[0].Index + 1}).");
        var (first, second) = batch.Halves();
        var before = await TranslateAsync(first, ledger, ct);
        var context = first.Segments.Zip(before, (s, t) => new Preceding(s.Text, t));
        second = second with { Context = [.. batch.Context.Concat(context).TakeLast(options.ContextSegments)] };
        return [.. before, .. await TranslateAsync(second, ledger, ct)];
    }

    private IEnumerable<IReadOnlyList<Sentence>> Batches(IEnumerable<Sentence> sentences)
    {
        var batch = new List<Sentence>();
        foreach (var sentence in sentences)
        {
            if (batch.Count > 0
                && (batch.Count == options.BatchSegments
                    || batch.Sum(s => s.Text.Length) + sentence.Text.Length > options.BatchCharacters))
            {
                yield return batch;
                batch = [];
            }
            batch.Add(sentence);
        }
        if (batch.Count > 0)
            yield return batch;
    }

    private IReadOnlyList<DubWarning> Warnings(IEnumerable<Preceding> translated)
    {
        var missed = translated.SelectMany(t => _glossary.Missing(t.Text, t.Translation))
            .Select(t => t.Key)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray();
        return missed.Length == 0
            ? []
            : [new DubWarning(
                WarningCode.GlossaryMissed, $"Fixed terms were not translated as they should be: {string.Join(", ", missed)}.")];
    }
}
