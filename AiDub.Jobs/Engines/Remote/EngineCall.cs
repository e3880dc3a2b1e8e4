using AiDub.Domain.Ports;

namespace AiDub.Jobs.Engines.Remote;

/// <summary>What the handlers of an engine's client need to know of one call; it travels with the request.</summary>
/// <param name="Ledger">Where the call is counted.</param>
/// <param name="Characters">Characters of text that the server takes in.</param>
/// <param name="Seconds">Seconds of sound that the server takes in.</param>
/// <param name="Check">Throws <see cref="MalformedAnswerException"/> on the body of an answer that cannot be read; the call is then
/// repeated.</param>
internal sealed record EngineCall(IEngineLedger Ledger, long Characters, double Seconds, Action<byte[]> Check)
{
    /// <summary>Where it is found on a request.</summary>
    public static readonly HttpRequestOptionsKey<EngineCall> Key = new("AiDub.EngineCall");

    /// <summary>A call outside of a dub whose answer may be anything.</summary>
    public static readonly EngineCall Uncounted = new(NoLedger.Instance, 0, 0, _ => { });
}

/// <summary>A server answered with success and a body that cannot be read.</summary>
internal sealed class MalformedAnswerException(string message, Exception? inner = null) : Exception(message, inner);
