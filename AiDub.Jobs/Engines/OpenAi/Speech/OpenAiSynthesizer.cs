using System.ClientModel;
using System.ClientModel.Primitives;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Recognition;
using AiDub.Jobs.Engines.Remote;
using Microsoft.Extensions.Options;
using OpenAI.Audio;

namespace AiDub.Jobs.Engines.OpenAi.Speech;

/// <summary>Speaks by a server that speaks OpenAI's protocol.</summary>
public sealed class OpenAiSynthesizer(
    IHttpClientFactory clients, IOptions<OpenAiSynthesizerOptions> options, ReceivedAudio sound) : ISynthesizer, ICheckedEngine
{
    private const double Slowest = 0.25;
    private const double Fastest = 4;
    private readonly EngineClient _client = new(clients, OpenAiSynthesizerOptions.Section);
    private readonly OpenAiSynthesizerOptions _options = options.Value;

    /// <inheritdoc/>
    public string Name => OpenAiSynthesizerOptions.Section;

    /// <inheritdoc/>
    public bool SpeaksAtRate(string language) => true;

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct) => Task.FromResult(_options.LanguagesOr(WhisperLanguages.All));

    /// <inheritdoc/>
    public Task<EngineCheck> CheckAsync(CancellationToken ct) => OpenAiModels.CheckAsync(_client, Name, _options, ct);

    /// <inheritdoc/>
    /// <remarks>
    /// A text with nothing to say (<see cref="SpokenText.IsSpeakable"/>) becomes a tenth of a second of silence, without a call.
    /// </remarks>
    /// <exception cref="PermanentDubException">The server refuses, for instance because it has no such voice.</exception>
    /// <exception cref="TransientDubException">The server is out of order, or answered without sound.</exception>
    public async Task<string> SpeakAsync(SpeechRequest request, string wavPath, CancellationToken ct)
    {
        var voice = request.Voice ?? _options.Voices.GetValueOrDefault(request.Language) ?? _options.Voice;
        var text = SpokenText.ToPlain(request.Text, request.Language);
        if (!SpokenText.IsSpeakable(text))
        {
            await SpeechFile.WriteSilenceAsync(wavPath, ct);
            return voice;
        }
        var raw = _options.ResponseFormat == "pcm";
        var call = new EngineCall(request.Ledger, text.Length, 0, body => ReceivedAudio.Check(body, raw));
        var wanted = new SpeechGenerationOptions
        {
            ResponseFormat = raw ? GeneratedSpeechFormat.Pcm : GeneratedSpeechFormat.Wav,
            SpeedRatio = request.Rate == 1 ? null : (float)Math.Clamp(request.Rate, Slowest, Fastest),
        };
        var client = OpenAiClients.Audio(_client, _options, call);
        var answer = request.Sample is { } sample && _options.SampleField is { } field
            ? await SpeakAsAsync(client, request, text, field, sample, ct)
            : (await client.GenerateSpeechAsync(text, new GeneratedSpeechVoice(voice), wanted, ct)).Value;
        await sound.WriteAsync(Name, answer.ToArray(), raw ? _options.PcmRate : null, wavPath, ct);
        return voice;
    }

    /// <inheritdoc/>
    public bool ClonesVoices => _options.SampleField is not null && _options.IsConfigured;

    /// <inheritdoc/>
    /// <remarks>The server makes none: it is sent the recording with every text.</remarks>
    public Task<string> CloneAsync(VoiceSample sample, IEngineLedger ledger, CancellationToken ct) =>
        Task.FromResult($"{VoiceChoices.Clone}:{sample.Speaker}");

    // The client has no name for the recording.
    private async Task<BinaryData> SpeakAsAsync(
        AudioClient client, SpeechRequest request, string text, string field, string sample, CancellationToken ct)
    {
        var body = new Dictionary<string, object>
        {
            ["model"] = _options.Model,
            ["input"] = text,
            ["voice"] = _options.Voices.GetValueOrDefault(request.Language) ?? _options.Voice,
            ["response_format"] = _options.ResponseFormat,
            [field] = "data:audio/wav;base64," + Convert.ToBase64String(await File.ReadAllBytesAsync(sample, ct)),
        };
        if (request.Rate != 1)
            body["speed"] = Math.Clamp(request.Rate, Slowest, Fastest);
        using var content = BinaryContent.Create(BinaryData.FromObjectAsJson(body));
        var answer = await client.GenerateSpeechAsync(content, new RequestOptions { CancellationToken = ct });
        return answer.GetRawResponse().Content;
    }
}
