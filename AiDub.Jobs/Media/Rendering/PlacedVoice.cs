using AiDub.Domain.Audio;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>One speech file as samples at the rate of the mix, with short fades at its ends.</summary>
internal sealed class PlacedVoice : IDisposable
{
    private const int FadeFrames = 240;
    private const int ChunkFrames = 4096;
    private const float FullScale = 32768;
    private readonly WavReader _wav;
    private readonly Resampler _resampler;
    private readonly float[] _new = new float[ChunkFrames];
    private float[] _old = [];
    private short[] _read = [];
    private long _at;

    public PlacedVoice(WavReader wav, Resampler resampler) => (_wav, _resampler, Frames) = (wav, resampler, resampler.Length(wav.Frames));

    /// <summary>How many samples there are at the rate of the mix.</summary>
    public long Frames { get; }

    /// <summary>How many of them are still to come.</summary>
    public long Left => Frames - _at;

    /// <summary>Writes the next samples, full scale at ±1.</summary>
    /// <param name="samples">No more than there are <see cref="Left"/>.</param>
    public void Read(Span<float> samples)
    {
        while (!samples.IsEmpty)
        {
            var chunk = _new.AsSpan(0, Math.Min(ChunkFrames, samples.Length));
            _resampler.Resample(Old(chunk.Length), _at, chunk);
            for (var i = 0; i < chunk.Length; i++)
                samples[i] = chunk[i] * Fade(_at + i);
            _at += chunk.Length;
            samples = samples[chunk.Length..];
        }
    }

    public void Dispose() => _wav.Dispose();

    // What lies before the file and after it is silence.
    private ReadOnlySpan<float> Old(int count)
    {
        var (first, needed) = _resampler.Needed(_at, count);
        if (_old.Length < needed)
            (_old, _read) = (new float[needed], new short[needed]);
        var old = _old.AsSpan(0, needed);
        var early = (int)Math.Clamp(-first, 0, needed);
        old.Clear();
        _wav.Seek(first);
        var read = _wav.Read(_read.AsSpan(0, needed - early));
        for (var i = 0; i < read; i++)
            old[early + i] = _read[i] / FullScale;
        return old;
    }

    private float Fade(long frame) => Math.Min(1, Math.Min(frame + 1, Frames - frame) / (float)FadeFrames);
}
