namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// Which of a source's pictures is the one that is watched: the moving one, not a cover, a preview or a slide that comes first; pure.
/// </summary>
internal static class MainPicture
{
    // A preview has less than a quarter of the film's pixels, or shows less than half of it.
    private const double PreviewPixels = 0.25;
    private const double PreviewSeconds = 0.5;
    private const double SlidesPerSecond = 0.5;
    private static readonly HashSet<string> StillImages = ["png", "bmp", "tiff", "webp", "gif", "jpeg2000", "pgm", "ppm", "svg"];

    /// <summary>The main one of a source's pictures; null when there is none.</summary>
    public static ProbedStream? Of(IReadOnlyList<ProbedStream> pictures)
    {
        // What is moving is known by comparison only: a file of slides with speech over them is a film too.
        var moving = Narrowed(pictures, p => !IsStill(p));
        var films = Narrowed(moving, p => p.CodecName is not "mjpeg");
        var longest = films.Select(Seconds).Append(0).Max();
        films = Narrowed(films, p => Seconds(p) is 0 || Seconds(p) >= longest * PreviewSeconds);
        var largest = films.Select(Pixels).Append(0).Max();
        return Narrowed(films, p => Pixels(p) > largest * PreviewPixels).OrderBy(p => p.IsDefault ? 0 : 1).FirstOrDefault();
    }

    private static List<ProbedStream> Narrowed(IReadOnlyList<ProbedStream> all, Func<ProbedStream, bool> kept) =>
        all.Where(kept).ToList() is { Count: > 0 } some ? some : [.. all];

    private static bool IsStill(ProbedStream picture) =>
        picture.Disposition.GetValueOrDefault("still_image") == 1
        || picture.Frames == "1"
        || StillImages.Contains(picture.CodecName!)
        || SourceMediaReader.Ratio(picture.AverageFrameRate) is > 0 and < SlidesPerSecond;

    private static double Pixels(ProbedStream picture) => (double)picture.Width * picture.Height;

    // Matroska tells a stream's length in a tag, as 00:01:02.003000000.
    private static double Seconds(ProbedStream picture) => SourceMediaReader.Number(picture.Duration)
        ?? (picture.Tags.FirstOrDefault(t => t.Key.StartsWith("DURATION", StringComparison.OrdinalIgnoreCase)).Value?.Split(':')
            is [var hours, var minutes, var seconds]
            ? (SourceMediaReader.Number(hours) * 3600) + (SourceMediaReader.Number(minutes) * 60) + SourceMediaReader.Number(seconds)
            : null)
        ?? 0;
}
