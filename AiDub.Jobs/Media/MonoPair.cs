using System.Runtime.InteropServices;
using AiDub.Domain.Audio;
using AiDub.Domain.Media;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media;

/// <summary>Listens whether two mono tracks are the channels of a stereo, as broadcasters store it.</summary>
internal sealed class MonoPair(ToolRunner tools)
{
    /// <summary>The stereo of which a track is one channel; null where it is none.</summary>
    /// <param name="source">A local file.</param>
    /// <param name="media">What it was found to be.</param>
    /// <param name="track">One of its tracks.</param>
    /// <param name="folder">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <exception cref="ToolFailedException">They could not be decoded.</exception>
    public async Task<AudioStream?> StereoAsync(string source, SourceMedia media, AudioStream track, string folder, CancellationToken ct)
    {
        if (track.OtherHalf(media.AudioTracks) is not { } other)
            return null;
        var (left, right) = track.Number < other.Number ? (track, other) : (other, track);
        var meter = new PairMeter(HeardTrack.SampleRate);
        foreach (var (from, seconds) in TrackListener.Places(media.DurationSeconds))
        {
            var arguments = TrackListener.Arguments(source, [left, right], from, seconds);
            await tools.RunAsync(new ToolCommand("ffmpeg", arguments, folder) { Timeout = TrackListener.Timeout }, ct);
            var (one, two) = (await SoundAsync(left), await SoundAsync(right));
            meter.Add(MemoryMarshal.Cast<byte, short>(one), MemoryMarshal.Cast<byte, short>(two));
        }
        return meter.IsStereo ? left.With(right) : null;

        async Task<byte[]> SoundAsync(AudioStream half) => await File.ReadAllBytesAsync(Path.Combine(folder, TrackListener.File(half)), ct);
    }
}
