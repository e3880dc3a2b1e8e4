using System.Globalization;

namespace AiDub.Domain.Media;

/// <summary>
/// What a file says of its picture beside codec and size: names, and how a source's records are held against those of its result.
/// </summary>
/// <remarks>Records of a kind that is not named here have the name that ffprobe gives them, in lower case with underscores.</remarks>
public static class PictureRecord
{
    /// <summary>Dolby Vision: profile and the picture that others see, <c>8.4</c>.</summary>
    public const string DolbyVision = "dolby_vision";

    /// <summary>How a picture of all directions is laid out.</summary>
    public const string Spherical = "spherical";

    /// <summary>Where the pictures of the two eyes are.</summary>
    public const string Stereo = "stereo_3d";

    /// <summary>The display that it was graded on (SMPTE ST 2086).</summary>
    public const string Mastering = "mastering_display";

    /// <summary>The brightest pixel and frame (CTA-861.3), in cd/m².</summary>
    public const string ContentLight = "content_light";

    /// <summary>By how many degrees it is turned to be shown.</summary>
    public const string Rotation = "rotation";

    /// <summary>Which red, green and blue.</summary>
    public const string Primaries = "color_primaries";

    /// <summary>What a number means in light: <c>smpte2084</c> is PQ, <c>arib-std-b67</c> HLG.</summary>
    public const string Transfer = "color_transfer";

    /// <summary>How colour and brightness are told apart.</summary>
    public const string Matrix = "color_matrix";

    /// <summary><c>pc</c> where all numbers are used.</summary>
    public const string Range = "color_range";

    /// <summary>The shape of a pixel that is not square, <c>16:15</c>.</summary>
    public const string SampleAspect = "sample_aspect_ratio";

    /// <summary>The part that a player shows, <c>1920:800:0:140</c>: its width and height, and how much is left out before it.</summary>
    public const string ShownPart = "shown_part";

    /// <summary>Which field comes first, where it is interlaced.</summary>
    public const string FieldOrder = "field_order";

    /// <summary>The clock at its first frame, <c>01:02:03:04</c>.</summary>
    public const string Timecode = "timecode";

    /// <summary>The title of its stream.</summary>
    public const string Title = "title";

    /// <summary>The language of its stream.</summary>
    public const string Language = "language";

    /// <summary>Whether it can be seen through.</summary>
    public const string Alpha = "alpha_mode";

    // Chromaticities are stored as parts of 50,000 or as floats.
    private const double Relative = 0.005;
    private const double Absolute = 0.0005;

    /// <summary>The names of what a source says and its result does not, or says otherwise; in order.</summary>
    public static IReadOnlyList<string> Lost(IReadOnlyDictionary<string, string> source, IReadOnlyDictionary<string, string> result) =>
    [
        .. source.Where(told => !(result.TryGetValue(told.Key, out var kept) && Agree(told.Value, kept)))
            .Select(told => told.Key)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether it is shown on its side: turned by a right angle.</summary>
    public static bool IsTurned(IReadOnlyDictionary<string, string> records) =>
        Number(records.GetValueOrDefault(Rotation) ?? "") is { } degrees && Math.Abs(degrees % 180) is > 45 and < 135;

    /// <summary>What is to be said of a picture once it was turned upright: of its pixels width and height change places.</summary>
    public static IReadOnlyDictionary<string, string> Upright(IReadOnlyDictionary<string, string> records) =>
        IsTurned(records) && records.GetValueOrDefault(SampleAspect)?.Split(':') is [var width, var height]
            ? new Dictionary<string, string>(records) { [SampleAspect] = $"{height}:{width}" }
            : records;

    private static bool Agree(string told, string kept)
    {
        if (string.Equals(told, kept, StringComparison.Ordinal))
            return true;
        if (Ratio(told) is { } shape && Ratio(kept) is { } other)
            return Math.Abs(shape - other) <= shape * Relative;
        var (before, after) = (told.Split(' '), kept.Split(' '));
        return before.Length == after.Length && before.Zip(after).All(pair => pair.First == pair.Second
            || (Number(pair.First) is { } first
                && Number(pair.Second) is { } second
                && Math.Abs(first - second) <= Math.Max(Absolute, Math.Abs(first) * Relative)));
    }

    // The shape of a pixel, which filters round.
    private static double? Ratio(string text) =>
        text.Split(':') is [var over, var under] && Number(over) is { } n && Number(under) is > 0 and var d ? n / d : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
