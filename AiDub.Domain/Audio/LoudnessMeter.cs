using System.Runtime.InteropServices;

namespace AiDub.Domain.Audio;

/// <summary>Measures a stream of sound by ITU-R BS.1770-4: one number is kept for every 100 ms, no samples.</summary>
public sealed class LoudnessMeter
{
    private readonly KWeighting[] _filters;
    private readonly int _slotFrames;
    private readonly List<double> _slots = [];
    private double _sum;
    private int _frames;

    /// <summary>A meter for one or two channels of equal weight.</summary>
    /// <param name="sampleRate">In Hz; a multiple of 10.</param>
    /// <param name="channels">1 or 2.</param>
    public LoudnessMeter(int sampleRate, int channels)
    {
        if (sampleRate < 8000 || sampleRate % 10 != 0)
            throw new ArgumentOutOfRangeException(nameof(sampleRate), sampleRate, "The rate is a multiple of 10 Hz, 8000 or more.");
        if (channels is < 1 or > 2)
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "One or two channels are measured.");
        _filters = [.. Enumerable.Range(0, channels).Select(_ => new KWeighting(sampleRate))];
        _slotFrames = sampleRate / 10;
    }

    /// <summary>K-weighted power of every whole slot of 100 ms so far, summed over the channels.</summary>
    public ReadOnlySpan<double> SlotPowers => CollectionsMarshal.AsSpan(_slots);

    /// <summary>Integrated loudness so far in LUFS; null while all of it is silent.</summary>
    public double? Integrated => Loudness.Integrate(SlotPowers);

    /// <summary>Takes interleaved samples, full scale at ±1; whole frames.</summary>
    public void Add(ReadOnlySpan<float> samples)
    {
        var channels = _filters.Length;
        for (var i = 0; i < samples.Length; i += channels)
        {
            for (var c = 0; c < channels; c++)
            {
                var weighted = _filters[c].Next(samples[i + c]);
                _sum += weighted * weighted;
            }
            if (++_frames < _slotFrames)
                continue;
            _slots.Add(_sum / _slotFrames);
            (_sum, _frames) = (0, 0);
        }
    }
}
