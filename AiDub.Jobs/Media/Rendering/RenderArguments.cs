using System.Globalization;
using AiDub.Domain.Languages;
using AiDub.Domain.Media;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>The arguments with which ffmpeg decodes a source's sound and makes a dubbed video of it; pure.</summary>
internal static class RenderArguments
{
    // 7.1 is the largest that ffmpeg tells by the number of channels alone.
    private const int MostPlaced = 8;

    /// <summary>How many channels the dub has: the source's, two at most.</summary>
    public static int Channels(SourceMedia media) => Math.Min(2, media.Audio.Channels);

    /// <summary>
    /// Decodes the source's sound to standard output: 48 kHz, 32-bit float, interleaved, on the time line of the source. Where its
    /// background is known, the channels of that follow in every frame.
    /// </summary>
    public static IReadOnlyList<string> Decode(RenderJob job) => job.BackgroundPath is { } background
        ? DecodeBoth(job, background)
        : DecodeSource(job);

    private static IReadOnlyList<string> DecodeSource(RenderJob job) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", .. SourceFile.Input(job.SourcePath, job.Media),
        .. DubbedSound.Of(job.Media, DubRenderer.SampleRate, Folded(job.Media) + Turned(job)),
        "-ac", Number(Channels(job.Media)), "-ar", Number(DubRenderer.SampleRate), "-c:a", "pcm_f32le",
        "-t", job.Media.DurationSeconds.ToString("F6", CultureInfo.InvariantCulture), "-f", "f32le", "pipe:1",
    ];

    private static IReadOnlyList<string> DecodeBoth(RenderJob job, string background)
    {
        var format = "aformat=sample_fmts=flt:channel_layouts=" + (Channels(job.Media) == 1 ? "mono" : "stereo");
        return
        [
            "-hide_banner", "-nostdin", "-v", "error", .. SourceFile.Input(job.SourcePath, job.Media), .. BackgroundFile.Input(background),
            "-filter_complex",
            $"{DubbedSound.Graph(job.Media, DubRenderer.SampleRate)}{Folded(job.Media)},{format}{Turned(job)}[source];"
                + $"[1:a:0]{BackgroundFile.Decoded},aresample={Number(DubRenderer.SampleRate)},{format}{Turned(job)},apad[background];"
                + "[source][background]amerge=inputs=2[both]",
            "-map", "[both]", "-map_metadata", "-1", "-ar", Number(DubRenderer.SampleRate), "-c:a", "pcm_f32le",
            "-t", job.Media.DurationSeconds.ToString("F6", CultureInfo.InvariantCulture), "-f", "f32le", "pipe:1",
        ];
    }

    // Of so many channels ffmpeg has to be told where they stand: it refuses them, or takes them for those of a cinema and leaves some out.
    private static string Folded(SourceMedia media)
    {
        if (media.Audio is not { Layout: null, Channels: > MostPlaced and var channels })
            return "";
        var gain = (1 / Math.Sqrt(channels)).ToString("F4", CultureInfo.InvariantCulture);
        var all = string.Join('+', Enumerable.Range(0, channels).Select(c => $"{gain}*c{Number(c)}"));
        return $",pan=stereo|c0={all}|c1={all}";
    }

    private static string Turned(RenderJob job) => job.TurnsRight ? ",aformat=channel_layouts=stereo,pan=stereo|c0=c0|c1=-1*c1" : "";

    /// <summary>Decodes the result's sound to standard output, as <see cref="Decode"/> does the source's.</summary>
    public static IReadOnlyList<string> DecodeResult(RenderJob job) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", .. SourceFile.Guard, "-i", SourceFile.Local(job.OutputPath), "-map", "0:a:0",
        "-ac", Number(Channels(job.Media)), "-ar", Number(DubRenderer.SampleRate), "-c:a", "pcm_f32le", "-f", "f32le", "pipe:1",
    ];

    /// <summary>Encodes the mix that comes by standard input and joins it to the source's other streams as they are.</summary>
    public static IReadOnlyList<string> Encode(RenderJob job) =>
    [
        "-hide_banner", "-v", "error", "-fflags", "+genpts", .. SourceFile.Input(job.SourcePath, job.Media),
        "-protocol_whitelist", "pipe", "-thread_queue_size", "64", "-f", "f32le", "-ar", Number(DubRenderer.SampleRate),
        "-ac", Number(Channels(job.Media)), "-i", "pipe:0", .. Further(job),
        .. Streams(job),
        "-map_metadata:g", "-1", "-map_metadata:s", "-1", "-map_chapters", "0", "-c",
        "copy", .. PictureArguments.Of(job), .. Sound(job.Media), .. Tags(job.Media), .. Track(job),
        "-metadata:s:a:0", $"language={LanguageCode.ToIso6392(job.Language)}", "-disposition:a:0", "default", .. OtherSound(job.Media),
        .. Endless(job.Media), .. End(job.Media), .. Muxer(job.Media.Container), "-y", SourceFile.Local(job.OutputPath),
    ];

    private static IEnumerable<string> Streams(RenderJob job)
    {
        string[] picture = job.Media.Video is { } video ? [job.PicturePath is null ? Map(video.Index) : "2:v:0"] : [];
        string[] track = job.SubtitlesPath is null ? [] : ["2:s:0"];
        return picture.Append("1:a:0")
            .Concat(job.Media.CarriedStreams.Select(Map))
            .Concat(track)
            .SelectMany(stream => new[] { "-map", stream });
    }

    // What we made ourselves: a picture or a subtitle file, never both.
    private static IEnumerable<string> Further(RenderJob job) => (job.PicturePath, job.SubtitlesPath) switch
    {
        ({ } picture, null) => [.. SourceFile.Guard, "-i", SourceFile.Local(picture)],
        (null, { } subtitles) =>
            ["-protocol_whitelist", "file", "-format_whitelist", Texts(job), "-f", Texts(job), "-i", SourceFile.Local(subtitles)],
        (null, null) => [],
        _ => throw new ArgumentException("Subtitles are a track or in the picture, not both.", nameof(job)),
    };

    // ffmpeg makes WebVTT of other texts without its escapes, so that players hide what stands in angles: it is written by us and copied.
    private static string Texts(RenderJob job) => job.Media.Container is Container.Webm ? "webvtt" : "srt";

    // The last stream: in the language of the dub, and not shown unless it is asked for.
    private static IEnumerable<string> Track(RenderJob job)
    {
        if (job.SubtitlesPath is null)
            return [];
        var stream = Number(job.Media.CarriedStreams.Count + (job.Media.Video is null ? 1 : 2));
        var codec = job.Media.Container switch
        {
            Container.Mp4 or Container.Mov => "mov_text",
            Container.Webm => "copy",
            _ => "srt",
        };
        return
        [
            $"-c:{stream}", codec, $"-metadata:s:{stream}",
            $"language={LanguageCode.ToIso6392(job.Language)}", $"-disposition:{stream}", "0",
        ];
    }

    // Of what a source tells about its streams, only the language, and what a player finds a font by.
    private static IEnumerable<string> Tags(SourceMedia media)
    {
        for (var i = 0; i < media.CarriedStreams.Count; i++)
        {
            foreach (var (name, value) in media.Tags.GetValueOrDefault(media.CarriedStreams[i]) ?? new Dictionary<string, string>())
            {
                yield return $"-metadata:s:{Number(i + (media.Video is null ? 1 : 2))}";
                yield return $"{name}={value}";
            }
        }
    }

    // ffmpeg's AAC encoder adds up to 3 dB to the peaks of loud speech at 128k a channel, now and then, and 0.1 dB at 192k. Of its two ways
    // to choose what to code, the fast one is by its manual the better at such rates; it takes two thirds of the other's time. Looking for
    // what both channels share would take more than twice as long where a voice is in the middle, and saves room that is not needed.
    private static IReadOnlyList<string> Sound(SourceMedia media) => media.Container == Container.Webm
        ? ["-c:a:0", "libopus", "-b:a:0", Channels(media) == 1 ? "96k" : "160k"]
        : ["-c:a:0", "aac", "-aac_coder:a:0", "fast", "-aac_ms:a:0", "0", "-b:a:0", Channels(media) == 1 ? "192k" : "256k"];

    // The tracks that are carried beside the dub stay what they are flagged as, but for the one that plays by itself.
    private static IEnumerable<string> OtherSound(SourceMedia media) => media.CarriedStreams
        .SelectMany(index => media.AudioTracks.Where(t => t.Index == index))
        .SelectMany((track, i) => new[]
        {
            $"-disposition:a:{Number(i + 1)}", string.Join('+', track.Roles.Where(role => role != "default").DefaultIfEmpty("0")),
        });

    // Pictures are stored up to the next one that stands alone, though they are not shown: a copy would show them.
    private static string[] End(SourceMedia media) =>
        media.LeavesEndOut || media.IsOutlasted ? ["-t", media.DurationSeconds.ToString("F6", CultureInfo.InvariantCulture)] : [];

    // One that says that it is shown for longer than the whole stays until the next one. The filter counts in the muxer's milliseconds.
    private static string[] Endless(SourceMedia media) => media is { IsOutlasted: true, Container: Container.Mkv or Container.Webm }
        ? ["-bsf:s", FormattableString.Invariant($"setts=duration='if(gt(DURATION,{media.DurationSeconds * 1000:F0}),0,DURATION)'")]
        : [];

    private static IReadOnlyList<string> Muxer(Container container) => container switch
    {
        Container.Mp4 => ["-movflags", "+faststart", "-f", "mp4"],
        Container.Mov => ["-movflags", "+faststart", "-f", "mov"],
        Container.M4a => ["-movflags", "+faststart", "-f", "ipod"],
        Container.Webm => ["-f", "webm"],
        Container.Mkv => ["-f", "matroska"],
        _ => throw new ArgumentOutOfRangeException(nameof(container), container, null),
    };

    private static string Map(int stream) => string.Create(CultureInfo.InvariantCulture, $"0:{stream}");

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
