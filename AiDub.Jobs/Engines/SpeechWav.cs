using AiDub.Domain.Errors;
using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Jobs.Engines;

/// <summary>A 16 kHz mono 16-bit WAV file: where its samples lie, and their levels.</summary>
/// <param name="DataOffset">Bytes before the first sample.</param>
/// <param name="Levels">What a <see cref="LevelMeter"/> measured.</param>
internal sealed record SpeechWav(int DataOffset, IReadOnlyList<float> Levels)
{
    private const int SampleRate = 16000;
    private const int BlockFrames = 1 << 15;

    /// <summary>Reads a file once, a block at a time, away from the caller's thread.</summary>
    /// <exception cref="PermanentDubException">It is no 16 kHz mono 16-bit WAV file (<c>audio_invalid</c>).</exception>
    public static Task<SpeechWav> ReadAsync(string path, CancellationToken ct) => Task.Run(() => Read(path, ct), ct);

    private static SpeechWav Read(string path, CancellationToken ct)
    {
        using var wav = Open(path);
        var meter = new LevelMeter(SampleRate);
        var block = new short[BlockFrames];
        for (int read; (read = wav.Read(block)) > 0;)
        {
            ct.ThrowIfCancellationRequested();
            meter.Add(block.AsSpan(0, read));
        }
        return new SpeechWav((int)wav.DataOffset, meter.Levels);
    }

    private static WavReader Open(string path)
    {
        try
        {
            var wav = WavReader.Open(path);
            if (wav.SampleRate == SampleRate)
                return wav;
            wav.Dispose();
            throw Invalid(null);
        }
        catch (InvalidDataException e)
        {
            throw Invalid(e);
        }
    }

    private static PermanentDubException Invalid(Exception? cause) => new(FailureCode.AudioInvalid, inner: cause);
}
