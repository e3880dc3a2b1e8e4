using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Media;
using AiDub.Domain.Ports;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Media;

/// <summary>Chooses the audio track of a source that is dubbed: listens to parts of all when there are several.</summary>
/// <remarks>
/// What is taken for speech by its level is shown to what finds speech, where that is there, and in the end what was not. Both are seconds
/// of each track, not all of it.
/// </remarks>
public sealed class TrackListener(ToolRunner tools, ISpeechFinder finder, ILogger<TrackListener> log)
{
    private const double PartSeconds = 15;
    private const int Parts = 8;
    private const int MostTracks = 32;
    private readonly MonoPair _pair = new(tools);

    /// <summary>How long it may take to decode a part of each track.</summary>
    internal static TimeSpan Timeout { get; } = TimeSpan.FromMinutes(5);

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
        var wanted = LanguageCode.TryParse(asked, out var language) ? language : fromLang;
        var tracks = media.AudioTracks.Select(t => t.In(wanted)).ToList();
        var heard = tracks.Select(_ => HeardSound.Speech).ToArray();
        // Asked first, so that a wish that cannot be met costs no listening.
        var order = AudioTracks.InOrder(tracks, heard, fromLang, asked);
        if (order.Count > 1)
            order = AudioTracks.InOrder(tracks, heard = await ListenAsync(source, media, scratch, ct), fromLang, asked);
        log.LogDebug(
            "{Tracks} audio tracks: {Heard}; {Chosen} is dubbed: {Reason}.", tracks.Count, heard, order[0].Track.Name, order[0].Reason);
        var dubbed = asked is null ? await StereoAsync(source, media, order[0].Track, scratch, ct) : order[0].Track;
        if (dubbed.RightIndex is not { } right)
            return media.Dubbing(dubbed) with { Choices = [.. order.Select(c => Choice(c.Track, c.Reason))] };
        var first = Choice(dubbed, order[0].Reason) with { Right = tracks.Single(t => t.Index == right).Number };
        var others = order.Where(c => c.Track.Number != first.Index && c.Track.Number != first.Right);
        return media.Dubbing(dubbed) with { Choices = [first, .. others.Select(c => Choice(c.Track, c.Reason))] };
    }

    private static SourceAudio Choice(AudioStream track, string reason) => new(track.Number, track.Language, track.Title, reason);

    private async Task<AudioStream> StereoAsync(
        string source, SourceMedia media, AudioStream track, string scratch, CancellationToken ct)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scratch, $"pair-{Guid.NewGuid():N}")).FullName;
        try
        {
            return await _pair.StereoAsync(source, media, track, folder, ct) ?? track;
        }
        catch (ToolFailedException e)
        {
            log.LogWarning(e, "Two mono tracks of a source could not be held against each other; one of them is dubbed.");
            return track;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<HeardSound[]> ListenAsync(string source, SourceMedia media, string scratch, CancellationToken ct)
    {
        var heard = media.AudioTracks.Select(track => new HeardTrack(track)).ToList();
        var folder = Directory.CreateDirectory(Path.Combine(scratch, $"tracks-{Guid.NewGuid():N}")).FullName;
        try
        {
            foreach (var (from, seconds) in Places(media.DurationSeconds))
            {
                var open = heard.Where(t => t.Sound != HeardSound.Speech).Take(MostTracks).ToList();
                if (open.Count == 0)
                    break;
                var arguments = Arguments(source, open.Select(t => t.Track), from, seconds);
                await tools.RunAsync(new ToolCommand("ffmpeg", arguments, folder) { Timeout = Timeout }, ct);
                var doubtful = open.Select(t => (Track: t, Sounds: t.Listen(Path.Combine(folder, File(t.Track)))))
                    .Where(t => t.Sounds.Count > 0).ToList();
                var proof = await ProveAsync(doubtful.Select(t => t.Sounds), folder, ct);
                foreach (var (i, (track, _)) in doubtful.Index())
                    track.Sound = proof?[i] ?? true ? HeardSound.Speech : HeardSound.Other;
            }
            // Speech that lies under something louder has no level of its own.
            var others = heard.Where(t => t.Sound == HeardSound.Other).Take(MostTracks).ToList();
            var late = await ProveAsync(others.Select(t => t.Kept), folder, ct);
            foreach (var (i, track) in others.Index())
                track.Sound = late?[i] ?? false ? HeardSound.Speech : HeardSound.Other;
            return [.. heard.Select(t => t.Sound)];
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

    private async Task<bool[]?> ProveAsync(IEnumerable<IReadOnlyList<short[]>> sounds, string folder, CancellationToken ct)
    {
        try
        {
            return await SpeechProof.FindAsync(finder, [.. sounds], folder, ct);
        }
        catch (TransientDubException e)
        {
            log.LogWarning("Audio tracks were told apart by their level alone: {Reason}", e.Message);
            return null;
        }
    }

    /// <summary>Where to listen: everywhere in what is short, else at places that lie evenly.</summary>
    internal static IEnumerable<(double From, double Seconds)> Places(double duration) => duration <= Parts * PartSeconds
        ? [(0, duration)]
        : Enumerable.Range(0, Parts).Select(i => (((i + 0.5) * duration / Parts) - (PartSeconds / 2), PartSeconds));

    /// <summary>Decodes a part of tracks, each to its <see cref="File"/>; pure.</summary>
    internal static IReadOnlyList<string> Arguments(
        string source, IEnumerable<AudioStream> tracks, double from, double seconds) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", .. from > 0 ? ["-ss", Number(from)] : (string[])[],
        .. SourceFile.Guard, "-i", SourceFile.Local(source),
        .. tracks.SelectMany(t => new[]
        {
            "-map", string.Create(CultureInfo.InvariantCulture, $"0:{t.Index}"),
            "-t", Number(seconds),
        }.Concat(t.IsAmbisonic ? (string[])["-af", DubbedSound.OfAmbisonic(t.StereoAt)] : [])
        .Concat(
        [
            "-ac", Number(t.Channels), "-ar", Number(HeardTrack.SampleRate), "-c:a", "pcm_s16le", "-f", "s16le", "-y", File(t),
        ])),
    ];

    /// <summary>The name of the file that a track is decoded to.</summary>
    internal static string File(AudioStream track) => string.Create(CultureInfo.InvariantCulture, $"{track.Number}.pcm");

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
