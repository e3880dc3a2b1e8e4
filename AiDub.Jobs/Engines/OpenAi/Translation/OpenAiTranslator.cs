using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines.Chat;
using AiDub.Jobs.Engines.Remote;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.OpenAi.Translation;

/// <summary>Translates by a language model that a server runs.</summary>
public sealed class OpenAiTranslator : ITranslator, ICheckedEngine
{
    private readonly EngineClient _client;
    private readonly OpenAiTranslatorOptions _options;
    private readonly ChatTranslator _translator;

    /// <summary>A translator by the options' server.</summary>
    public OpenAiTranslator(IHttpClientFactory clients, IOptions<OpenAiTranslatorOptions> options, ILogger<OpenAiTranslator> log)
    {
        _client = new EngineClient(clients, Name);
        _options = options.Value;
        _translator = new ChatTranslator(Name, new ServedModel(_client, _options), _options, log);
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
    /// <exception cref="PermanentDubException">The server refuses.</exception>
    /// <exception cref="TransientDubException">
    /// The server is out of order, or the model keeps answering something else; calls that were answered are kept in the request's ledger.
    /// </exception>
    public Task<TranslatedTexts> TranslateAsync(TranslationRequest request, CancellationToken ct) =>
        _translator.TranslateAsync(request, ct);
}
