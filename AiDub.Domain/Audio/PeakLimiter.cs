namespace AiDub.Domain.Audio;

/// <summary>Holds the true peak of a stream under a ceiling by looking ahead; where nothing is too high, samples pass unchanged.</summary>
public sealed class PeakLimiter
{
    private const double LookAheadSeconds = 0.005;
    private const double ReleaseSeconds = 0.08;

    private readonly int _channels;
    private readonly float _ceiling;
    private readonly int _window;
    private readonly double _recovery;
    private readonly Oversampler[] _oversamplers;
    private readonly float[] _delayed;
    private readonly double[] _reductions;
    private readonly SlidingMaximum _needed;
    private double _held;
    private double _sum;
    private int _active;
    private long _frame;

    /// <summary>A limiter for interleaved samples.</summary>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="channels">1 or more; all are lowered together.</param>
    /// <param name="ceilingDbtp">The highest true peak, in dBTP.</param>
    public PeakLimiter(int sampleRate, int channels, double ceilingDbtp)
    {
        _channels = channels;
        _ceiling = (float)Math.Pow(10, ceilingDbtp / 20);
        _window = (int)(LookAheadSeconds * sampleRate);
        _recovery = Math.Exp(-1 / (ReleaseSeconds * sampleRate));
        _oversamplers = [.. Enumerable.Range(0, channels).Select(_ => new Oversampler())];
        Delay = _window + Oversampler.Delay;
        _delayed = new float[(Delay + 1) * channels];
        _reductions = new double[_window];
        _needed = new SlidingMaximum(_window + 2);
    }

    /// <summary>How many frames the output is behind the input.</summary>
    public int Delay { get; }

    /// <summary>Takes frames and puts in their place those of <see cref="Delay"/> ago.</summary>
    public void Process(Span<float> samples)
    {
        for (var i = 0; i < samples.Length; i += _channels)
        {
            var gain = NextGain(samples.Slice(i, _channels));
            var slot = (int)(_frame % (Delay + 1)) * _channels;
            var oldest = (int)((_frame + 1) % (Delay + 1)) * _channels;
            for (var c = 0; c < _channels; c++)
            {
                _delayed[slot + c] = samples[i + c];
                samples[i + c] = _delayed[oldest + c] * gain;
            }
            _frame++;
        }
    }

    // The least gain over the window ahead, let go of slowly, then averaged over as long a window: it is down before the peak, without a
    // step.
    private float NextGain(ReadOnlySpan<float> frame)
    {
        var peak = 0f;
        for (var c = 0; c < _channels; c++)
            peak = Math.Max(peak, _oversamplers[c].Peak(frame[c], _ceiling));
        var needed = _needed.Next(peak > _ceiling ? 1 - (_ceiling / peak) : 0);
        _held = Math.Max(needed, _held * _recovery);
        if (_held < 1e-6)
            _held = 0;
        ref var oldest = ref _reductions[(int)(_frame % _window)];
        _active += (_held > 0 ? 1 : 0) - (oldest > 0 ? 1 : 0);
        _sum = _active == 0 ? 0 : _sum + _held - oldest;
        oldest = _held;
        return (float)(1 - (_sum / _window));
    }
}
