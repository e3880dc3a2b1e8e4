using System.Globalization;
using System.Text.Json;
using AiDub.Domain.Errors;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Writes a file anew in which several were joined byte by byte: demuxers read the first one only, or, of Matroska and WebM, the head of
/// the first one, and decode the others by it. It becomes a transport stream, which may change.
/// </summary>
internal sealed class JoinedRelay(ToolRunner tools)
{
    private const string Matroska = "matroska";
    private static readonly TimeSpan LookTimeout = TimeSpan.FromMinutes(2);
    private static readonly HashSet<string> CarriedPictures = ["h264", "hevc", "mpeg2video"];
    private static readonly HashSet<string> CarriedSounds = ["aac", "mp2", "mp3", "ac3", "eac3"];

    // Whatever the head says, what these need to be decoded comes with every picture that stands alone, and with every frame of FLAC.
    private static readonly HashSet<string> SelfTelling = ["vp8", "vp9", "av1", "flac"];

    // With one or two channels, what a head of Opus says beside them is of where it came from.
    private const int SimpleOpusChannels = 2;
    private readonly PartRelay _parts = new(tools);

    /// <summary>Writes it anew where another file follows that would be lost, or decoded as what it is not.</summary>
    /// <param name="path">The source; it is replaced when it is written anew.</param>
    /// <param name="report">What ffprobe says of it.</param>
    /// <param name="limits">What each of them may have at most.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <returns>What was written, which is nothing where the others stay lost; null: the source is one file, or is read as one.</returns>
    /// <exception cref="PermanentDubException">A file in it has more than it may, such as <c>media_pixels</c>.</exception>
    public async Task<JoinedFiles?> LayAsync(
        string path, ProbeReport report, SourceOptions limits, string scratch, CancellationToken ct)
    {
        var isReadOn = report.Format!.Is(Matroska);
        if ((isReadOn ? Matroska : FollowingFiles.Kind(report.Format)) is not { } kind)
            return null;
        var places = isReadOn
            ? await MatroskaParts.StartsAsync(path, PartRelay.MostParts, ct)
            : await FollowingFiles.StartsAsync(path, kind, PartRelay.MostParts, ct);
        if (places.Count == 0)
            return null;
        var laid = places.Count <= PartRelay.MostParts && await HeadsAsync(path, kind, places, scratch, ct) is { } heads
            ? await LayAsync(path, kind, places, heads, limits, scratch, ct)
            : null;
        return laid ?? (isReadOn ? null : JoinedFiles.None);
    }

    private async Task<JoinedFiles?> LayAsync(
        string path, string kind, IReadOnlyList<long> places, IReadOnlyList<ProbeReport> heads, SourceOptions limits, string scratch,
        CancellationToken ct)
    {
        // The first may be without a picture, or without sound, which a file behind it has.
        var fullest = heads.FirstOrDefault(h => Pictures(h).Any() && Sounds(h).Any());
        var ofPicture = fullest ?? heads.FirstOrDefault(h => Pictures(h).Any()) ?? heads[0];
        var ofSound = fullest ?? heads.FirstOrDefault(h => Sounds(h).Any()) ?? heads[0];
        var laid = new JoinedFiles(
            [.. Pictures(ofPicture).Take(1), .. Sounds(ofSound)],
            ofPicture == heads[0] && ofSound == heads[0],
            Differ(heads, h => Pictures(h).Take(1)),
            Differ(heads, h => Sounds(h).Take(Sounds(ofSound).Count())));
        if (kind == Matroska && !laid.PictureDiffers && !laid.SoundDiffers)
            return null;

        // Where a stream begins that the first does not have is known from how long those before it last.
        if (!laid.AreOfFirst && heads.SkipLast(1).Any(h => h.Format!.Duration is null))
            return null;
        foreach (var head in heads)
            SourceLimits.CheckSize(head, limits);
        var encodes = heads.Select(h => Pictures(h).FirstOrDefault()?.CodecName).Distinct().ToList() is not [var only]
            || !CarriedPictures.Contains(only ?? "")
            || heads.SelectMany(h => Pictures(h).Take(1)).Any(IsTurned);
        var decodes = laid.SoundDiffers || heads.SelectMany(Sounds).Any(s => !CarriedSounds.Contains(s.CodecName ?? ""));

        // Some profiles of AAC are for files alone. What cannot be written at all stays as it is.
        foreach (var decodesSound in new[] { decodes, true }.Distinct())
        {
            try
            {
                await WriteAsync(decodesSound);
                return laid with { PictureDiffers = laid.PictureDiffers || (encodes && laid.Streams.Any(s => s.Type == "video")) };
            }
            catch (PermanentDubException e) when (e.Code == FailureCode.ClockBroken)
            {
            }
        }
        return null;

        async Task WriteAsync(bool decodesSound)
        {
            var (number, starts) = (0, Starts(heads, laid.AreOfFirst));
            await _parts.LayAsync(
                path,
                kind,
                places,
                (source, part) => Task.FromResult(
                    Arguments(source, laid.Streams, heads[number], starts[number++], encodes, decodesSound, part)),
                "picture or sound",
                scratch,
                ct);
        }
    }

