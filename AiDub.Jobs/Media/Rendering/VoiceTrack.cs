using AiDub.Jobs.Media.Sound;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>Placed speech as one stream of samples: one file at a time is open.</summary>
internal sealed class VoiceTrack : IDisposable
{
    private const int FadeFrames = 240;
    private const float FullScale = 32768;
    private readonly PlacedSpeech[] _speech;
    private readonly short[] _buffer = new short[4096];
    private int _next;
    private long _frame;
    private WavReader? _open;
    private long _openStart;
    private long _openAt;
    private long _openEnd;

    public VoiceTrack(IEnumerable<PlacedSpeech> speech) => _speech = [.. speech.OrderBy(s => s.Start)];

    /// <summary>Writes the next samples, full scale at ±1; silence between and after speech.</summary>
    public void Read(Span<float> samples)
    {
        samples.Clear();
        var end = _frame + samples.Length;
        while (OpenBefore(end) is { } wav)
        {
            var at = _openStart + _openAt;
            var wanted = (int)Math.Min(_buffer.Length, end - at);
            if (wanted <= 0)
                break;
            var read = wav.Read(_buffer.AsSpan(0, wanted));
            for (var i = 0; i < read; i++)
                samples[(int)(at - _frame) + i] += _buffer[i] / FullScale * Fade(_openAt + i, wav.Frames);
            _openAt += read;
            if (read < wanted || _openAt == wav.Frames)
                Close();
        }
        _frame = end;
    }

    public void Dispose() => Close();

    private WavReader? OpenBefore(long end)
    {
        if (_open is not null || _next == _speech.Length)
            return _open;
        var start = (long)Math.Round(_speech[_next].Start * DubRenderer.SampleRate);
        if (start >= end)
            return null;
        _open = WavReader.Open(_speech[_next].WavPath);
        if (_open.SampleRate != DubRenderer.SampleRate)
            throw new InvalidDataException($"Speech of {_open.SampleRate} Hz cannot be placed.");

        // Should it begin before the last one has ended, it waits: words are not laid over words.
        (_openStart, _openAt) = (Math.Max(start, _openEnd), 0);
        _openEnd = _openStart + _open.Frames;
        _next++;
        return _open;
    }

    private void Close()
    {
        _open?.Dispose();
        _open = null;
    }

    private static float Fade(long frame, long frames) =>
        Math.Min(1, Math.Min(frame + 1, frames - frame) / (float)FadeFrames);
}
