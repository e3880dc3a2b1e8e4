namespace AiDub.Jobs.Engines.Whisper.Child;

/// <summary>Tells how much of all windows is done, and while one takes long that it is still worked on.</summary>
/// <remarks>
/// whisper.cpp tells nothing within its passes of 30 s, which take minutes on a slow machine, and then percents beyond 100.
/// </remarks>
internal sealed class WhisperPulse : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    // A pass that takes longer than this hangs.
    private const int MostBeats = 120;
    private readonly Action<double> _tell;
    private readonly double[] _seconds;
    private readonly double[] _done;
    private readonly Lock _telling = new();
    private readonly Timer _timer;
    private int _beats;

    public WhisperPulse(Action<double> tell, IReadOnlyList<double[]> windows)
    {
        (_tell, _seconds, _done) = (tell, [.. windows.Select(w => w[1] - w[0])], new double[windows.Count]);
        _timer = new Timer(_ => Again(), null, Beat, Beat);
    }

    /// <summary>So much of a window is done.</summary>
    public void Tell(int window, int percent)
    {
        lock (_telling)
        {
            _beats = 0;
            _done[window] = Math.Max(_done[window], Math.Clamp(percent, 0, 100) / 100.0);
            _tell(Share());
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Again()
    {
        lock (_telling)
        {
            if (++_beats <= MostBeats)
                _tell(Share());
        }
    }

    private double Share() => _seconds.Zip(_done).Sum(w => w.First * w.Second) / Math.Max(0.001, _seconds.Sum());
}
