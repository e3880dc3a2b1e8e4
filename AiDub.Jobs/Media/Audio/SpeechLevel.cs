using System.Runtime.InteropServices;

namespace AiDub.Jobs.Media.Audio;

/// <summary>
/// Makes heard what is spoken very quietly, and takes a constant off that a sound card adds: whoever looks for speech takes what is as
/// quiet as noise for silence, and a constant for something that is always heard.
/// </summary>
internal static class SpeechLevel
{
    private const int BlockFrames = 1 << 15;

    // Of full scale 32768: a peak below which recordings are raised, what it is raised to, and one that no voice has, but the noise of the
    // last bits.
    private const int QuietPeak = 650;
    private const int RaisedPeak = 8192;
    private const int LeastPeak = 16;

    // Of recordings without such a constant the mean is some hundredths of this.
    private const double LeastOffset = 64;

    /// <summary>Mends a 16-bit mono WAV file in its place; nearly all need nothing and stay as they are.</summary>
    public static Task MendAsync(string path, CancellationToken ct) => Task.Run(() => Mend(path, ct), ct);

    private static void Mend(string path, CancellationToken ct)
    {
        var (mean, peak, data) = Measured(path, isBeside: false, ct);
        var isBeside = Math.Abs(mean) >= LeastOffset;
        if (isBeside)
            (_, peak, data) = Measured(path, isBeside, ct);
        var gain = peak is >= LeastPeak and < QuietPeak ? RaisedPeak / peak : 1;
        if (!isBeside && gain == 1)
            return;
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = data;
        var bytes = new byte[BlockFrames * sizeof(short)];
        var constant = new Constant(isBeside);
        for (int read; (read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)) > 1;)
        {
            ct.ThrowIfCancellationRequested();
            foreach (ref var sample in MemoryMarshal.Cast<byte, short>(bytes.AsSpan(0, read / 2 * 2)))
                sample = (short)Math.Clamp(Math.Round(constant.TakenOff(sample) * gain), short.MinValue, short.MaxValue);
            file.Position -= read;
            file.Write(bytes, 0, read);
        }
    }

    private static (double Mean, double Peak, long Data) Measured(string path, bool isBeside, CancellationToken ct)
    {
        using var wav = WavReader.Open(path);
        var block = new short[BlockFrames];
        var constant = new Constant(isBeside);
        var (sum, peak) = (0L, 0.0);
        for (int read; (read = wav.Read(block)) > 0;)
        {
            ct.ThrowIfCancellationRequested();
            foreach (var sample in block.AsSpan(0, read))
            {
                sum += sample;
                peak = Math.Max(peak, Math.Abs(constant.TakenOff(sample)));
            }
        }
        return (wav.Frames == 0 ? 0 : (double)sum / wav.Frames, peak, wav.DataOffset);
    }

    // Follows one that begins, ends or changes on the way: taken off throughout, the mean would be one where there was none.
    private struct Constant(bool isThere)
    {
        // Takes off what is slower than 10 Hz, at 16,000 samples a second.
        private const double Kept = 0.996;

        private double? _before;
        private double _left;

        public double TakenOff(short sample)
        {
            if (!isThere)
                return sample;
            _left = sample - (_before ?? sample) + Kept * _left;
            _before = sample;
            return _left;
        }
    }
}
