using System.Numerics;
using AiDub.Domain.Media;

namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// The part of a Matroska picture that players show: at its edges some may be left out, as black bars that somebody hid without encoding
/// anew (RFC 9559, 5.1.4.1.28). ffmpeg reads nothing of that, and takes the shape of what is shown for that of what is stored.
/// </summary>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels.</param>
/// <param name="Left">How many pixels are left out at its left.</param>
/// <param name="Top">How many pixels are left out above it.</param>
/// <param name="Shape">The shape of its pixels, such as <c>16:15</c>; null where the file does not say.</param>
internal sealed record PixelCrop(int Width, int Height, int Left, int Top, string? Shape)
{
    private const long Segment = 0x18538067;
    private const long Tracks = 0x1654AE6B;
    private const long Cluster = 0x1F43B675;
    private const long Track = 0xAE;
    private const long Kind = 0x83;
    private const long Video = 0xE0;
    private const long StoredWidth = 0xB0;
    private const long StoredHeight = 0xBA;
    private const long ShownWidth = 0x54B0;
    private const long ShownHeight = 0x54BA;
    private const long Unit = 0x54B2;
    private const long LeftOutBelow = 0x54AA;
    private const long LeftOutAbove = 0x54BB;
    private const long LeftOutLeft = 0x54CC;
    private const long LeftOutRight = 0x54DD;
    private const int UnitUnknown = 4;

    // The name of an element and its size.
    private const int ElementHead = 12;
    private const int MostElements = 64;
    private const int MostBytes = 1 << 20;

    /// <summary>What is shown of each picture of a file, in their order; null: all of it. None of files of other kinds.</summary>
    public static async Task<IReadOnlyList<PixelCrop?>> OfAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        if (!(await SoundBehind.ReadAsync(file, 0, 4, ct)).AsSpan().SequenceEqual((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return [];
        var at = 0L;
        for (var i = 0; i < MostElements; i++)
        {
            var head = await SoundBehind.ReadAsync(file, at, ElementHead, ct);
            var length = 0;
            if (!EbmlHead.TryReadNumber(head, ref length, keepMarker: true, out var id)
                || !EbmlHead.TryReadNumber(head, ref length, keepMarker: false, out var size)
                || id == Cluster)
                return [];
            at += length;
            if (id == Tracks)
                return Of(await SoundBehind.ReadAsync(file, at, (int)Math.Min(size, MostBytes), ct));
            at += id == Segment ? 0 : size;
        }
        return [];
    }

    /// <summary>The same of all that a file says of its tracks; pure.</summary>
    public static IReadOnlyList<PixelCrop?> Of(ReadOnlySpan<byte> tracks)
    {
        var pictures = new List<PixelCrop?>();
        foreach (var track in EbmlElement.In(tracks, 0, tracks.Length).Where(e => e.Id == Track))
        {
            if (track.Number(tracks, Kind) == 1)
                pictures.Add(track.Child(tracks, Video) is { } video ? OfVideo(tracks, video) : null);
        }
        return pictures;
    }

    /// <summary>The source with nothing but this of its picture, which has to be encoded anew for it.</summary>
    public SourceMedia Of(SourceMedia media)
    {
        if (media.Video is not { } video || Left + Width > video.Width || Top + Height > video.Height)
            return media;
        var records = new Dictionary<string, string>(media.PictureRecords)
        {
            [PictureRecord.ShownPart] = FormattableString.Invariant($"{Width}:{Height}:{Left}:{Top}"),
        };
        if (Shape is not null)
            records[PictureRecord.SampleAspect] = Shape;
        if (Shape == "1:1")
            records.Remove(PictureRecord.SampleAspect);
        return media with { Video = video with { Width = Width, Height = Height }, PictureRecords = records, PictureChanges = true };
    }

    private static PixelCrop? OfVideo(ReadOnlySpan<byte> bytes, EbmlElement video)
    {
        var (left, top) = (video.Number(bytes, LeftOutLeft) ?? 0, video.Number(bytes, LeftOutAbove) ?? 0);
        var width = (video.Number(bytes, StoredWidth) ?? 0L) - left - (video.Number(bytes, LeftOutRight) ?? 0);
        var height = (video.Number(bytes, StoredHeight) ?? 0L) - top - (video.Number(bytes, LeftOutBelow) ?? 0);
        if (width <= 0 || height <= 0 || (width == video.Number(bytes, StoredWidth) && height == video.Number(bytes, StoredHeight)))
            return null;
        var ((shownLeft, shownWidth), (shownTop, shownHeight)) = (Whole(left, width), Whole(top, height));
        return shownWidth > 0 && shownHeight > 0
            ? new PixelCrop(shownWidth, shownHeight, shownLeft, shownTop, ShapeOf(bytes, video, width, height))
            : null;
    }

    // Colour is stored for two by two pixels: of a line that is shown by half nothing is, or what is left out would be seen.
    private static (int From, int Length) Whole(int from, long length) =>
        ((from + 1) / 2 * 2, (int)(((from + length) / 2 - (from + 1) / 2) * 2));

    // What is shown has the size of what is not left out where the file states none (5.1.4.1.28.12).
    private static string? ShapeOf(ReadOnlySpan<byte> bytes, EbmlElement video, long width, long height)
    {
        var (shownWidth, shownHeight) = (video.Number(bytes, ShownWidth), video.Number(bytes, ShownHeight));
        if ((shownWidth ?? shownHeight) is null or 0 || video.Number(bytes, Unit) == UnitUnknown)
            return null;
        var (over, under) = ((shownWidth ?? width) * height, (shownHeight ?? height) * width);
        var divisor = (long)BigInteger.GreatestCommonDivisor(over, under);
        return divisor == 0 ? null : FormattableString.Invariant($"{over / divisor}:{under / divisor}");
    }
}
