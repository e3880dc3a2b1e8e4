using AiDub.Domain.Ports;

namespace AiDub.Jobs.Engines.Chat;

/// <summary>A language model that answers a conversation.</summary>
/// <remarks>
/// Not <c>IChatClient</c> of Microsoft.Extensions.AI: servers leave out parts of an answer that its readers insist on, and what a call
/// costs has to reach the dub that it is for.
/// </remarks>
internal interface IChatModel
{
    /// <summary>All that its answers depend on but what it is asked: the server, the model.</summary>
    string Identity { get; }

    /// <summary>Answers.</summary>
    /// <param name="turns">What it is to do, the question, then answers that were wrong and what was wrong with them.</param>
    /// <param name="batch">What the question is about.</param>
    /// <param name="ledger">Where it is counted what the call costs.</param>
    /// <param name="ct">Ends the call.</param>
    Task<ChatReply> CompleteAsync(IReadOnlyList<ChatTurn> turns, TranslationBatch batch, IEngineLedger ledger, CancellationToken ct);
}

/// <summary>Who says something in a conversation.</summary>
internal enum ChatRole
{
    /// <summary>Whoever says what is to be done.</summary>
    System,

    /// <summary>Who asks.</summary>
    User,

    /// <summary>The model.</summary>
    Assistant,
}

/// <summary>Something said in a conversation.</summary>
internal sealed record ChatTurn(ChatRole Role, string Text);

/// <summary>What a model said.</summary>
/// <param name="Content">Its words; empty when there are none.</param>
/// <param name="IsWhole">Whether it came to an end by itself: one that was cut off for length would be again.</param>
internal sealed record ChatReply(string Content, bool IsWhole);
