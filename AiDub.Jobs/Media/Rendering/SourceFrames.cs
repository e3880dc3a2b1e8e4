namespace AiDub.Jobs.Media.Rendering;

/// <summary>Chunks of decoded frames taken apart: the source, and its background where that is known.</summary>
/// <param name="job">What is rendered.</param>
internal sealed class SourceFrames(RenderJob job)
{
    private readonly int _channels = RenderArguments.Channels(job.Media);
    private float[] _original = [];
    private float[] _background = [];
    private int _length;

    /// <summary>How many samples a decoded frame has.</summary>
    public int Width => job.BackgroundPath is null ? _channels : 2 * _channels;

    /// <summary>The source, interleaved.</summary>
    public Span<float> Original => _original.AsSpan(0, _length);

    /// <summary>As many samples of its background; empty when that is not known.</summary>
    public ReadOnlySpan<float> Background => job.BackgroundPath is null ? [] : _background.AsSpan(0, _length);

    /// <summary>Takes the next frames; those before are overwritten.</summary>
    public void Take(ReadOnlySpan<float> decoded)
    {
        _length = decoded.Length / Width * _channels;
        if (_original.Length < _length)
            (_original, _background) = (new float[_length], new float[job.BackgroundPath is null ? 0 : _length]);
        if (job.BackgroundPath is null)
        {
            decoded.CopyTo(_original);
            return;
        }
        for (var i = 0; i < _length; i++)
        {
            var at = (i / _channels * Width) + (i % _channels);
            (_original[i], _background[i]) = (decoded[at], decoded[at + _channels]);
        }
    }
}
