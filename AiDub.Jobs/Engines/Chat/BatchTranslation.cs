using System.Text.Json;
using AiDub.Domain.Ports;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Engines.Chat;

/// <summary>Asks a model for the translation of one batch, and asks again when the answer is not one.</summary>
internal sealed class BatchTranslation(IChatModel model, IChatOptions options, Glossary glossary, ILogger log)
{
    /// <summary>The translations in order, or null when the model gave no proper answer however often it was asked.</summary>
    public async Task<IReadOnlyList<string>?> AskAsync(TranslationBatch batch, IEngineLedger ledger, CancellationToken ct)
    {
        var (instructions, question) = (batch.Instructions(glossary, options.Instructions), batch.ToJson());
        var part = string.Join('\n', model.Identity, instructions, question);
        if (await ledger.FindAsync(part, ct) is { } kept)
            return JsonSerializer.Deserialize<string[]>(kept)!;
        ChatTurn[] turns = [new(ChatRole.System, instructions), new(ChatRole.User, question)];
        string[]? lacking = null;
        for (var attempt = 0; attempt <= options.AnswerRetries; attempt++)
        {
            var (content, isWhole) = await model.CompleteAsync(turns, batch, ledger, ct);
            var answer = TranslationReply.Read(content, batch, out var fault);
            if (answer is not null)
            {
                fault = TermsMissing(batch, answer);
                if (fault is null)
                    return await KeepAsync(answer);
                lacking = answer;
            }
            log.LogWarning(
                "{Model} answered {Count} segments wrongly: {Fault}.",
                model.Identity.ReplaceLineEndings(" "), batch.Segments.Count, fault);
            if (!isWhole)
                break;
            turns =
            [
                .. turns.Take(2), new(ChatRole.Assistant, content.Length == 0 ? "{}" : content),
                new(ChatRole.User, $"That answer was wrong: {fault}. Answer again, in full."),
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
