namespace AiDub.Domain.Errors;

/// <summary>A dub could not go on; the message is written for a person and never holds a path, host or secret.</summary>
public abstract class DubException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The dub fails now: trying again with the same input would fail the same way.</summary>
/// <param name="code">The reason.</param>
/// <param name="message">What went wrong, for a person; null: what the code says of itself.</param>
/// <param name="inner">The cause, for the log.</param>
public sealed class PermanentDubException(FailureCode code, string? message = null, Exception? inner = null)
    : DubException(message ?? code.Message, inner)
{
    /// <summary>The reason.</summary>
    public FailureCode Code { get; } = code;
}

/// <summary>The dub is tried again with back-off: something it depends on did not answer as it should.</summary>
public sealed class TransientDubException(string message, Exception? inner = null) : DubException(message, inner)
{
    /// <summary>What could not be reached; null when it was reached and did not do as it should.</summary>
    public Outage? Outage { get; init; }

    /// <summary>
    /// The key of what was made of the dub, was stored, and is there no more; null for everything else. Whoever made it makes it again.
    /// </summary>
    public string? Lost { get; init; }

    /// <summary>Whether the engine that failed is not to be asked for a while: where there is another, that one does its work.</summary>
    public bool IsEngineLeftOut { get; init; }
}

/// <summary>Another attempt holds the dub: this one stops and marks nothing.</summary>
public sealed class SupersededException(Guid requestId, int attempt)
    : DubException($"Attempt {attempt} of dub {requestId} was superseded.");
