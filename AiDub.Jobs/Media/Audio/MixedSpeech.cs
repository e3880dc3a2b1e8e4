using System.Runtime.InteropServices;
using AiDub.Domain.Audio;
using AiDub.Domain.Media;
using AiDub.Jobs.Tools;
using CliWrap;

namespace AiDub.Jobs.Media.Audio;

/// <summary>Writes the sound of several channels as one of 16 kHz, mixed by what is in them.</summary>
internal static class MixedSpeech
{
    private const int SampleRate = 16000;
    private const int ChunkFrames = 4096;

    /// <summary>Runs ffmpeg, which decodes all channels to its standard output as 32-bit float, and writes a 16-bit WAV file.</summary>
    public static Task WriteAsync(
        ToolRunner tools, IReadOnlyList<string> arguments, SourceMedia media,
        string wavPath, string scratch, IProgress<double> progress, CancellationToken ct) =>
        tools.RunAsync(
            new ToolCommand("ffmpeg", arguments, scratch)
            {
                StandardOutput = PipeTarget.Create((decoded, stop) => MixAsync(decoded, media, wavPath, progress, stop)),
            }, ct);

    private static async Task MixAsync(Stream decoded, SourceMedia media, string wavPath, IProgress<double> progress, CancellationToken ct)
    {
        var (channels, places) = (media.Audio.Channels, ChannelPlaces.Of(media.Audio.Layout, media.Audio.Channels));
        var (downmix, bytes, frames) = (
            new SpeechDownmix(places, SampleRate), new byte[ChunkFrames * channels * sizeof(float)], new float[ChunkFrames * places.Count]);
        var expected = Math.Max(1, media.DurationSeconds * SampleRate);
        await using var wav = WavWriter.Create(wavPath, SampleRate);
        for (long done = 0; ;)
        {
            var read = await decoded.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
            var count = read / (channels * sizeof(float));
            downmix.Add(
                Looked(MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, count * channels * sizeof(float))), channels, frames, places.Count),
                wav.Write);
            progress.Report(Math.Min(1, (done += count) / expected));
            if (read < bytes.Length)
                break;
        }
        downmix.Finish(wav.Write);
    }

    // The channels that are looked at. Damaged sound may hold what is no number.
    private static ReadOnlySpan<float> Looked(ReadOnlySpan<float> samples, int channels, float[] frames, int looked)
    {
        var count = samples.Length / channels;
        for (var i = 0; i < count; i++)
        {
            for (var c = 0; c < looked; c++)
                frames[(i * looked) + c] = float.IsFinite(samples[(i * channels) + c]) ? Math.Clamp(samples[(i * channels) + c], -1, 1) : 0;
        }
        return frames.AsSpan(0, count * looked);
    }
}
