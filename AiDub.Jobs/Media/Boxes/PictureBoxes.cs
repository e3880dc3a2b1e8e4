using System.Text;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Jobs.Media.Rendering;

namespace AiDub.Jobs.Media.Boxes;

/// <summary>What cameras and graders write into an MP4 or QuickTime file beside a picture's codec, and muxers leave out.</summary>
internal static class PictureBoxes
{
    // How a picture is to be shown, never who made it or where: Dolby Vision, directions and eyes, light, the part that is seen.
    private static readonly HashSet<string> Kept =
    [
        "dvcC", "dvvC", "dvwC", "hvcE", "avcE", "vvcE", "st3d", "sv3d", "vexu",
        "hfov", "lhvC", "mvcC", "mdcv", "clli", "cclv", "amve", "SmDm", "CoLL", "clap", "reve",
    ];

    // Those that ffprobe does not tell of.
    private static readonly Dictionary<string, string> Records = new()
    {
        ["vexu"] = "spatial_video",
        ["hfov"] = "field_of_view",
        ["lhvC"] = "second_view",
        ["mvcC"] = "second_view",
        ["clap"] = "clean_aperture",
        ["amve"] = "ambient_viewing",
        ["cclv"] = "content_colour_volume",
        ["hvcE"] = "enhancement_layer",
        ["avcE"] = "enhancement_layer",
        ["vvcE"] = "enhancement_layer",
    };

    private const int LargestBox = 64 << 10;

    /// <summary>Adds what the index of a source says of its picture to what is known of it.</summary>
    /// <exception cref="PermanentDubException">It is encrypted (<c>media_encrypted</c>), whether its sound is or not.</exception>
    public static async Task<SourceMedia> AddAsync(string path, SourceMedia media, CancellationToken ct)
    {
        if (media.Video?.Track is not { } track
            || await BoxFile.IndexAsync(path, ct) is not { } index
            || PictureEntry.Find(index.Moov, track) is not { } entry)
            return media;
        if (entry.IsEncrypted)
            throw new PermanentDubException(FailureCode.MediaEncrypted);
        var kept = entry.Boxes.Where(b => Kept.Contains(b.Name) && b.End - b.Start <= LargestBox).DistinctBy(b => b.Name);
        return media with
        {
            PictureBoxes = [.. kept.Select(b => index.Moov[b.Start..b.End])],
            PictureRecords = With(media.PictureRecords, entry),
            PictureChanges = media.PictureChanges || entry.IsOneOfSeveral || entry.Edits.Parts > 1,
            LeavesEndOut = entry.Edits.LeavesEndOut,
        };
    }

    /// <summary>What ffprobe tells of a picture, with what only its sample entry and its track say.</summary>
    public static IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string> records, PictureEntry? entry)
    {
        var all = new Dictionary<string, string>(records);
        if (entry?.Title is { } title)
            all.TryAdd(PictureRecord.Title, title);
        foreach (var box in entry?.Boxes ?? [])
        {
            if (Records.TryGetValue(box.Name, out var record))
                all[record] = "present";
        }
        return all;
    }

    /// <summary>Puts into a result whose picture is a copy what its muxer left out.</summary>
    /// <returns>What the result's index then says of its picture; null when it is of another container.</returns>
    public static async Task<PictureEntry?> PutBackAsync(RenderJob job, CancellationToken ct)
    {
        if (job.Media.Container is not (Container.Mp4 or Container.Mov) || await EntryAsync(job.OutputPath, ct) is not { } entry)
            return null;
        if (job.PicturePath is not null)
            return entry;
        var missing = job.Media.PictureBoxes.Where(b => entry.Boxes.All(there => there.Name != Encoding.Latin1.GetString(b, 4, 4)));
        await BoxFile.AddAsync(job.OutputPath, [.. missing.SelectMany(b => b)], ct);

        // A picture that only Dolby Vision can show is called so (Dolby Vision Streams within the ISO Base Media File Format, 2.1).
        if (job.Media.PictureRecords.GetValueOrDefault(PictureRecord.DolbyVision)?.StartsWith("5.", StringComparison.Ordinal) is true
            && entry.Name is "hvc1" or "hev1")
            await BoxFile.RenameAsync(job.OutputPath, "dvh1", ct);
        return await EntryAsync(job.OutputPath, ct);
    }

    /// <summary>The boxes that say of a picture which was encoded anew in what directions and for which eyes it is.</summary>
    public static IReadOnlyList<byte> OfTheScene(SourceMedia media)
    {
        var own = media.PictureBoxes.Where(b => Encoding.Latin1.GetString(b, 4, 4) is "st3d" or "sv3d").ToList();
        if (own.Count > 0)
            return [.. own.SelectMany(b => b)];
        byte? layout = media.PictureRecords.GetValueOrDefault(PictureRecord.Stereo) switch
        {
            { } told when told.Contains("top_and_bottom", StringComparison.Ordinal) => 1,
            { } told when told.Contains("side_by_side", StringComparison.Ordinal) => 2,
            _ => null,
        };
        var isAllAround = media.PictureRecords.GetValueOrDefault(PictureRecord.Spherical)?.Contains(
            "equirectangular", StringComparison.Ordinal) is true;
        return
        [
            .. layout is { } eyes ? Box.Of("st3d", new byte[4], [eyes]) : [],
            .. isAllAround
                ? Box.Of("sv3d", Box.Of("svhd", new byte[5]), Box.Of("proj", Box.Of("prhd", new byte[16]), Box.Of("equi", new byte[20])))
                : [],
        ];
    }

    private static async Task<PictureEntry?> EntryAsync(string path, CancellationToken ct) =>
        await BoxFile.IndexAsync(path, ct) is { } index ? PictureEntry.Find(index.Moov) : null;
}
