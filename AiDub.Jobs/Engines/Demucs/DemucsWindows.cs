using System.Runtime.InteropServices;

namespace AiDub.Jobs.Engines.Demucs;

/// <summary>
/// A recording read in windows that overlap, and what a model makes of each faded into the next: a window and its answer are in memory.
/// </summary>
/// <remarks>
/// As <c>demucs/apply.py</c> has it: a quarter of each window overlaps the next, and what both say is weighed by a triangle. What is
/// written is the recording less its voices, so that nothing is lost of what the model takes for no instrument either.
/// </remarks>
/// <param name="length">How many frames a window has.</param>
/// <param name="voices">Makes the voices of a window, both at ±1: left, then right.</param>
internal sealed class DemucsWindows(int length, Func<float[], ReadOnlySpan<float>> voices)
{
    /// <summary>How many windows a part has: some five minutes of those that Demucs was trained on.</summary>
    public const int PartWindows = 50;

    private const int Channels = 2;
    private const int FrameBytes = Channels * sizeof(float);
    private readonly int _stride = length * 3 / 4;
    private readonly float[] _window = new float[Channels * length];
    private readonly float[] _scaled = new float[Channels * length];
    private readonly float[] _sum = new float[Channels * length];
    private readonly float[] _weights = new float[length];

    /// <summary>Writes one part of a recording without its voices.</summary>
    /// <param name="ask">Which.</param>
    /// <param name="tell">Told the share that is done, 0–1.</param>
    /// <param name="ct">Ends the work between two windows.</param>
    /// <exception cref="InvalidDataException">The model made something that is no sound.</exception>
    public DemucsAnswer Write(DemucsAsk ask, Action<double> tell, CancellationToken ct)
    {
        using var recording = new FileStream(ask.Recording, FileMode.Open, FileAccess.Read, FileShare.Read);
        using var background = new FileStream(ask.Background, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        var frames = recording.Length / FrameBytes;
        var first = (long)ask.Part * PartWindows * _stride;
        var end = Math.Min(frames, first + ((long)PartWindows * _stride));
        background.Position = first * FrameBytes;
        _sum.AsSpan().Clear();
        _weights.AsSpan().Clear();
        // The last window of the part before reaches into this one.
        for (var at = Math.Max(0, first - _stride); at < end; at += _stride)
        {
            ct.ThrowIfCancellationRequested();
            Read(recording, at);
            Add(voices(Scaled(ask)), ask.Deviation);
            if (at >= first)
                Write(background, (int)Math.Min(_stride, end - at));
            GoOn();
            tell(Math.Clamp((double)(at + _stride - first) / Math.Max(1, end - first), 0, 1));
        }
        background.Flush();
        return new DemucsAnswer(end >= frames);
    }

    // Left, then right, as the model has them; silence past the end.
    private void Read(FileStream recording, long at)
    {
        recording.Position = at * FrameBytes;
        var interleaved = new float[Channels * length];
        recording.ReadAtLeast(MemoryMarshal.AsBytes(interleaved.AsSpan()), interleaved.Length * sizeof(float), throwOnEndOfStream: false);
        for (var i = 0; i < length; i++)
        {
            _window[i] = (float)RecordingLevel.Sound(interleaved[2 * i]);
            _window[length + i] = (float)RecordingLevel.Sound(interleaved[(2 * i) + 1]);
        }
    }

    private float[] Scaled(DemucsAsk ask)
    {
        for (var i = 0; i < _window.Length; i++)
            _scaled[i] = (float)((_window[i] - ask.Mean) / ask.Deviation);
        return _scaled;
    }

    private void Add(ReadOnlySpan<float> heard, double deviation)
    {
        for (var i = 0; i < length; i++)
        {
            if (!float.IsFinite(heard[i]) || !float.IsFinite(heard[length + i]))
                throw new InvalidDataException("The model made something that is no sound.");
            var weight = (float)Math.Min(i + 1, length - i);
            _weights[i] += weight;
            _sum[i] += (float)(weight * deviation * heard[i]);
            _sum[length + i] += (float)(weight * deviation * heard[length + i]);
        }
    }

    private void Write(FileStream background, int count)
    {
        var interleaved = new float[Channels * count];
        for (var i = 0; i < count; i++)
        {
            interleaved[2 * i] = _window[i] - (_sum[i] / _weights[i]);
            interleaved[(2 * i) + 1] = _window[length + i] - (_sum[length + i] / _weights[i]);
        }
        background.Write(MemoryMarshal.AsBytes(interleaved.AsSpan()));
    }

    private void GoOn()
    {
        Shift(_weights);
        Shift(_sum.AsSpan(0, length));
        Shift(_sum.AsSpan(length));
    }

    private void Shift(Span<float> samples)
    {
        samples[_stride..].CopyTo(samples);
        samples[^_stride..].Clear();
    }
}
