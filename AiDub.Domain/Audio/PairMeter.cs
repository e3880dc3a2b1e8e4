using AiDub.Domain.Speech;

namespace AiDub.Domain.Audio;

/// <summary>
/// Tells whether two mono sounds are the channels of one stereo: both hold the same voices, whatever else stands at the sides.
/// </summary>
/// <remarks>
/// Two languages over the same music, the music without the voices, and two microphones in a room have voices in what is different between
/// them. So has a stereo whose voices are louder at one side, but there both are next to the same. Every ten seconds are looked at by
/// themselves: in the whole of a film it may be the music that is the same.
/// </remarks>
/// <param name="sampleRate">In Hz; a multiple of 100.</param>
public sealed class PairMeter(int sampleRate)
{
    // Of a correlation of 1 both are the same; of this one, what one of them holds alone is 10 dB below what both do. Stereo of a voice in
    // the middle before music has half and more.
    private const double Same = 0.95;
    private const double Alike = 0.3;
    private const int WindowFrames = 1000;
    private readonly SpeechDetector _difference = new(sampleRate);
    private readonly List<Likeness> _windows = [];

    /// <summary>Whether they are.</summary>
    public bool IsStereo
    {
        get
        {
            var whole = new Likeness(_windows.Sum(w => w.Left), _windows.Sum(w => w.Right), _windows.Sum(w => w.Both));
            return whole.Is(Alike) && _windows.Index().All(w => w.Item.Is(Same) || !IsSpeechBetween(w.Index * WindowFrames));
        }
    }

    private bool IsSpeechBetween(int frame) => _difference.IsSpeech(frame, Math.Min(WindowFrames, _difference.Frames - frame));

    /// <summary>Takes samples of the same time of both, full scale at ±32768.</summary>
    public void Add(ReadOnlySpan<short> left, ReadOnlySpan<short> right)
    {
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var (l, r) = ((double)left[i], (double)right[i]);
            var window = _difference.Frames / WindowFrames;
            if (window == _windows.Count)
                _windows.Add(default);
            var so = _windows[window];
            _windows[window] = new Likeness(so.Left + (l * l), so.Right + (r * r), so.Both + (l * r));
            _difference.Add((float)((l - r) / 65536));
        }
    }

    // What is heard in each, and in both.
    private readonly record struct Likeness(double Left, double Right, double Both)
    {
        public bool Is(double correlation) => Left * Right > 0 && Both >= correlation * Math.Sqrt(Left * Right);
    }
}
