using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Remote;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.OpenAi.Translation;

/// <summary>Translates by a language model, several segments a call, each call seeing what came before.</summary>
public sealed class OpenAiTranslator : ITranslator, ICheckedEngine
{
    private readonly EngineClient _client;
    private readonly OpenAiTranslatorOptions _options;
    private readonly Glossary _glossary;
    private readonly ChatModel _model;

    /// <summary>A translator by the options' server.</summary>
    public OpenAiTranslator(IHttpClientFactory clients, IOptions<OpenAiTranslatorOptions> options, ILogger<OpenAiTranslator> log)
    {
        _client = new EngineClient(clients, Name);
        _options = options.Value;
        _glossary = new Glossary(_options.Glossary);
        _model = new ChatModel(_client, _options, _glossary, log);
    }

    /// <inheritdoc/>
    public string Name => OpenAiTranslatorOptions.Section;

    /// <inheritdoc/>
    public bool KeepsToLength => true;

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> TargetsAsync(string from, CancellationToken ct) =>
        Task.FromResult<IReadOnlySet<string>>(_options.LanguagesOr(LanguageCode.All).Where(to => to != from).ToHashSet());

    /// <inheritdoc/>
    public Task<EngineCheck> CheckAsync(CancellationToken ct) => OpenAiModels.CheckAsync(_client, Name, _options, ct);

    /// <inheritdoc/>
    /// <remarks>
    /// A text without a letter or digit comes back as it went in. A fixed term that the model will not use is a warning,
    /// <c>glossary_missed</c>.
    /// </remarks>
    /// <exception cref="PermanentDubException">The server refuses.</exception>
    /// <exception cref="TransientDubException">
    /// The server is out of order, or the model keeps answering something else; calls that were answered are kept in the request's ledger.
    /// </exception>
    public async Task<TranslatedTexts> TranslateAsync(TranslationRequest request, CancellationToken ct)
    {
        var texts = request.Texts.ToArray();
        var sentences = Enumerable.Range(0, texts.Length).Where(i => SpokenText.IsSpeakable(texts[i]))
            .Select(i =>
                new Sentence(
                    i, texts[i].Trim(), request.Seconds is { } seconds ? TranslationBatch.Budget(seconds[i], request.To, _options) : null));
        var translated = new List<Preceding>();
        foreach (var batch in Batches(sentences))
        {
            var context = translated.TakeLast(_options.ContextSegments).ToArray();
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
        if (await _model.AskAsync(batch, ledger, ct) is { } answer)
            return answer;
        if (batch.Segments.Count == 1)
            throw new TransientDubException(
                $"{Name} kept answering with something that is no translation (segment {batch.Segments[0].Index + 1}).");
        var (first, second) = batch.Halves();
        var before = await TranslateAsync(first, ledger, ct);
        var context = first.Segments.Zip(before, (s, t) => new Preceding(s.Text, t));
        second = second with { Context = [.. batch.Context.Concat(context).TakeLast(_options.ContextSegments)] };
        return [.. before, .. await TranslateAsync(second, ledger, ct)];
    }

    private IEnumerable<IReadOnlyList<Sentence>> Batches(IEnumerable<Sentence> sentences)
    {
        var batch = new List<Sentence>();
        foreach (var sentence in sentences)
        {
            if (batch.Count > 0
                && (batch.Count == _options.BatchSegments
                    || batch.Sum(s => s.Text.Length) + sentence.Text.Length > _options.BatchCharacters))
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
