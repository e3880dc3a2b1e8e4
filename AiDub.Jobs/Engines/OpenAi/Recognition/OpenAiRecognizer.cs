using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Recognition;
using AiDub.Jobs.Engines.Remote;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.OpenAi.Recognition;

/// <summary>
/// Recognises by a server that speaks OpenAI's protocol: sends the recording in stretches cut at silences, and puts what was heard
/// together.
/// </summary>
/// <remarks>By requests of our own: the official client refuses answers of servers that leave fields out or write them as null.</remarks>
public sealed class OpenAiRecognizer(IHttpClientFactory clients, IOptions<OpenAiRecognizerOptions> options) : IRecognizer, ICheckedEngine
{
    private const double LongestUntimed = 30;

    // Words of a sentence may be this far apart: punctuation, not breath, ends sentences here.
    private static readonly SegmentRules Rules = new() { Punctuated = true, SentencePause = 0.8 };
    private readonly EngineClient _client = new(clients, OpenAiRecognizerOptions.Section);
    private readonly OpenAiRecognizerOptions _options = options.Value;

    /// <inheritdoc/>
    public string Name => OpenAiRecognizerOptions.Section;

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) => Task.FromResult(_options.LanguagesOr(WhisperLanguages.All));

    /// <inheritdoc/>
    public Task<EngineCheck> CheckAsync(CancellationToken ct) => OpenAiModels.CheckAsync(_client, Name, _options, ct);

    /// <inheritdoc/>
    /// <exception cref="PermanentDubException">
    /// The server refuses, gives no times (<c>engine_answer_untimed</c>), or does not say which language it heard
    /// (<c>from_lang_unknown</c>).
    /// </exception>
    /// <exception cref="TransientDubException">The server is out of order; stretches that were heard are kept in the request's
    /// ledger.</exception>
    public async Task<Transcript> RecognizeAsync(RecognitionRequest request, IProgress<double> progress, CancellationToken ct)
    {
        var wav = await SpeechWav.ReadAsync(request.AudioPath, ct);
        var chunks = AudioChunk.Plan(wav.Levels, request.Speech, _options.LongestChunk);
        var heard = new HeardChunk[chunks.Count];
        var done = 0;
        var language = request.Language;

        // One after another until one has told the language; the others are then heard in it.
        var next = 0;
        for (; next < chunks.Count && language is null; next++)
        {
            await HearAsync(next, null, ct);
            if (heard[next] is { Pieces.Count: > 0 } or { Untimed: not null })
                language = WhisperLanguages.Find(heard[next].Language);
        }
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Concurrency, CancellationToken = ct };
        await Parallel.ForEachAsync(
            Enumerable.Range(next, chunks.Count - next), parallel, async (i, token) => await HearAsync(i, language, token));

        var segments = SegmentBuilder.Build(chunks.Zip(heard).SelectMany(c => Place(c.Second, c.First)), Rules);
        if (language is null && segments.Count > 0)
            throw new PermanentDubException(
                FailureCode.FromLangUnknown, $"{Name} did not say which language is spoken. Please give from_lang.");
        progress.Report(1);
        return new Transcript(language ?? LanguageCode.Undetermined, $"{Name} {_options.Model}", segments);

        async Task HearAsync(int index, string? spoken, CancellationToken token)
        {
            var sound = AudioChunk.Cut(request.AudioPath, chunks[index]);
            heard[index] = await AskOnceAsync(sound, chunks[index].Length, spoken, request.Ledger, token);
            progress.Report(Interlocked.Increment(ref done) / (double)chunks.Count);
        }
    }

    private IEnumerable<RecognizedWord> Place(HeardChunk heard, AudioSpan chunk)
    {
        if (heard.Untimed is null)
            return heard.Pieces.Where(p => p.Start < chunk.Length)
                .Select(p => p with { Start = chunk.Start + p.Start, End = Math.Min(chunk.End, chunk.Start + p.End) });
        if (chunk.Length <= LongestUntimed)
            return [new RecognizedWord(heard.Untimed, chunk.Start, chunk.End)];
        throw new PermanentDubException(FailureCode.EngineAnswerUntimed,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Name} gives no times. Its operator has to choose another model, or set ChunkSeconds to {LongestUntimed} or less."));
    }

    private async Task<HeardChunk> AskOnceAsync(byte[] sound, double seconds, string? language, IEngineLedger ledger, CancellationToken ct)
    {
        var part = string.Join('\n', _options.Base, _options.Model, _options.Prompt, language, Convert.ToHexString(SHA256.HashData(sound)));
        if (await ledger.FindAsync(part, ct) is { } kept)
            return JsonSerializer.Deserialize<HeardChunk>(kept)!;
        var call = new EngineCall(ledger, 0, seconds, EngineClient.Readable(HeardChunk.Read));
        var heard = EngineClient.Read(await _client.SendAsync(Request(sound, language), call, ct), HeardChunk.Read);
        await ledger.KeepAsync(part, JsonSerializer.Serialize(heard), ct);
        return heard;
    }

    private HttpRequestMessage Request(byte[] sound, string? language)
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent(_options.Model), "model" },
            { new StringContent("verbose_json"), "response_format" },
            { new StringContent("segment"), "timestamp_granularities[]" },
            { new StringContent("word"), "timestamp_granularities[]" },
        };
        if (language is not null)
            form.Add(new StringContent(language), "language");
        if (_options.Prompt is { } prompt)
            form.Add(new StringContent(prompt), "prompt");
        form.Add(new ByteArrayContent(sound) { Headers = { ContentType = new("audio/wav") } }, "file", "speech.wav");
        var request = EngineClient.Bearer(HttpMethod.Post, _options.Address("audio/transcriptions"), _options.ApiKey);
        request.Content = form;
        return request;
    }
}
