using AiDub.Domain.Speech;

namespace AiDub.Domain.Ports;

/// <summary>Finds where somebody speaks, whatever is said.</summary>
public interface ISpeechFinder
{
    /// <summary>The stretches of a 16 kHz mono WAV file in which somebody speaks, in order; null when nothing here can tell.</summary>
    /// <param name="wav">The file.</param>
    /// <param name="progress">Told the share that is done, 0–1.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="Errors.TransientDubException">What could tell did not work.</exception>
    Task<IReadOnlyList<AudioSpan>?> FindAsync(string wav, IProgress<double>? progress, CancellationToken ct);
}
