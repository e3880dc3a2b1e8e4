using Microsoft.ML.OnnxRuntime;

namespace AiDub.Jobs.Engines.Demucs;

/// <summary>What a graph of Demucs takes and answers, told by its shapes: exports name them as they like.</summary>
/// <param name="Length">Frames of a window.</param>
/// <param name="Sound">The input of sound, <c>[1, 2, length]</c>.</param>
/// <param name="Parts">The output of sound, <c>[1, 4, 2, length]</c>: drums, bass, everything else, voices; more may follow.</param>
internal sealed record DemucsSignature(int Length, string Sound, string Parts)
{
    /// <summary>Where the voices are among the parts.</summary>
    public const int Voices = 3;

    /// <summary>Channels of sound.</summary>
    public const int Channels = 2;

    // What it was trained on, for graphs that say nothing.
    private const int UsualLength = 343_980;
    private const int LeastLength = 4;
    private const int MostLength = 60 * 44_100;

    /// <summary>The input of a spectrum (<see cref="DemucsSpectrum"/>), <c>[1, 4, 2048, windows]</c>; null: it takes none.</summary>
    public string? Spectrum { get; private init; }

    /// <summary>The output of spectra, <c>[1, 4, 4, 2048, windows]</c>, whose sound is added to that of the parts; null: none.</summary>
    public string? PartSpectra { get; private init; }

    /// <summary>What a graph takes and answers; null when it is no Demucs.</summary>
    public static DemucsSignature? Of(InferenceSession session)
    {
        if (Named(session.InputMetadata, d => d is [1 or -1, Channels, _]) is not var (sound, shape)
            || Named(session.OutputMetadata, d => d is [1 or -1, > Voices, Channels, _]) is not var (parts, answered)
            || (answered[3] != shape[2] && answered[3] != -1))
            return null;
        var length = shape[2] == -1 ? UsualLength : shape[2];
        if (length is < LeastLength or > MostLength)
            return null;
        var plain = new DemucsSignature(length, sound, parts);
        if (session.InputNames.Count == 1)
            return plain;
        var columns = DemucsSpectrum.ColumnsOf(length);
        return session.InputNames.Count == 2 && length >= DemucsSpectrum.LeastLength
            && Named(session.InputMetadata, d => d is [1 or -1, DemucsSpectrum.Planes, DemucsSpectrum.Rows, _] && d[3] == columns)
                is var (spectrum, _)
            && Named(session.OutputMetadata, d => d is [1 or -1, > Voices, DemucsSpectrum.Planes, DemucsSpectrum.Rows, _]
                && d[4] == columns) is var (spectra, _)
            ? plain with { Spectrum = spectrum, PartSpectra = spectra }
            : null;
    }

    private static (string Name, int[] Shape)? Named(IReadOnlyDictionary<string, NodeMetadata> values, Func<int[], bool> fits)
    {
        foreach (var (name, value) in values)
        {
            if (value.ElementType == typeof(float) && fits(value.Dimensions))
                return (name, value.Dimensions);
        }
        return null;
    }
}
