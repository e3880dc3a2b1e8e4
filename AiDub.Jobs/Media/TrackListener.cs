using System.Globalization;
using System.Runtime.InteropServices;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Speech;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Media;

/// <summary>Chooses the audio track of a source that is dubbed: listens to parts of all when there are several.</summary>
public sealed class TrackListener(ToolRunner tools, ILogger<TrackListener> log)
{
    private const int SampleRate = 16000;
    private const double PartSeconds = 15;
    private const double WindowSeconds = 10;
    private const int Parts = 8;
    private const int MostTracks = 32;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <summary>The source with the track that is to be dubbed.</summary>
    /// <param name="source">A local file.</param>
    /// <param name="media">What it was found to be.</param>
    /// <param name="fromLang">The spoken language as ISO 639-1; null when it was not said.</param>
    /// <param name="asked">The track that the request asks for; null when it does not.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <exception cref="PermanentDubException">There is no such track as was asked for (<c>source_audio_not_found</c>).</exception>
    public async Task<SourceMedia> ChooseAsync(
        string source, SourceMedia media, string? fromLang, string? asked, string scratch, CancellationToken ct)
    {
        var tracks = media.AudioTracks;
        var heard = tracks.Select(_ => HeardSound.Speech).ToArray();
        // Asked first, so that a wish that cannot be met costs no listening.
        var order = AudioTracks.InOrder(tracks, heard, fromLang, asked);
        if (order.Count > 1)
            order = AudioTracks.InOrder(tracks, heard = await ListenAsync(source, media, scratch, ct), fromLang, asked);
        log.LogDebug(
            "{Tracks} audio tracks: {Heard}; {Chosen} is dubbed: {Reason}.", tracks.Count, heard, order[0].Track.Name, order[0].Reason);
        return media.Dubbing(order[0].Track)
            with
        { Choices = [.. order.Select(c => new SourceAudio(c.Track.Number, c.Track.Language, c.Track.Title, c.Reason))] };
    }

    private async Task<HeardSound[]> ListenAsync(string source, SourceMedia media, string scratch, CancellationToken ct)
    {
        var heard = media.AudioTracks.Select(_ => HeardSound.Silence).ToArray();
        var folder = Directory.CreateDirectory(Path.Combine(scratch, $"tracks-{Guid.NewGuid():N}")).FullName;
        try
        {
            foreach (var (from, seconds) in Places(media.DurationSeconds))
            {
                var open = media.AudioTracks.Index().Where(t => heard[t.Index] != HeardSound.Speech).Take(MostTracks).ToList();
                if (open.Count == 0)
                    break;
                await tools.RunAsync(new ToolCommand("ffmpeg", Arguments(source, open, from, seconds), folder) { Timeout = Timeout }, ct);
                foreach (var (i, track) in open)
                    heard[i] = (HeardSound)Math.Min((int)heard[i], (int)Hear(Path.Combine(folder, File(track)), track.Channels));
            }
            return heard;
        }
        catch (ToolFailedException e)
        {
            // It may be damaged: the recogniser will hear what there is.
            log.LogWarning(e, "The audio tracks of a source could not be listened to; the first that fits is dubbed.");
            return [.. media.AudioTracks.Select(_ => HeardSound.Speech)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Where to listen: everywhere in what is short, else at places that lie evenly.</summary>
    internal static IEnumerable<(double From, double Seconds)> Places(double duration) => duration <= Parts * PartSeconds
        ? [(0, duration)]
        : Enumerable.Range(0, Parts).Select(i => (((i + 0.5) * duration / Parts) - (PartSeconds / 2), PartSeconds));

    private static IReadOnlyList<string> Arguments(
        string source, IEnumerable<(int Index, AudioStream Track)> tracks, double from, double seconds) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", .. from > 0 ? ["-ss", Number(from)] : (string[])[],
        .. SourceFile.Guard, "-i", SourceFile.Local(source),
        .. tracks.SelectMany(t => new[]
        {
            "-map", string.Create(CultureInfo.InvariantCulture, $"0:{t.Track.Index}"),
            "-t", Number(seconds), "-ac", Number(t.Track.Channels), "-ar", Number(SampleRate),
            "-c:a", "pcm_s16le", "-f", "s16le", "-y", File(t.Track),
        }),
    ];

    private static HeardSound Hear(string path, int channels)
    {
        using var sound = System.IO.File.OpenRead(path);
        var (block, best) = (new byte[(int)(WindowSeconds * SampleRate) * channels * sizeof(short)], HeardSound.Silence);
        for (var read = block.Length; read == block.Length && best != HeardSound.Speech;)
        {
            read = sound.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            var samples = MemoryMarshal.Cast<byte, short>(block.AsSpan(0, read));
            best = (HeardSound)Math.Min((int)best, (int)Hear(samples, channels));
        }
        return best;
    }

    // Of stereo the sum too: a voice in the middle is hidden in both channels by what is at the sides; and the difference.
    private static HeardSound Hear(ReadOnlySpan<short> samples, int channels)
    {
        var detectors = Enumerable.Range(0, channels + (channels == 2 ? 2 : 0)).Select(_ => new SpeechDetector(SampleRate)).ToArray();
        for (var at = 0; at + channels <= samples.Length; at += channels)
        {
            for (var c = 0; c < channels; c++)
                detectors[c].Add(samples[at + c] / 32768f);
            if (channels != 2)
                continue;
            detectors[2].Add((samples[at] + samples[at + 1]) / 65536f);
            detectors[3].Add((samples[at] - samples[at + 1]) / 65536f);
        }
        return Array.Exists(detectors, d => d.IsSpeech(0, d.Frames)) ? HeardSound.Speech
            : Array.Exists(detectors, d => d.IsHeard(0, d.Frames)) ? HeardSound.Other
            : HeardSound.Silence;
    }

    private static string File(AudioStream track) => string.Create(CultureInfo.InvariantCulture, $"{track.Number}.pcm");

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
