using System.Net.Http.Json;
using System.Text.Json;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Remote;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.LibreTranslate;

/// <summary>Translates by a LibreTranslate server, several texts a call.</summary>
public sealed class LibreTranslateTranslator : ITranslator, ICheckedEngine, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly EngineClient _client;
    private readonly LibreTranslateOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly KeptAnswer<ServerLanguages> _languages;
    private ServerLanguages? _known;

    /// <summary>A translator with the languages that the server has when it is first asked.</summary>
    public LibreTranslateTranslator(
        IHttpClientFactory clients, IOptions<LibreTranslateOptions> options, TimeProvider clock, ILogger<LibreTranslateTranslator> log)
    {
        (_client, _options, _clock, _log) = (new EngineClient(clients, Name), options.Value, clock, log);
        _languages = new KeptAnswer<ServerLanguages>(ListAsync, l => l.IsEmpty, clock);
    }

    /// <inheritdoc/>
    public string Name => LibreTranslateOptions.Section;

    /// <inheritdoc/>
    /// <exception cref="DubException">The server was never reached.</exception>
    public async Task<IReadOnlySet<string>> TargetsAsync(string from, CancellationToken ct)
    {
        var targets = (await _languages.GetAsync(ct)).TargetsOf(from);
        return _options.Languages.Length == 0 ? targets : targets.Intersect(_options.LanguagesOr(targets)).ToHashSet();
    }

    /// <inheritdoc/>
    /// <remarks>A text without a letter or digit comes back as it went in.</remarks>
    /// <exception cref="PermanentDubException">The server refuses.</exception>
    /// <exception cref="TransientDubException">The server is out of order; calls that were answered are kept in the request's
    /// ledger.</exception>
    public async Task<TranslatedTexts> TranslateAsync(TranslationRequest request, CancellationToken ct)
    {
        var languages = await _languages.GetAsync(ct);
        var texts = request.Texts.ToArray();
        var worded = Enumerable.Range(0, texts.Length).Where(i => SpokenText.IsSpeakable(texts[i])).ToArray();
        for (var next = 0; next < worded.Length;)
        {
            var batch = Batch(texts, worded, next);
            var translated = await TranslateAsync(
                [.. batch.Select(i => texts[i])], languages.NameOf(request.From), languages.NameOf(request.To), request.Ledger, ct);
            foreach (var (index, text) in batch.Zip(translated))
                texts[index] = text;
            next += batch.Length;
        }
        return new TranslatedTexts(texts, [request.From, request.To]);
    }

    /// <inheritdoc/>
    public async Task<EngineCheck> CheckAsync(CancellationToken ct)
    {
        if (!_options.IsConfigured)
            return EngineCheck.NotConfigured(Name, $"set {EnginesOptions.Section}:{Name}:BaseUrl");
        var languages = await AskAsync(ct);
        return new EngineCheck(Name, !languages.IsEmpty, null, languages.Names, languages.IsEmpty ? "the server has no languages" : "");
    }

    /// <inheritdoc/>
    public void Dispose() => _languages.Dispose();

    private int[] Batch(string[] texts, int[] worded, int from)
    {
        var (count, characters) = (0, 0);
        while (from + count < worded.Length && count < _options.BatchSegments)
        {
            characters += texts[worded[from + count]].Length;
            if (count > 0 && characters > _options.BatchCharacters)
                break;
            count++;
        }
        return worded[from..(from + count)];
    }

    private async Task<IReadOnlyList<string>> TranslateAsync(
        string[] texts, string source, string target, IEngineLedger ledger, CancellationToken ct)
    {
        var part = JsonSerializer.Serialize(new { _options.Base, source, target, texts });
        if (await ledger.FindAsync(part, ct) is { } kept)
            return JsonSerializer.Deserialize<string[]>(kept)!;
        var body = new Dictionary<string, object> { ["q"] = texts, ["source"] = source, ["target"] = target, ["format"] = "text" };
        if (_options.ApiKey is { } key)
            body["api_key"] = key;
        var call = new EngineCall(ledger, texts.Sum(t => t.Length), 0, EngineClient.Readable(Read));
        var request = new HttpRequestMessage(HttpMethod.Post, _options.Address("translate")) { Content = JsonContent.Create(body) };
        var translated = EngineClient.Read(await _client.SendAsync(request, call, ct), Read);
        await ledger.KeepAsync(part, JsonSerializer.Serialize(translated), ct);
        return translated;

        string[] Read(JsonElement root)
        {
            var answer = root.GetProperty("translatedText").EnumerateArray().Select(t => t.GetString()?.Trim() ?? "").ToArray();
            return answer.Length == texts.Length && answer.All(t => t.Length > 0)
                ? answer
                : throw new InvalidOperationException("There is not one translation for each text.");
        }
    }

    // Someone may be waiting to submit a dub: the server has a few seconds, and what it said before counts for as long as it does not
    // answer.
    private async Task<ServerLanguages> ListAsync(CancellationToken ct)
    {
        if (!_options.IsConfigured)
            return ServerLanguages.None;
        using var deadline = new CancellationTokenSource(Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return _known = await AskAsync(either.Token);
        }
        catch (TransientDubException e) when (_known is not null)
        {
            _log.LogWarning(e, "{Engine} does not say which languages it has; those that it had are taken.", Name);
            return _known;
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            return _known ?? throw new TransientDubException($"{Name} did not say in time which languages it has.", e);
        }
    }

    private async Task<ServerLanguages> AskAsync(CancellationToken ct)
    {
        var call = EngineCall.Uncounted with { Check = EngineClient.Readable(ServerLanguages.Read) };
        var body = await _client.SendAsync(new HttpRequestMessage(HttpMethod.Get, _options.Address("languages")), call, ct);
        return EngineClient.Read(body, ServerLanguages.Read);
    }
}
