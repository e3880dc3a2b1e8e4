using AiDub.Domain.Errors;

namespace AiDub.Domain.Ports;

/// <summary>Tells what sounds in a recording from the voices in it.</summary>
public interface ISourceSeparator
{
    /// <summary>The rate of the sound that it takes and makes, in Hz.</summary>
    const int SampleRate = 44100;

    /// <summary>How many channels the sound has that it takes and makes.</summary>
    const int Channels = 2;

    /// <summary>The engine's name, as the report spells it.</summary>
    string Name { get; }

    /// <summary>Whether it can be asked: it needs a model.</summary>
    bool IsInstalled { get; }

    /// <summary>Why it is not asked at present though it is installed, for a user; null: it is.</summary>
    string? LeftOut => null;

    /// <summary>Writes a recording without its voices. Files hold 32-bit floats, full scale at ±1, left and right interleaved.</summary>
    /// <param name="recording">The recording, at <see cref="SampleRate"/>.</param>
    /// <param name="background">The file to write, as long as the recording.</param>
    /// <param name="progress">Told the share that is done, 0–1.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="TransientDubException">It broke off.</exception>
    Task SeparateAsync(string recording, string background, IProgress<double> progress, CancellationToken ct);
}
