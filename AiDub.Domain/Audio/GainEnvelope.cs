using AiDub.Domain.Speech;

namespace AiDub.Domain.Audio;

/// <summary>
/// How loud the original is at each moment: untouched away from speech, lowered under it, with slopes that are even in dB.
/// </summary>
public sealed class GainEnvelope
{
    private readonly double _depthDb;
    private readonly double _attack;
    private readonly double _release;
    private readonly int _sampleRate;

    /// <summary>The envelope for stretches of speech, in any order; they may overlap.</summary>
    public GainEnvelope(IEnumerable<AudioSpan> speech, MixOptions options, int sampleRate)
        : this(speech, options, options.DuckingDb, sampleRate)
    {
    }

    /// <summary>The envelope for stretches of speech, of another depth than the options', in dB.</summary>
    public GainEnvelope(IEnumerable<AudioSpan> speech, MixOptions options, double depthDb, int sampleRate)
    {
        (_depthDb, _attack, _release, _sampleRate) = (depthDb, options.AttackSeconds, options.ReleaseSeconds, sampleRate);
        Lowered = Merge(
            speech.Select(s => new AudioSpan(s.Start - options.PaddingSeconds, s.End + options.PaddingSeconds)), options.BridgeSeconds);
    }

    /// <summary>Where the original is lowered all the way, in order, none touching another.</summary>
    public IReadOnlyList<AudioSpan> Lowered { get; }

    /// <summary>Writes the gains of consecutive samples; 1 is untouched.</summary>
    /// <param name="first">The number of the first sample, from 0.</param>
    /// <param name="gains">What is written.</param>
    public void Fill(long first, Span<float> gains)
    {
        gains.Fill(1);
        var last = first + gains.Length;
        for (var i = FirstEndingAfter((first / (double)_sampleRate) - _release); i < Lowered.Count; i++)
        {
            var (start, end) = Lowered[i];
            var from = Math.Max(first, (long)Math.Floor((start - _attack) * _sampleRate));
            var to = Math.Min(last, (long)Math.Ceiling((end + _release) * _sampleRate));
            if (from >= last)
                break;
            for (var n = from; n < to; n++)
            {
                var gain = Gain((double)n / _sampleRate, start, end);
                ref var at = ref gains[(int)(n - first)];
                at = Math.Min(at, gain);
            }
        }
    }

    private float Gain(double time, double start, double end)
    {
        var share = time < start ? 1 - ((start - time) / _attack) : time > end ? 1 - ((time - end) / _release) : 1;
        return share <= 0 ? 1 : (float)Math.Pow(10, _depthDb * share / 20);
    }

    private int FirstEndingAfter(double time)
    {
        var (low, high) = (0, Lowered.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Lowered[middle].End <= time)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static List<AudioSpan> Merge(IEnumerable<AudioSpan> spans, double bridge)
    {
        var merged = new List<AudioSpan>();
        foreach (var span in spans.OrderBy(s => s.Start))
        {
            if (merged.Count > 0 && span.Start - merged[^1].End < bridge)
                merged[^1] = merged[^1] with { End = Math.Max(merged[^1].End, span.End) };
            else
                merged.Add(span);
        }
        return merged;
    }
}
