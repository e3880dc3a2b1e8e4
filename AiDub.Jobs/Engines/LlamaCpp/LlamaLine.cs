namespace AiDub.Jobs.Engines.LlamaCpp;

/// <summary>What is asked of llama.cpp's process.</summary>
/// <param name="Turns">What was said, in order.</param>
/// <param name="Grammar">What its answer has to be, as GBNF with the rule <c>root</c>.</param>
/// <param name="ContextTokens">How many tokens question and answer may have together.</param>
/// <param name="Threads">How many cores it may use; 1 or more.</param>
/// <param name="Temperature">How freely it words things; 0: as it finds most likely.</param>
internal sealed record LlamaAsk(IReadOnlyList<LlamaTurn> Turns, string Grammar, int ContextTokens, int Threads, float Temperature)
{
    /// <summary>Asks for nothing, which is answered at once.</summary>
    public static LlamaAsk Nothing { get; } = new([], "", 0, 1, 0);
}

/// <summary>Something said.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Text">The words.</param>
internal sealed record LlamaTurn(string Role, string Text);

/// <summary>What it answers.</summary>
/// <param name="Content">The words.</param>
/// <param name="IsWhole">Whether they came to an end; what was too long to be asked comes back empty and not whole.</param>
/// <param name="Tokens">How many tokens question and answer had.</param>
internal sealed record LlamaAnswer(string Content, bool IsWhole, int Tokens);
