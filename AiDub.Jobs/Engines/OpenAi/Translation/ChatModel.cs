using System.ClientModel;
using System.Text.Json;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines.Remote;
using Microsoft.Extensions.Logging;
using OpenAI.Chat;

namespace AiDub.Jobs.Engines.OpenAi.Translation;

/// <summary>Asks a model for the translation of one batch, and asks again when the answer is not one.</summary>
internal sealed class ChatModel(EngineClient client, OpenAiTranslatorOptions options, Glossary glossary, ILogger log)
{
    /// <summary>The translations in order, or null when the model gave no proper answer however often it was asked.</summary>
    public async Task<IReadOnlyList<string>?> AskAsync(TranslationBatch batch, IEngineLedger ledger, CancellationToken ct)
    {
        var (instructions, question) = (batch.Instructions(glossary, options.Instructions), batch.ToJson());
        var part = string.Join('\n', options.Base, options.Model, instructions, question);
        if (await ledger.FindAsync(part, ct) is { } kept)
            return JsonSerializer.Deserialize<string[]>(kept)!;
        List<ChatMessage> messages = [new SystemChatMessage(instructions), new UserChatMessage(question)];
        string[]? lacking = null;
        for (var attempt = 0; attempt <= options.AnswerRetries; attempt++)
        {
            var (content, whole) = await CompleteAsync(messages, batch, ledger, ct);
            var answer = TranslationReply.Read(content, batch, out var fault);
            if (answer is not null)
            {
                fault = TermsMissing(batch, answer);
                if (fault is null)
                    return await KeepAsync(answer);
                lacking = answer;
            }
            log.LogWarning("{Model} answered {Count} segments wrongly: {Fault}.", options.Model, batch.Segments.Count, fault);
            // One that was cut off for length would be again.
            if (!whole)
                break;
            messages =
            [
                .. messages.Take(2), new AssistantChatMessage(content.Length == 0 ? "{}" : content),
                new UserChatMessage($"That answer was wrong: {fault}. Answer again, in full."),
            ];
        }
        // Only terms are missing: that is a warning, not a reason to fail.
        return lacking is null ? null : await KeepAsync(lacking);

        async Task<string[]> KeepAsync(string[] answer)
        {
            await ledger.KeepAsync(part, JsonSerializer.Serialize(answer), ct);
            return answer;
        }
    }

    private async Task<(string Content, bool Whole)> CompleteAsync(
        IReadOnlyList<ChatMessage> messages, TranslationBatch batch, IEngineLedger ledger, CancellationToken ct)
    {
        var call = new EngineCall(ledger, batch.Characters, 0, EngineClient.Readable(Content));
        var wanted = new ChatCompletionOptions { ResponseFormat = Format(), Temperature = options.Temperature };
        // The answer is read from its body: servers leave out parts that the client's own reader insists on.
        ClientResult answer = await OpenAiClients.Chat(client, options, call).CompleteChatAsync(messages, wanted, ct);
        return EngineClient.Read(answer.GetRawResponse().Content.ToArray(), Content);
    }

    private ChatResponseFormat? Format() => options.ResponseFormat switch
    {
        "json_object" => ChatResponseFormat.CreateJsonObjectFormat(),
        "json_schema" =>
            ChatResponseFormat.CreateJsonSchemaFormat(
                "translation", BinaryData.FromString(TranslationBatch.Schema), jsonSchemaIsStrict: true),
        _ => null,
    };

    private static (string Content, bool Whole) Content(JsonElement root)
    {
        var choice = root.GetProperty("choices")[0];
        var content = choice.GetProperty("message").TryGetProperty("content", out var text) ? text.GetString() : null;
        var whole = !(choice.TryGetProperty("finish_reason", out var reason)
            && reason.ValueKind == JsonValueKind.String
            && reason.ValueEquals("length"));
        return (content ?? "", whole);
    }

    private string? TermsMissing(TranslationBatch batch, IReadOnlyList<string> answer)
    {
        var missing = batch.Segments.Zip(answer)
            .SelectMany(pair =>
                glossary.Missing(pair.First.Text, pair.Second)
                    .Select(t => $"segment {pair.First.Index} has to say \"{t.Value}\" for \"{t.Key}\""));
        var fault = string.Join("; ", missing);
        return fault.Length == 0 ? null : fault;
    }
}
