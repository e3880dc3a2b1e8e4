using System.Globalization;
using System.Net.Http.Headers;
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
    public bool ClonesVoices => _options.IsConfigured;

    /// <inheritdoc/>
    /// <remarks>The voice is named after the dub and the speaker: by its name it is found again, and removed with the dub.</remarks>
    /// <exception cref="PermanentDubException">The server refuses, for instance because the plan has no room for a voice.</exception>
    /// <exception cref="TransientDubException">The server is out of order.</exception>
    public async Task<string> CloneAsync(VoiceSample sample, IEngineLedger ledger, CancellationToken ct)
    {
        var name = NameOf(sample.RequestId) + sample.Speaker;
        foreach (var (id, other) in await VoicesAsync(ledger, ct))
        {
            if (other == name)
                return id;
        }
        using var form = new MultipartFormDataContent { { new StringContent(name), "name" } };
        var recording = new ByteArrayContent(await File.ReadAllBytesAsync(sample.WavPath, ct));
        recording.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        form.Add(recording, "files", "sample.wav");
        var call = new EngineCall(ledger, 0, 0, EngineClient.Readable(MadeVoice));
        var sent = Request(HttpMethod.Post, "v1/voices/add");
        sent.Content = form;
        return EngineClient.Read(await _client.SendAsync(sent, call, ct), MadeVoice);
    }

    /// <inheritdoc/>
    public async Task RemoveClonesAsync(Guid requestId, CancellationToken ct)
    {
        var name = NameOf(requestId);
        PermanentDubException? refused = null;
        foreach (var (id, other) in await VoicesAsync(NoLedger.Instance, ct))
        {
            if (other?.StartsWith(name, StringComparison.Ordinal) != true)
                continue;
            try
            {
                await _client.SendAsync(Request(HttpMethod.Delete, $"v1/voices/{id}"), EngineCall.Uncounted, ct);
            }
            catch (PermanentDubException e)
            {
                // Such as one that somebody else removed meanwhile: those of other speakers are to go all the same.
                refused = e;
            }
        }
        if (refused is not null)
            throw refused;
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

    private static string NameOf(Guid requestId) => $"aidub-{requestId:N}-";

    private static string MadeVoice(JsonElement root) => root.GetProperty("voice_id").GetString() is { Length: > 0 } id
        && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
        ? id
        : throw new FormatException("A voice without an id.");

    private async Task<IReadOnlyList<(string Id, string? Name)>> VoicesAsync(IEngineLedger ledger, CancellationToken ct)
    {
        var call = new EngineCall(ledger, 0, 0, EngineClient.Readable(Named));
        return EngineClient.Read(await _client.SendAsync(Request(HttpMethod.Get, "v1/voices"), call, ct), Named);

        static IReadOnlyList<(string Id, string? Name)> Named(JsonElement root) =>
        [
            .. root.GetProperty("voices").EnumerateArray().Select(
                v => (v.GetProperty("voice_id").GetString()!, v.TryGetProperty("name", out var name) ? name.GetString() : null)),
        ];
    }

    private static string[] Voices(JsonElement root) => [.. root.GetProperty("voices").EnumerateArray()
        .Select(v =>
            $"{v.GetProperty("voice_id").GetString()} {(v.TryGetProperty("name", out var name) ? name.GetString() : null)}".TrimEnd())];

    private HttpRequestMessage Request(HttpMethod method, string path) =>
        new(method, _options.Address(path)) { Headers = { { KeyHeader, _options.ApiKey } } };
}
