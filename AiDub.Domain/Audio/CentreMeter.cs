using System.Runtime.InteropServices;

namespace AiDub.Domain.Audio;

/// <summary>Measures middle and sides of stereo sound in the band of voices: two numbers are kept for every 100 ms.</summary>
public sealed class CentreMeter
{
    private readonly VoiceBand _middleBand;
    private readonly VoiceBand _sideBand;
    private readonly int _slotFrames;
    private readonly List<double> _middle = [];
    private readonly List<double> _side = [];
    private double _middleSum;
    private double _sideSum;
    private int _frames;

    /// <summary>A meter.</summary>
    /// <param name="sampleRate">In Hz; a multiple of 10.</param>
    public CentreMeter(int sampleRate) =>
        (_middleBand, _sideBand, _slotFrames) = (new VoiceBand(sampleRate), new VoiceBand(sampleRate), sampleRate / 10);

    /// <summary>The power of (L + R)/2 in every whole slot of 100 ms so far.</summary>
    public ReadOnlySpan<double> Middle => CollectionsMarshal.AsSpan(_middle);

    /// <summary>The power of (L − R)/2 in every whole slot of 100 ms so far.</summary>
    public ReadOnlySpan<double> Side => CollectionsMarshal.AsSpan(_side);

    /// <summary>Takes frames, left and right interleaved.</summary>
    public void Add(ReadOnlySpan<float> samples)
    {
        for (var i = 0; i < samples.Length; i += 2)
        {
            var middle = _middleBand.Next((samples[i] + samples[i + 1]) / 2.0);
            var side = _sideBand.Next((samples[i] - samples[i + 1]) / 2.0);
            _middleSum += middle * middle;
            _sideSum += side * side;
            if (++_frames < _slotFrames)
                continue;
            _middle.Add(_middleSum / _slotFrames);
            _side.Add(_sideSum / _slotFrames);
            (_middleSum, _sideSum, _frames) = (0, 0, 0);
        }
    }
}
