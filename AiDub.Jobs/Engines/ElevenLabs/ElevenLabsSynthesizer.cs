using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Remote;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.ElevenLabs;

/// <summary>Speaks by ElevenLabs.</summary>
public sealed class ElevenLabsSynthesizer(
    IHttpClientFactory clients, IOptions<ElevenLabsOptions> options, ReceivedAudio sound) : ISynthesizer, ICheckedEngine
{
    private const string KeyHeader = "xi-api-key";
    private const double Slowest = 0.7;
    private const double Fastest = 1.2;

    // What eleven_multilingual_v2 speaks.
    private static readonly IReadOnlySet<string> Multilingual =
        "en ja zh de hi fr ko pt it es id nl tr tl pl sv bg ro ar cs el fi hr ms sk da ta uk ru".Split(' ').ToHashSet();

    private readonly EngineClient _client = new(clients, ElevenLabsOptions.Section);
    private readonly ElevenLabsOptions _options = options.Value;

    /// <inheritdoc/>
    public string Name => ElevenLabsOptions.Section;

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) => Task.FromResult(_options.LanguagesOr(Multilingual));

    /// <inheritdoc/>
    /// <remarks>
    /// A text with nothing to say becomes a tenth of a second of silence, without a call. Rates beyond 0.7 and 1.2 are cut to these: it
    /// does no others.
    /// </remarks>
    /// <exception cref="PermanentDubException">The server refuses, or the voice's id is none (<c>voice_unknown</c>).</exception>
    /// <exception cref="TransientDubException">The server is out of order.</exception>
    public async Task<string> SpeakAsync(SpeechRequest request, string wavPath, CancellationToken ct)
    {
        var voice = request.Voice ?? _options.Voices.GetValueOrDefault(request.Language) ?? _options.Voice ?? "";
        if (voice.Length == 0 || !voice.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            throw new PermanentDubException(
                FailureCode.VoiceUnknown, $"{Name} has no such voice for {LanguageCode.EnglishName(request.Language)}.");
        var text = SpokenText.ToPlain(request.Text, request.Language);
        if (!SpokenText.IsSpeakable(text))
        {
            await SpeechFile.WriteSilenceAsync(wavPath, ct);
            return voice;
        }
        var body = new Dictionary<string, object> { ["text"] = text, ["model_id"] = _options.Model };
        if (request.Rate != 1)
            body["voice_settings"] = new { speed = Math.Clamp(request.Rate, Slowest, Fastest) };
        var call = new EngineCall(request.Ledger, text.Length, 0, answer => ReceivedAudio.Check(answer, raw: true));
        var path = string.Create(CultureInfo.InvariantCulture, $"v1/text-to-speech/{voice}?output_format=pcm_{_options.SampleRate}");
        var sent = Request(HttpMethod.Post, path);
        sent.Content = JsonContent.Create(body);
        await sound.WriteAsync(Name, await _client.SendAsync(sent, call, ct), _options.SampleRate, wavPath, ct);
        return voice;
    }

    /// <inheritdoc/>
    public async Task<EngineCheck> CheckAsync(CancellationToken ct)
    {
        if (!_options.IsConfigured)
            return EngineCheck.NotConfigured(Name, $"set {EnginesOptions.Section}:{Name}:ApiKey and Voice");
        var call = EngineCall.Uncounted with { Check = EngineClient.Readable(Voices) };
        var voices = EngineClient.Read(await _client.SendAsync(Request(HttpMethod.Get, "v1/voices"), call, ct), Voices);
        return new EngineCheck(Name, true, null, voices, $"model {_options.Model}");
    }

    private static string[] Voices(JsonElement root) => [.. root.GetProperty("voices").EnumerateArray()
        .Select(v =>
            $"{v.GetProperty("voice_id").GetString()} {(v.TryGetProperty("name", out var name) ? name.GetString() : null)}".TrimEnd())];

    private HttpRequestMessage Request(HttpMethod method, string path) =>
        new(method, _options.Address(path)) { Headers = { { KeyHeader, _options.ApiKey } } };
}
