using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiDub.Jobs.Media.Probing;

/// <summary>What <c>ffprobe -show_format -show_streams -of json</c> prints, as far as it is used.</summary>
internal sealed record ProbeReport
{
    [JsonPropertyName("format")]
    public ProbedFormat? Format { get; init; }

    [JsonPropertyName("streams")]
    public IReadOnlyList<ProbedStream> Streams { get; init; } = [];

    /// <summary>The programmes of a broadcast, each with streams of its own; most files have none.</summary>
    [JsonPropertyName("programs")]
    public IReadOnlyList<ProbedProgram> Programs { get; init; } = [];

    [JsonPropertyName("chapters")]
    public IReadOnlyList<ProbedChapter> Chapters { get; init; } = [];

    /// <summary>
    /// Whether a stream is of another programme than a picture: what it says belongs to another picture. Where the picture's own programme
    /// has no sound, none is; one that nobody can hear, as without a key, is its sound too.
    /// </summary>
    public bool IsElsewhere(ProbedStream? picture, ProbedStream stream) =>
        picture is not null
        && Programs.Any(p => p.Has(stream))
        && Programs.Where(p => p.Has(picture)).ToList() is { Count: > 0 } own
        && own.Any(p => Streams.Any(s => s.Type == "audio" && p.Has(s)))
        && !own.Any(p => p.Has(stream));

    /// <summary>
    /// The same, with the language that the file states on its only track of sound, where that states none: MP3, FLAC, WAV, WMA and CAF
    /// have tags for the file alone.
    /// </summary>
    public ProbeReport WithLanguageOfFile()
    {
        const string language = "language";
        if (Format?.Tags.GetValueOrDefault(language) is not { } told || Streams.Where(s => s.Type == "audio").ToList() is not [var only])
            return this;
        // Several are spoken one after the other, or nobody knows where; on a track they would be those of its channels.
        if (only.Tags.GetValueOrDefault(language) is not (null or "" or "und") || told.AsSpan().ContainsAny(',', ';'))
            return this;
        var tags = new Dictionary<string, string>(only.Tags) { [language] = told };
        return this with { Streams = [.. Streams.Select(s => s == only ? only with { Tags = tags } : s)] };
    }

    /// <summary>The same tags, found by their names in any case; of two that differ by it alone the first counts.</summary>
    internal static IReadOnlyDictionary<string, string> OfAnyCase(IReadOnlyDictionary<string, string>? tags)
    {
        var named = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in tags ?? named)
            named.TryAdd(name, value);
        return named;
    }
}

/// <summary>A programme of a broadcast.</summary>
internal sealed record ProbedProgram
{
    [JsonPropertyName("streams")]
    public IReadOnlyList<ProbedStream> Streams { get; init; } = [];

    public bool Has(ProbedStream stream) => Streams.Any(s => s.Index == stream.Index);
}

/// <summary>A chapter.</summary>
internal sealed record ProbedChapter
{
    [JsonPropertyName("end_time")]
    public string? EndTime { get; init; }
}

/// <summary>A container.</summary>
internal sealed record ProbedFormat
{
    [JsonPropertyName("format_name")]
    public string Name { get; init; } = "";

    [JsonPropertyName("start_time")]
    public string? StartTime { get; init; }

    [JsonPropertyName("duration")]
    public string? Duration { get; init; }

    /// <summary>By names whose case does not matter: programs that write Ogg, FLAC and Matroska differ in it.</summary>
    [JsonPropertyName("tags")]
    public IReadOnlyDictionary<string, string> Tags { get; init => field = ProbeReport.OfAnyCase(value); } = ProbeReport.OfAnyCase(null);

    /// <summary>The stamp at which it begins, in seconds; null when it is not known.</summary>
    [JsonIgnore]
    public double? Start =>
        double.TryParse(StartTime, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds)
            ? seconds
            : null;

    /// <summary>Whether it is one of the containers that a demuxer name stands for.</summary>
    public bool Is(string name) => Name.Split(',').Contains(name);
}

/// <summary>A stream.</summary>
internal sealed record ProbedStream
{
    [JsonPropertyName("index")]
    public int Index { get; init; }

    [JsonPropertyName("codec_type")]
    public string Type { get; init; } = "unknown";

    [JsonPropertyName("codec_name")]
    public string? CodecName { get; init; }

    [JsonPropertyName("codec_tag_string")]
    public string? Tag { get; init; }

    [JsonPropertyName("channels")]
    public int Channels { get; init; }

    [JsonPropertyName("channel_layout")]
    public string? ChannelLayout { get; init; }

    [JsonPropertyName("sample_rate")]
    public string? SampleRate { get; init; }

    /// <summary>Of what its decoder is told at first; null where that was not asked for, or where it is told nothing.</summary>
    [JsonPropertyName("extradata_hash")]
    public string? ExtradataHash { get; init; }

    [JsonPropertyName("width")]
    public int Width { get; init; }

    [JsonPropertyName("height")]
    public int Height { get; init; }

    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("pix_fmt")]
    public string? PixelFormat { get; init; }

    [JsonPropertyName("color_range")]
    public string? ColorRange { get; init; }

    [JsonPropertyName("color_space")]
    public string? ColorSpace { get; init; }

    [JsonPropertyName("color_transfer")]
    public string? ColorTransfer { get; init; }

    [JsonPropertyName("color_primaries")]
    public string? ColorPrimaries { get; init; }

    [JsonPropertyName("field_order")]
    public string? FieldOrder { get; init; }

    [JsonPropertyName("sample_aspect_ratio")]
    public string? SampleAspectRatio { get; init; }

    [JsonPropertyName("nb_frames")]
    public string? Frames { get; init; }

    [JsonPropertyName("start_time")]
    public string? StartTime { get; init; }

    [JsonPropertyName("duration")]
    public string? Duration { get; init; }

    [JsonPropertyName("avg_frame_rate")]
    public string? AverageFrameRate { get; init; }

    [JsonPropertyName("r_frame_rate")]
    public string? RealFrameRate { get; init; }

    [JsonPropertyName("disposition")]
    public IReadOnlyDictionary<string, int> Disposition { get; init; } = new Dictionary<string, int>();

    /// <summary>By names whose case does not matter: programs that write Ogg, FLAC and Matroska differ in it.</summary>
    [JsonPropertyName("tags")]
    public IReadOnlyDictionary<string, string> Tags { get; init => field = ProbeReport.OfAnyCase(value); } = ProbeReport.OfAnyCase(null);

    [JsonPropertyName("side_data_list")]
    public IReadOnlyList<JsonElement> SideData { get; init; } = [];

    public bool HasCodec => CodecName is not (null or "" or "unknown" or "none");

    /// <summary>Whether it makes a source's length: sound, and a picture other than a cover.</summary>
    public bool IsTimed => Type == "audio" || (Type == "video" && !IsCover);

    /// <summary>Whether it can be copied into another file: not what is data, and not a cover, which few containers know.</summary>
    public bool CanBeCopied => HasCodec && !IsCover && Type is "video" or "audio" or "subtitle" or "attachment";

    public bool IsDefault => Disposition.GetValueOrDefault("default") == 1;

    public bool IsCover => Disposition.GetValueOrDefault("attached_pic") == 1 || Disposition.GetValueOrDefault("timed_thumbnails") == 1;
}
