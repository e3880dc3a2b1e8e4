using AiDub.Domain.Audio;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>Placed speech as one stream of samples: one file at a time is open.</summary>
internal sealed class VoiceTrack : IDisposable
{
    private readonly PlacedSpeech[] _speech;
    private readonly Dictionary<int, Resampler> _resamplers = [];
    private int _next;
    private long _frame;
    private PlacedVoice? _open;
    private long _start;
    private long _end;

    public VoiceTrack(IEnumerable<PlacedSpeech> speech) => _speech = [.. speech.OrderBy(s => s.Start)];

    /// <summary>Writes the next samples, full scale at ±1; silence between and after speech.</summary>
    public void Read(Span<float> samples)
    {
        samples.Clear();
        var end = _frame + samples.Length;
        while (OpenBefore(end) is { } voice)
        {
            var from = (int)(Math.Max(_start, _frame) - _frame);
            voice.Read(samples.Slice(from, (int)Math.Min(voice.Left, samples.Length - from)));
            if (voice.Left > 0)
                break;
            Close();
        }
        _frame = end;
    }

    public void Dispose() => Close();

    private PlacedVoice? OpenBefore(long end)
    {
        if (_open is not null || _next == _speech.Length)
            return _open;

        // Should it begin before the last one has ended, it waits: words are not laid over words.
        var start = Math.Max(_end, (long)Math.Round(_speech[_next].Start * DubRenderer.SampleRate));
        if (start >= end)
            return null;
        var wav = WavReader.Open(_speech[_next].WavPath);
        if (!_resamplers.TryGetValue(wav.SampleRate, out var resampler))
            _resamplers[wav.SampleRate] = resampler = new Resampler(wav.SampleRate, DubRenderer.SampleRate);
        _open = new PlacedVoice(wav, resampler);
        (_start, _end) = (start, start + _open.Frames);
        _next++;
        return _open;
    }

    private void Close()
    {
        _open?.Dispose();
        _open = null;
    }
}
