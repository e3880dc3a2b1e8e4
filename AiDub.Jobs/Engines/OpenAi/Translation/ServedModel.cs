using System.ClientModel;
using System.Text.Json;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines.Chat;
using AiDub.Jobs.Engines.Remote;
using OpenAI.Chat;

namespace AiDub.Jobs.Engines.OpenAi.Translation;

/// <summary>A model of a server with <c>/chat/completions</c>.</summary>
internal sealed class ServedModel(EngineClient client, OpenAiTranslatorOptions options) : IChatModel
{
    /// <inheritdoc/>
    public string Identity => $"{options.Base}\n{options.Model}";

    /// <inheritdoc/>
    public async Task<ChatReply> CompleteAsync(
        IReadOnlyList<ChatTurn> turns, TranslationBatch batch, IEngineLedger ledger, CancellationToken ct)
    {
        var call = new EngineCall(ledger, batch.Characters, 0, EngineClient.Readable(Content));
        var wanted = new ChatCompletionOptions { ResponseFormat = Format(), Temperature = options.Temperature };
        // The answer is read from its body: servers leave out parts that the client's own reader insists on.
        ClientResult answer = await OpenAiClients.Chat(client, options, call).CompleteChatAsync([.. turns.Select(Message)], wanted, ct);
        return EngineClient.Read(answer.GetRawResponse().Content.ToArray(), Content);
    }

    private static ChatMessage Message(ChatTurn turn) => turn.Role switch
    {
        ChatRole.System => new SystemChatMessage(turn.Text),
        ChatRole.User => new UserChatMessage(turn.Text),
        ChatRole.Assistant => new AssistantChatMessage(turn.Text),
        _ => throw new ArgumentOutOfRangeException(nameof(turn), turn.Role, null),
    };

    private ChatResponseFormat? Format() => options.ResponseFormat switch
    {
        "json_object" => ChatResponseFormat.CreateJsonObjectFormat(),
        "json_schema" =>
            ChatResponseFormat.CreateJsonSchemaFormat(
                "translation", BinaryData.FromString(TranslationBatch.Schema), jsonSchemaIsStrict: true),
        _ => null,
    };

    private static ChatReply Content(JsonElement root)
    {
        var choice = root.GetProperty("choices")[0];
        var content = choice.GetProperty("message").TryGetProperty("content", out var text) ? text.GetString() : null;
        var isCut = choice.TryGetProperty("finish_reason", out var reason)
            && reason.ValueKind == JsonValueKind.String
            && reason.ValueEquals("length");
        return new ChatReply(content ?? "", !isCut);
    }
}
