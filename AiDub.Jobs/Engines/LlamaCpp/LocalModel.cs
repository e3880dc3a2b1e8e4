using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines.Chat;
using AiDub.Jobs.Engines.Native;

namespace AiDub.Jobs.Engines.LlamaCpp;

/// <summary>A model that llama.cpp runs, held to the form of an answer by a grammar.</summary>
/// <param name="engine">Its process.</param>
/// <param name="identity">The model.</param>
/// <param name="options">How it is asked.</param>
internal sealed class LocalModel(NativeEngine engine, string identity, LlamaCppOptions options) : IChatModel
{
    /// <inheritdoc/>
    public string Identity => identity;

    /// <inheritdoc/>
    /// <exception cref="TransientDubException">Its process broke off, or the model is not what it should be.</exception>
    public async Task<ChatReply> CompleteAsync(
        IReadOnlyList<ChatTurn> turns, TranslationBatch batch, IEngineLedger ledger, CancellationToken ct)
    {
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        var ask = new LlamaAsk(
            [.. turns.Select(Turn)], TranslationGrammar.Of(batch), options.ContextTokens, threads, options.Temperature);
        try
        {
            var answer = await engine.AskAsync<LlamaAnswer>(ask, null, ct);
            ledger.Spend(1, batch.Characters, 0);
            return new ChatReply(answer.Content, answer.IsWhole);
        }
        catch (NativeEngineException e)
        {
            throw new TransientDubException($"{LlamaCppOptions.Section} broke off while it translated.", e)
            {
                IsEngineLeftOut = e is EngineSkippedException,
            };
        }
    }

    // What a text says is never taken for a sign of the model's own, such as the end of a turn: in JSON "<" can be written otherwise.
    private static LlamaTurn Turn(ChatTurn turn) => turn.Role == ChatRole.System
        ? new LlamaTurn("system", turn.Text)
        : new LlamaTurn(turn.Role == ChatRole.User ? "user" : "assistant", turn.Text.Replace("<", "\\u003c", StringComparison.Ordinal));
}
