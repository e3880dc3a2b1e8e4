using AiDub.Domain.Speech;

namespace AiDub.Domain.Audio;

/// <summary>
/// Tells whether two mono sounds are the channels of one stereo: both hold the same voices, whatever else stands at the sides.
/// </summary>
/// <remarks>
/// Two languages over the same music, and two microphones in a room, have voices in what is different between them.
/// </remarks>
/// <param name="sampleRate">In Hz; a multiple of 100.</param>
public sealed class PairMeter(int sampleRate)
{
    // Of a correlation of 1 both are the same. Stereo of a voice in the middle before music has half of that and more.
    private const double Same = 0.7;
    private const double Alike = 0.3;
    private const int WindowFrames = 1000;
    private readonly SpeechDetector _difference = new(sampleRate);
    private double _left;
    private double _right;
    private double _both;

    /// <summary>Whether they are.</summary>
    public bool IsStereo
    {
        get
        {
            var power = Math.Sqrt(_left * _right);
            return power > 0 && (_both >= Same * power || (_both >= Alike * power && !IsSpeechBetween));
        }
    }

    private bool IsSpeechBetween => Enumerable.Range(0, (_difference.Frames + WindowFrames - 1) / WindowFrames).Any(window =>
        _difference.IsSpeech(window * WindowFrames, Math.Min(WindowFrames, _difference.Frames - (window * WindowFrames))));

    /// <summary>Takes samples of the same time of both, full scale at ±32768.</summary>
    public void Add(ReadOnlySpan<short> left, ReadOnlySpan<short> right)
    {
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var (l, r) = ((double)left[i], (double)right[i]);
            _left += l * l;
            _right += r * r;
            _both += l * r;
            _difference.Add((float)((l - r) / 65536));
        }
    }
}
