using System.Runtime.InteropServices;
using AiDub.Domain.Media;
using AiDub.Domain.Speech;

namespace AiDub.Jobs.Media;

/// <summary>What was heard of an audio track so far.</summary>
internal sealed class HeardTrack(AudioStream track)
{
    /// <summary>The rate of what is listened to, in Hz.</summary>
    public const int SampleRate = 16000;

    private const double WindowSeconds = 10;
    private const int MostDoubtful = 3;
    private readonly List<short[]> _kept = [];

    /// <summary>The track.</summary>
    public AudioStream Track => track;

    /// <summary>The best of what was heard in it.</summary>
    public HeardSound Sound { get; set; } = HeardSound.Silence;

    /// <summary>Half of what was heard, one channel each: a minute or little more.</summary>
    public IReadOnlyList<short[]> Kept => _kept;

    /// <summary>Listens to a part of it.</summary>
    /// <param name="path">16-bit samples at <see cref="SampleRate"/>, its channels interleaved.</param>
    /// <returns>What sounds like speech by its level and brightness, one channel each; nothing where nothing does.</returns>
    public IReadOnlyList<short[]> Listen(string path)
    {
        using var sound = File.OpenRead(path);
        var (block, found) = (new byte[(int)(WindowSeconds * SampleRate) * track.Channels * sizeof(short)], new List<short[]>());
        for (var (read, window) = (block.Length, 0); read == block.Length && found.Count < MostDoubtful; window++)
        {
            read = sound.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            if (Listen(MemoryMarshal.Cast<byte, short>(block.AsSpan(0, read)), keeps: window % 2 == 0) is { } speech)
                found.Add(speech);
        }
        return found;
    }

    private short[]? Listen(ReadOnlySpan<short> samples, bool keeps)
    {
        foreach (var gains in Ways())
        {
            var (mixed, detector) = Mix(samples, gains);
            if (!detector.IsHeard(0, detector.Frames))
                continue;
            if (keeps)
                _kept.Add(mixed);
            keeps = false;
            Sound = (HeardSound)Math.Min((int)Sound, (int)HeardSound.Other);
            if (detector.IsSpeech(0, detector.Frames))
                return mixed;
        }
        return null;
    }

    private static (short[] Mixed, SpeechDetector Detector) Mix(ReadOnlySpan<short> samples, float[] gains)
    {
        var (detector, mixed) = (new SpeechDetector(SampleRate), new short[samples.Length / gains.Length]);
        for (var i = 0; i < mixed.Length; i++)
        {
            var sum = 0f;
            for (var c = 0; c < gains.Length; c++)
                sum += gains[c] * samples[(i * gains.Length) + c];
            mixed[i] = (short)sum;
            detector.Add(sum / 32768f);
        }
        return (mixed, detector);
    }

    // All together too: a voice in the middle is hidden in each channel by what is at the sides; and of stereo the difference.
    private IEnumerable<float[]> Ways()
    {
        if (track.Channels > 1)
            yield return [.. Enumerable.Repeat(1f / track.Channels, track.Channels)];
        if (track.Channels == 2)
            yield return [0.5f, -0.5f];
        for (var c = 0; c < track.Channels; c++)
        {
            var alone = new float[track.Channels];
            alone[c] = 1;
            yield return alone;
        }
    }
}
