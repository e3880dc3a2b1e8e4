namespace AiDub.Jobs.Media.Rendering;

/// <summary>The voice that goes with chunks of the source.</summary>
/// <param name="job">What is rendered.</param>
/// <param name="channels">How many samples a frame of the source has.</param>
internal sealed class VoiceUnder(RenderJob job, int channels) : IDisposable
{
    private readonly VoiceTrack _track = new(job.Speech);
    private float[] _samples = [];

    /// <summary>The next samples: one for each frame of the source.</summary>
    public ReadOnlySpan<float> Under(ReadOnlySpan<float> source)
    {
        var frames = source.Length / channels;
        if (_samples.Length < frames)
            _samples = new float[frames];
        _track.Read(_samples.AsSpan(0, frames));
        return _samples.AsSpan(0, frames);
    }

    /// <inheritdoc/>
    public void Dispose() => _track.Dispose();
}
