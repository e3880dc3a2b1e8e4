using System.Text.Json;

namespace AiDub.Jobs.Engines.Native.Child;

/// <summary>A loaded model, in the process that is its own.</summary>
internal interface INativeModel : IDisposable
{
    /// <summary>Answers one call; it may keep its thread.</summary>
    /// <param name="ask">What is asked.</param>
    /// <param name="tell">Told the share that is done, 0–1; now and then, so that it does not count as hung.</param>
    /// <param name="ct">Looked at now and then: the call is cancelled.</param>
    /// <returns>The answer; written as JSON.</returns>
    Task<object> AnswerAsync(JsonElement ask, Action<double> tell, CancellationToken ct);
}

/// <summary>A file that is not the model it should be: it is not loaded. The message is for an operator.</summary>
internal sealed class ModelRefusedException(string message) : Exception(message);
