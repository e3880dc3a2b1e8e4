namespace AiDub.Domain.Audio;

/// <summary>Finds how high a signal goes between its samples: four times oversampled, as annex 2 of ITU-R BS.1770-4 describes.</summary>
/// <remarks>The filter is a Kaiser-windowed sinc of 12 taps a phase, as long as the one in the standard.</remarks>
internal sealed class Oversampler
{
    /// <summary>How many samples the answer is behind the input.</summary>
    public const int Delay = (Taps / 2) - 1;

    private const int Phases = 4;
    private const int Taps = 12;
    private static readonly float[][] Filters = [.. Enumerable.Range(1, Phases - 1).Select(Phase)];

    // No stretch of samples can make the filters answer with more than this many times its highest.
    private static readonly float Overshoot = Filters.Max(f => f.Sum(Math.Abs));

    private readonly float[] _history = new float[2 * Taps];
    private int _at;
    private float _recent;
    private int _recentAge;

    /// <summary>Takes a sample; returns the highest magnitude from the sample <see cref="Delay"/> ago up to the next one.</summary>
    /// <param name="sample">Full scale at ±1.</param>
    /// <param name="floor">Magnitudes up to this need not be exact.</param>
    public float Peak(float sample, float floor)
    {
        _at = (_at + 1) % Taps;
        _history[_at] = _history[_at + Taps] = sample;
        var magnitude = Math.Abs(sample);
        if (magnitude >= _recent || ++_recentAge >= Taps)
            (_recent, _recentAge) = (Highest(), 0);
        ReadOnlySpan<float> window = _history.AsSpan(_at + 1, Taps);
        var peak = Math.Abs(window[Taps - 1 - Delay]);
        if (_recent * Overshoot <= floor)
            return peak;
        foreach (var filter in Filters)
        {
            var sum = 0f;
            for (var i = 0; i < Taps; i++)
                sum += filter[i] * window[i];
            peak = Math.Max(peak, Math.Abs(sum));
        }
        return peak;
    }

    private float Highest()
    {
        var highest = 0f;
        foreach (var sample in _history.AsSpan(0, Taps))
            highest = Math.Max(highest, Math.Abs(sample));
        return highest;
    }

    // Between window[Taps / 2 - ...]: the point that lies phase/4 of a sample after the one that is Delay behind the newest.
    private static float[] Phase(int phase)
    {
        const double beta = 5;
        var center = Taps - 1 - Delay + ((double)phase / Phases);
        var taps = new double[Taps];
        for (var i = 0; i < Taps; i++)
        {
            var x = i - center;
            taps[i] = Math.Sin(Math.PI * x) / (Math.PI * x) * KaiserWindow.At(x / (Taps / 2.0), beta);
        }
        var sum = taps.Sum();
        return [.. taps.Select(t => (float)(t / sum))];
    }
}
