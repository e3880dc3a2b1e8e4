using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Audio;
using AiDub.Tests.Jobs.Engines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace AiDub.Tests.StandIns;

/// <summary>The vendors' protocols as their documentation has them, answered by local engines.</summary>
internal sealed class StandInProtocols(EngineHost engines)
{
    // Recognition is what takes long: a recording that was heard once is not heard again.
    private static readonly ConcurrentDictionary<string, Transcript> Heard = [];

    public async Task AnswerAsync(HttpContext context, Asked asked, StandInServer server, bool wrongCount)
    {
        object? answer = asked.Path switch
        {
            "/v1/models" => new { @object = "list", data = new[] { new { id = "whisper-1" }, new { id = "chat-1" } } },
            "/v1/audio/transcriptions" => await TranscribeAsync(context, asked, server.TellsLanguage),
            "/v1/chat/completions" => await ChatAsync(asked, wrongCount),
            "/v1/audio/speech" => await SpeakAsync(context, Json(asked), "input", "voice", Json(asked)["speed"]?.GetValue<double>() ?? 1),
            "/languages" =>
                new[] { new { code = "en", name = "English", targets = new[] { "en", "es", "pt-BR" } },
                    new { code = "es", name = "Spanish", targets = new[] { "en" } } },
            "/translate" => await TranslateAsync(asked, wrongCount),
            "/v1/voices" => new
            {
                voices = Clones.Select(c => new { voice_id = c.Key, name = c.Value }).Prepend(new { voice_id = "es", name = "Rosa" }),
            },
            "/v1/voices/add" => Add(asked),
            var path when path.StartsWith("/v1/voices/", StringComparison.Ordinal) && context.Request.Method == HttpMethods.Delete =>
                Clones.TryRemove(path.Split('/')[^1], out _) ? new { status = "ok" } : Results.NotFound(),
            var path when path.StartsWith("/v1/text-to-speech/", StringComparison.Ordinal) =>
                await ElevenLabsAsync(context, asked, path.Split('/')[^1]),
            _ => Results.NotFound(),
        };
        if (answer is IResult result)
            await result.ExecuteAsync(context);
        else if (answer is byte[] sound)
            await context.Response.Body.WriteAsync(sound);
        else
            await context.Response.WriteAsJsonAsync(answer);
    }

    /// <summary>The voices that were made of recordings: their names by id.</summary>
    public ConcurrentDictionary<string, string> Clones { get; } = [];

    // Voices of ElevenLabs are named in the part "name" of a form; the language of ours stands before the first dash.
    private object Add(Asked asked)
    {
        var name = Regex.Match(asked.Text, "aidub-[0-9a-f]{32}-S[0-9]+").Value;
        if (name.Length == 0 || !asked.Text.Contains("RIFF", StringComparison.Ordinal))
            return Results.BadRequest();
        var id = $"es-{Clones.Count + 1}";
        Clones[id] = name;
        return new { voice_id = id };
    }

    private static JsonNode Json(Asked asked) => JsonNode.Parse(asked.Body)!;

    private async Task<object> TranscribeAsync(HttpContext context, Asked asked, bool tellsLanguage)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(context.Request.ContentType!).Boundary).Value!;
        var form = new MultipartReader(boundary, new MemoryStream(asked.Body));
        var path = engines.PathOf($"{Guid.NewGuid():N}.wav");
        while (await form.ReadNextSectionAsync() is { } section)
        {
            if (section.AsFileSection() is not { FileStream: { } upload })
                continue;
            await using var file = File.Create(path);
            await upload.CopyToAsync(file);
        }
        var sound = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(path)));
        if (!Heard.TryGetValue(sound, out var heard))
        {
            heard = Heard[sound] = await engines.Get<IRecognizer>(r => r.Name == "PocketSphinx")
                .RecognizeAsync(new RecognitionRequest(path, "en", engines.Folder), new Progress<double>(), default);
        }
        return new
        {
            task = "transcribe",
            language = tellsLanguage ? "english" : null,
            text = string.Join(' ', heard.Segments.Select(s => s.Text)),
            segments = heard.Segments.Select(s =>
                new { id = s.Index, start = s.Start, end = s.End, text = " " + s.Text, no_speech_prob = 0.01, avg_logprob = -0.2 }),
            words = (object?)null,
        };
    }

    private async Task<object> ChatAsync(Asked asked, bool wrongCount)
    {
        var question = JsonNode.Parse(
            Json(asked)["messages"]![1]!["content"] is JsonArray parts
                ? parts[0]!["text"]!.GetValue<string>()
                : Json(asked)["messages"]![1]!["content"]!.GetValue<string>())!;
        var segments = question["segments"]!.AsArray();
        var texts = await TranslateAsync(
            question["from"]!.GetValue<string>(),
            question["to"]!.GetValue<string>(),
            [.. segments.Select(s => s!["text"]!.GetValue<string>())]);
        var translated = segments.Zip(texts, (s, text) => new { index = s!["index"]!.GetValue<int>(), text }).Skip(wrongCount ? 1 : 0);
        return new
        {
            choices =
                new[] { new { index = 0, finish_reason = "stop",
                    message = new { role = "assistant", content = JsonSerializer.Serialize(new { segments = translated }) } } },
        };
    }

    private async Task<object> TranslateAsync(Asked asked, bool wrongCount)
    {
        var body = Json(asked);
        if (body["api_key"]?.GetValue<string>() is { } key && key != StandInServer.Key)
            return Results.Json(new { error = "Invalid API key" }, statusCode: 403);
        var texts = body["q"]!.AsArray().Select(q => q!.GetValue<string>()).ToArray();
        var target = body["target"]!.GetValue<string>();
        return new
        {
            translatedText = (await TranslateAsync(body["source"]!.GetValue<string>(), target.Split('-')[0], texts))
                .Skip(wrongCount ? 1 : 0),
        };
    }

    private async Task<IReadOnlyList<string>> TranslateAsync(string from, string to, string[] texts) =>
        (await engines.Get<ITranslator>(t => t.Name == "Apertium").TranslateAsync(new TranslationRequest(from, to, texts), default)).Texts;

    private async Task<object> SpeakAsync(HttpContext context, JsonNode body, string text, string voice, double rate)
    {
        var wav = await SpeakAsync(body[text]!.GetValue<string>(), body[voice]!.GetValue<string>(), rate);
        context.Response.ContentType = "audio/wav";
        return body["response_format"]?.GetValue<string>() == "pcm" ? wav[44..] : wav;
    }

    private async Task<object> ElevenLabsAsync(HttpContext context, Asked asked, string voice)
    {
        if (context.Request.Query["output_format"] != "pcm_22050")
            return Results.BadRequest();
        return (
            await SpeakAsync(
                Json(asked)["text"]!.GetValue<string>(), voice, Json(asked)["voice_settings"]?["speed"]?.GetValue<double>() ?? 1))[44..];
    }

    private async Task<byte[]> SpeakAsync(string text, string voice, double rate)
    {
        var path = engines.PathOf($"{Guid.NewGuid():N}.wav");
        await engines.Get<ISynthesizer>(s => s.Name == "Espeak")
            .SpeakAsync(new SpeechRequest(text, voice.Split('-')[0], null, rate), path, default);
        Assert.That(WavFile.Read(path).SampleRate, Is.EqualTo(22050));
        return await File.ReadAllBytesAsync(path);
    }
}