    // A transport stream cannot say that its picture is to be turned; what is encoded is turned.
    private static bool IsTurned(ProbedStream picture) => picture.SideData.Any(
        side => side.TryGetProperty("side_data_type", out var type) && type.ValueEquals("Display Matrix"));

    private static IEnumerable<ProbedStream> Pictures(ProbeReport report) =>
        report.Streams.Where(s => s is { Type: "video", HasCodec: true, IsCover: false });

    private static IEnumerable<ProbedStream> Sounds(ProbeReport report) =>
        report.Streams.Where(s => s is { Type: "audio", HasCodec: true });

    private static bool Differ(IEnumerable<ProbeReport> heads, Func<ProbeReport, IEnumerable<ProbedStream>> streams) =>
        heads.Select(h => string.Join('\n', streams(h).Select(Told))).Distinct().Count() > 1;

    // At which stamp each begins: late enough for pictures that are decoded early. What restarts is laid on when clocks are read, but a
    // stream that comes new with a restart is not known to be behind it.
    private static double[] Starts(IReadOnlyList<ProbeReport> heads, bool canRestart) =>
    [
        .. heads.Select((_, i) => 10 + (canRestart ? 0 : heads.Take(i).Sum(h => SourceMediaReader.Number(h.Format!.Duration) ?? 0))),
    ];

    private static string Told(ProbedStream stream) => stream switch
    {
        { CodecName: "opus", Channels: <= SimpleOpusChannels } => "opus",
        { CodecName: var codec } when SelfTelling.Contains(codec!) =>
            FormattableString.Invariant($"{codec} {stream.Channels} {stream.SampleRate}"),
        _ => FormattableString.Invariant(
            $"{stream.CodecName} {stream.ExtradataHash} {stream.Width} {stream.Height} {stream.Channels} {stream.SampleRate}"),
    };

    // Null where one of them is no file: then all is as one file to a demuxer.
    private async Task<IReadOnlyList<ProbeReport>?> HeadsAsync(
        string path, string kind, IReadOnlyList<long> starts, string scratch, CancellationToken ct)
    {
        var heads = new List<ProbeReport>();
        long[] ends = [.. starts, new FileInfo(path).Length];
        for (var (i, from) = (0, 0L); i < ends.Length; from = ends[i++])
        {
            string[] arguments =
            [
                "-v", "error", .. SourceFile.Part(path, kind, from, ends[i]),
                "-show_format", "-show_streams", "-show_data_hash", "md5", "-of", "json",
            ];
            try
            {
                var told = await tools.RunAsync(new ToolCommand("ffprobe", arguments, scratch) { Timeout = LookTimeout }, ct);
                heads.Add(JsonSerializer.Deserialize<ProbeReport>(told.StandardOutput)!);
            }
            catch (Exception e) when (e is JsonException || (e is ToolFailedException failed && ClockRepair.IsTheSources(failed)))
            {
                return null;
            }
        }
        return heads;
    }

    /// <summary>Writes one file; pure.</summary>
    /// <param name="source">The options that open it.</param>
    /// <param name="streams">The streams that are written of all, as one of them has them.</param>
    /// <param name="head">What this one has.</param>
    /// <param name="start">The stamp at which it begins, in seconds.</param>
    /// <param name="encodes">Whether its picture is encoded as H.264.</param>
    /// <param name="decodes">Whether its sound becomes PCM.</param>
    /// <param name="part">The file to write.</param>
    /// <remarks>Each stream has the same number in all of them.</remarks>
    internal static IReadOnlyList<string> Arguments(
        IReadOnlyList<string> source, IReadOnlyList<ProbedStream> streams, ProbeReport head, double start, bool encodes, bool decodes,
        string part)
    {
        var (picture, sounds) = (Pictures(head).FirstOrDefault(), Sounds(head).ToList());
        var (copied, hasPicture) = (new List<(int Stream, int Number)>(), streams is [{ Type: "video" }, ..]);
        foreach (var (place, stream) in streams.Index())
        {
            if (stream.Type == "video" && picture is not null)
                copied.Add((picture.Index, place));
            else if (stream.Type == "audio" && place - (hasPicture ? 1 : 0) is var at && at < sounds.Count)
                copied.Add((sounds[at].Index, place));
        }
        return
        [
            "-hide_banner", "-nostdin", "-v", "error", "-copyts", .. source,
            .. copied.SelectMany((c, i) => new[] { "-map", $"0:{Text(c.Stream)}", "-streamid", $"{Text(i)}:{Text(0x100 + c.Number)}" }),
            "-c", "copy", "-copyinkf",
            .. encodes && picture is not null && hasPicture
                ? TransportRelay.Encoded(0, new TransportRelay.PartPicture(false, picture.FieldOrder is "tt" or "bb" or "tb" or "bt"))
                : [],
            .. decodes ? TransportRelay.Pcm : [],
            "-output_ts_offset", start.ToString("F3", CultureInfo.InvariantCulture),
            "-muxdelay", "0", "-muxpreload", "0", "-f", "mpegts", "-y", SourceFile.Local(part),
        ];
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
