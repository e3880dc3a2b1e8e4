namespace AiDub.Domain.Media;

/// <summary>What a source was found to be.</summary>
public sealed record SourceMedia
{
    /// <summary>The container the result is written in.</summary>
    public required Container Container { get; init; }

    /// <summary>How long it lasts, in seconds; more than 0.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>
    /// The time stamp at which it begins, in seconds; what is called time 0 of the source everywhere else. May be negative.
    /// </summary>
    public double StartSeconds { get; init; }

    /// <summary>Where its clock restarted, stepped back or jumped and was put right, in seconds from where it begins.</summary>
    public IReadOnlyList<double> ClockRepairs { get; init; } = [];

    /// <summary>How many bytes it began with that are no media; they are no part of it any more.</summary>
    public int LeadingBytes { get; init; }

    /// <summary>How much of it is there, where it broke off; null where all of it is.</summary>
    public CutShort? CutShort { get; init; }

    /// <summary>The picture; null when there is only sound.</summary>
    public VideoStream? Video { get; init; }

    /// <summary>What the source says of that picture, by the names of <see cref="PictureRecord"/>.</summary>
    public IReadOnlyDictionary<string, string> PictureRecords { get; init; } = new Dictionary<string, string>();

    /// <summary>The boxes of MP4 and QuickTime in which it says that, byte for byte.</summary>
    public IReadOnlyList<byte[]> PictureBoxes { get; init; } = [];

    /// <summary>The speech that is dubbed: of several audio tracks the one that <see cref="Dubbing"/> named last.</summary>
    public required AudioStream Audio { get; init; }

    /// <summary>All audio tracks that can be decoded, in order; empty in records of before they were kept.</summary>
    public IReadOnlyList<AudioStream> AudioTracks { get; init; } = [];

    /// <summary>The tracks that may be dubbed, the most likely first, with why; empty before one was chosen.</summary>
    public IReadOnlyList<SourceAudio> Choices { get; init; } = [];

    /// <summary>Why <see cref="Audio"/> is what is dubbed; null when nobody chose.</summary>
    public SourceAudio? SourceAudio => Choices.FirstOrDefault(c => c.Index == Audio.Number);

    /// <summary>The other streams that the result's container can carry, by their index in the source.</summary>
    public IReadOnlyList<int> CarriedStreams { get; init; } = [];

    /// <summary>
    /// The tags that carried streams keep, by the stream's index in the source: their language and title, and a font's name and type.
    /// </summary>
    public IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> Tags { get; init; } =
        new Dictionary<int, IReadOnlyDictionary<string, string>>();

    /// <summary>
    /// Whether its picture changes its size, its codec or the form of its pixels on the way, or is put together from parts of what is
    /// stored: no result can say that of a copy, so it is encoded anew.
    /// </summary>
    public bool PictureChanges { get; init; }

    /// <summary>Whether more of its picture is stored than is shown: its end was cut off by an edit list.</summary>
    public bool LeavesEndOut { get; init; }

    /// <summary>
    /// Whether there are chapters behind its end, as of a recording that was cut after they were written, or subtitles far behind it, as
    /// those whose own end nobody knew: a result would be as long as they are.
    /// </summary>
    public bool IsOutlasted { get; init; }

    /// <summary>
    /// Whether it has a picture of which nothing can be seen, as a piece of a broadcast that has none that stands alone: it is sound only.
    /// </summary>
    public bool PictureIsLeftOut { get; init; }

    /// <summary>Whether other files follow in it, joined byte by byte, that could not be laid on: it is the first alone.</summary>
    public bool LeavesFilesOut { get; init; }

    /// <summary>Whether parts of it are to be shown slower or faster than they were recorded, and are not.</summary>
    public bool IgnoresSpeeds { get; init; }

    /// <summary>
    /// What is left out because the container cannot carry it, by type and codec: <c>subtitle/dvd_subtitle</c>, or <c>chapters</c>.
    /// </summary>
    public IReadOnlyList<string> DroppedStreams { get; init; } = [];

    /// <summary>
    /// The source with another track to dub; the others are carried beside it, before its further streams, where the container can.
    /// </summary>
    public SourceMedia Dubbing(AudioStream track) => this with
    {
        Audio = track,
        CarriedStreams =
        [
            .. AudioTracks.Where(t => t.CanBeCarried && IsBeside(t, track)).Select(t => t.Index),
            .. CarriedStreams.Except(AudioTracks.Select(t => t.Index)),
        ],
    };

    /// <summary>The audio tracks that a result does not hold.</summary>
    public IEnumerable<AudioStream> AudioLeftOut() =>
        AudioTracks.Where(t => IsBeside(t, Audio) && !CarriedStreams.Contains(t.Index));

    // Of a track of two languages the other one stays beside the dub of the one.
    private static bool IsBeside(AudioStream track, AudioStream dubbed) =>
        (track.Index != dubbed.Index || dubbed.Channel is not null) && track.Index != dubbed.RightIndex;
}

/// <summary>A picture stream.</summary>
/// <param name="Index">Its index in the source.</param>
/// <param name="Codec">As ffprobe names it.</param>
/// <param name="FrameSeconds">The length of one frame in seconds; 0 when it is not known.</param>
public sealed record VideoStream(int Index, string Codec, double FrameSeconds)
{
    /// <summary>How its pixels are stored, as ffmpeg names it, such as <c>yuv420p10le</c>; null when it is not known.</summary>
    public string? PixelFormat { get; init; }

    /// <summary>Its width in pixels as stored; 0 when it is not known.</summary>
    public int Width { get; init; }

    /// <summary>Its height in pixels as stored; 0 when it is not known.</summary>
    public int Height { get; init; }

    /// <summary>The number of its track in the index of MP4 and QuickTime; null for other containers.</summary>
    public int? Track { get; init; }
}

/// <summary>What there is of a source that broke off.</summary>
/// <param name="PromisedSeconds">How long it says that it is.</param>
/// <param name="Seconds">How long what there is lasts, picture and sound together.</param>
/// <param name="PictureSeconds">When its picture ends; null when there is only sound.</param>
/// <param name="SoundSeconds">When its sound ends.</param>
public sealed record CutShort(double PromisedSeconds, double Seconds, double? PictureSeconds, double SoundSeconds);

/// <summary>The containers that results are written in.</summary>
public enum Container
{
    /// <summary>MPEG-4 (also for 3GP sources).</summary>
    Mp4,

    /// <summary>QuickTime.</summary>
    Mov,

    /// <summary>Matroska (also for sources in containers that are not written, such as AVI).</summary>
    Mkv,

    /// <summary>WebM.</summary>
    Webm,

    /// <summary>MPEG-4 audio: the source has no picture.</summary>
    M4a,
}

/// <summary>How files of a container are named and served.</summary>
public static class ContainerNames
{
    /// <summary>The extension, with the dot.</summary>
    public static string Extension(this Container container) => "." + container.ToString().ToLowerInvariant();

    /// <summary>The media type.</summary>
    public static string ContentType(this Container container) => container switch
    {
        Container.Mp4 => "video/mp4",
        Container.Mov => "video/quicktime",
        Container.Mkv => "video/x-matroska",
        Container.Webm => "video/webm",
        Container.M4a => "audio/mp4",
        _ => throw new ArgumentOutOfRangeException(nameof(container), container, null),
    };
}
