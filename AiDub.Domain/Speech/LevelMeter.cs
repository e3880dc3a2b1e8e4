namespace AiDub.Domain.Speech;

/// <summary>
/// Turns samples, a block at a time, into the level of every 10 ms: one number for 160 samples is all that stays in memory.
/// </summary>
/// <remarks>
/// The first difference of the samples is measured, not the samples: hum, rumble and the bass of music count for less, consonants for more.
/// </remarks>
/// <param name="sampleRate">Hz; a multiple of 100.</param>
public sealed class LevelMeter(int sampleRate = 16000)
{
    /// <summary>Seconds that one level stands for.</summary>
    public const double FrameSeconds = 0.01;

    /// <summary>The level of digital silence, in dB below full scale.</summary>
    public const float Silence = -100;

    private const double PreEmphasis = 0.95;
    private readonly int _frame = sampleRate / 100;
    private readonly List<float> _levels = [];
    private double _sum;
    private double _previous;
    private int _count;

    /// <summary>Levels in dB of full scale, one for every 10 ms; a last frame that is not full is left out.</summary>
    public IReadOnlyList<float> Levels => _levels;

    /// <summary>Measures the next samples.</summary>
    public void Add(ReadOnlySpan<short> samples)
    {
        foreach (var sample in samples)
        {
            var value = sample / 32768.0;
            var difference = value - PreEmphasis * _previous;
            _previous = value;
            _sum += difference * difference;
            if (++_count < _frame)
                continue;
            _levels.Add((float)Math.Max(Silence, 10 * Math.Log10(_sum / _frame + 1e-10)));
            (_sum, _count) = (0, 0);
        }
    }
}
