namespace AiDub.Domain.Speech;

/// <summary>How <see cref="SpeechActivity"/> makes stretches of probabilities; times in seconds.</summary>
/// <remarks>The defaults are those of Silero's own code, <c>get_speech_timestamps</c> of <c>silero_vad/utils_vad.py</c>.</remarks>
public sealed record ActivityRules
{
    /// <summary>Speech begins at this probability, 0–1; default 0.5.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>How far below <see cref="Threshold"/> the probability has to fall for speech to end; default 0.15.</summary>
    public double Hysteresis { get; init; } = 0.15;

    /// <summary>For how long it has to stay there; default 0.1.</summary>
    public double MinSilence { get; init; } = 0.1;

    /// <summary>What is not longer is no speech; default 0.25.</summary>
    public double MinSpeech { get; init; } = 0.25;

    /// <summary>What is added on either side, half of the silence at most; default 0.03.</summary>
    public double Padding { get; init; } = 0.03;

    /// <summary>For how long the probability stays high once speech has ended, which is taken off its end; default 0.</summary>
    public double Lag { get; init; }
}

/// <summary>Turns the probability that somebody speaks, window by window, into stretches of speech.</summary>
public sealed class SpeechActivity
{
    // With a threshold that is lower than the hysteresis, speech has to end somewhere.
    private const double LeastEnd = 0.01;
    private readonly ActivityRules _rules;
    private readonly double _window;
    private readonly List<AudioSpan> _spans = [];
    private double? _start;
    private double? _silence;
    private long _windows;

    /// <summary>Begins at 0.</summary>
    /// <param name="windowSeconds">How long a window is.</param>
    /// <param name="rules">Null for the defaults.</param>
    public SpeechActivity(double windowSeconds, ActivityRules? rules = null) =>
        (_window, _rules) = (windowSeconds, rules ?? new ActivityRules());

    /// <summary>Takes the next window.</summary>
    public void Add(double probability)
    {
        var now = _windows++ * _window;
        if (probability >= _rules.Threshold)
        {
            _silence = null;
            _start ??= now;
        }
        else if (_start is not null && probability < Math.Max(_rules.Threshold - _rules.Hysteresis, LeastEnd))
        {
            _silence ??= now;
            if (now - _silence >= _rules.MinSilence)
                Close(_silence.Value, _rules.Lag);
        }
    }

    /// <summary>The stretches, in order, none touching another by more than its edge.</summary>
    /// <param name="seconds">How long the recording is.</param>
    public IReadOnlyList<AudioSpan> Finish(double seconds)
    {
        Close(seconds, 0);
        var padded = new List<AudioSpan>();
        for (var i = 0; i < _spans.Count; i++)
        {
            var before = i == 0 ? _spans[i].Start : (_spans[i].Start - _spans[i - 1].End) / 2;
            var after = i == _spans.Count - 1 ? seconds - _spans[i].End : (_spans[i + 1].Start - _spans[i].End) / 2;
            padded.Add(new AudioSpan(_spans[i].Start - Math.Min(_rules.Padding, before), _spans[i].End + Math.Min(_rules.Padding, after)));
        }
        return padded;
    }

    private void Close(double end, double lag)
    {
        if (_start is { } start && end - start > _rules.MinSpeech)
            _spans.Add(new AudioSpan(start, Math.Max(start, end - lag)));
        (_start, _silence) = (null, null);
    }
}
