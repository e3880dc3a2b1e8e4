using AiDub.Domain.Speech;

namespace AiDub.Domain.Audio;

/// <summary>
/// Makes one channel of several for ears that listen to speech: every half second by what is heard five seconds before and after it.
/// </summary>
/// <remarks>A stream: eleven seconds are in memory.</remarks>
public sealed class SpeechDownmix
{
    private const int Reach = 10;
    private readonly ChannelPlaces _places;
    private readonly int _slotFrames;
    private readonly int _levelsASlot;
    private readonly SpeechDetector[] _detectors;
    private readonly Queue<Slot> _slots = new();
    private readonly float[] _previous;
    private float[]? _gains;
    private Slot _open;
    private int _behind;

    /// <summary>A downmix.</summary>
    /// <param name="places">The channels.</param>
    /// <param name="sampleRate">In Hz; a multiple of 200.</param>
    public SpeechDownmix(ChannelPlaces places, int sampleRate)
    {
        (_places, _slotFrames) = (places, sampleRate / 2);
        _levelsASlot = (int)Math.Round(0.5 / SpeechDetector.FrameSeconds);
        _detectors = [.. Enumerable.Range(0, places.Count + (places.Count == 2 ? 2 : 0)).Select(_ => new SpeechDetector(sampleRate))];
        (_previous, _open) = (new float[places.Count], new Slot(places.Count, _slotFrames));
    }

    /// <summary>Takes frames, interleaved, and hands on what is mixed by now.</summary>
    public void Add(ReadOnlySpan<float> frames, Action<float[]> take)
    {
        for (var at = 0; at + _places.Count <= frames.Length; at += _places.Count)
        {
            Measure(frames.Slice(at, _places.Count));
            if (_open.Frames == _slotFrames)
                Close(take);
        }
    }

    /// <summary>Hands on the rest.</summary>
    public void Finish(Action<float[]> take)
    {
        if (_open.Frames > 0)
            Close(take);
        while (_slots.Count > _behind)
            MixNext(take);
    }

    private void Measure(ReadOnlySpan<float> frame)
    {
        frame.CopyTo(_open.Samples.AsSpan(_open.Frames++ * frame.Length));
        for (var i = 0; i < frame.Length; i++)
        {
            // As a level meter hears it: hum and bass count for less.
            var difference = frame[i] - (0.95f * _previous[i]);
            _previous[i] = frame[i];
            _open.Differences[i] = difference;
            for (var j = 0; j <= i; j++)
                _open.Products[i, j] += difference * _open.Differences[j];
            _detectors[i].Add(frame[i]);
        }
        if (frame.Length != 2)
            return;
        _detectors[2].Add((frame[0] + frame[1]) / 2);
        _detectors[3].Add((frame[0] - frame[1]) / 2);
    }

    private void Close(Action<float[]> take)
    {
        _slots.Enqueue(_open);
        _open = new Slot(_places.Count, _slotFrames);
        if (_slots.Count - _behind > Reach)
            MixNext(take);
    }

    private void MixNext(Action<float[]> take)
    {
        var slot = _slots.ElementAt(_behind);
        var gains = Gains();
        var mono = new float[slot.Frames];
        for (var i = 0; i < mono.Length; i++)
        {
            // From the last gains to these within the slot, so that nothing clicks.
            var share = _gains is null ? 1 : Math.Min(1, 8f * (i + 1) / _slotFrames);
            for (var c = 0; c < gains.Length; c++)
                mono[i] += slot.Samples[(i * gains.Length) + c] * (((1 - share) * (_gains?[c] ?? 0)) + (share * gains[c]));
        }
        _gains = gains;
        take(mono);
        if (_behind < Reach)
        {
            _behind++;
            return;
        }
        _slots.Dequeue();
        foreach (var detector in _detectors)
            detector.Forget(Math.Min(_levelsASlot, detector.Frames));
    }

    private float[] Gains()
    {
        var products = new double[_places.Count, _places.Count];
        foreach (var slot in _slots)
        {
            for (var i = 0; i < _places.Count; i++)
            {
                for (var j = 0; j <= i; j++)
                    products[j, i] = products[i, j] += slot.Products[i, j];
            }
        }
        var frames = Math.Min(_detectors[0].Frames, _slots.Count * _levelsASlot);
        return ChannelMix.Gains(_places, products, i => _detectors[i].IsSpeech(0, frames));
    }

    /// <summary>Half a second of sound, with the sums of the products of every two channels.</summary>
    private sealed class Slot(int channels, int frames)
    {
        public float[] Samples { get; } = new float[channels * frames];

        public double[,] Products { get; } = new double[channels, channels];

        public float[] Differences { get; } = new float[channels];

        public int Frames { get; set; }
    }
}
