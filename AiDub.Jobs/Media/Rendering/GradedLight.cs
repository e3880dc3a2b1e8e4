using System.Globalization;
using System.Text.Json;
using AiDub.Jobs.Media.Boxes;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>The display that a picture was graded on and its brightest lights, as ffprobe tells of them; pure.</summary>
/// <param name="Mastering">Chromaticities as parts of 50,000 for green, blue, red and white, then the most and the least light in parts of
/// 10,000 cd/m²; null when it is not known.</param>
/// <param name="Content">The brightest pixel and the brightest frame in cd/m²; null when they are not known.</param>
internal sealed record GradedLight(IReadOnlyList<int>? Mastering, IReadOnlyList<int>? Content)
{
    private const int Chromaticity = 50_000;
    private const int Luminance = 10_000;
    private static readonly string[] Places =
    [
        "green_x", "green_y", "blue_x", "blue_y", "red_x", "red_y", "white_point_x",
        "white_point_y",
    ];

    /// <summary>What it is in x265's words.</summary>
    public IEnumerable<string> X265
    {
        get
        {
            if (Mastering is { } m)
                yield return FormattableString.Invariant(
                    $"master-display=G({m[0]},{m[1]})B({m[2]},{m[3]})R({m[4]},{m[5]})WP({m[6]},{m[7]})L({m[8]},{m[9]})");
            if (Content is { } c)
                yield return FormattableString.Invariant($"max-cll={c[0]},{c[1]}");
        }
    }

    /// <summary>What it is in MP4's boxes <c>mdcv</c> and <c>clli</c> (ISO/IEC 14496-12, 12.1.5).</summary>
    public byte[] Boxes =>
    [
        .. Mastering is { } m ? Box.Of("mdcv", [.. m.Take(8).SelectMany(v => Bytes(v, 2)), .. m.Skip(8).SelectMany(v => Bytes(v, 4))]) : [],
        .. Content is { } c ? Box.Of("clli", [.. c.SelectMany(v => Bytes(v, 2))]) : [],
    ];

    /// <summary>
    /// Reads the report of <c>ffprobe -show_streams -show_frames</c>: what the stream says, else what its first frame says; null when
    /// neither does.
    /// </summary>
    public static GradedLight? Read(string json)
    {
        using var report = JsonDocument.Parse(json);
        var told = new[] { "streams", "frames" }
            .SelectMany(part => report.RootElement.TryGetProperty(part, out var list) ? list.EnumerateArray().ToArray() : [])
            .SelectMany(one => one.TryGetProperty("side_data_list", out var list) ? list.EnumerateArray().ToArray() : []).ToList();
        var light = new GradedLight(MasteringOf(told), ContentOf(told));
        return light is { Mastering: null, Content: null } ? null : light;
    }

    private static int[]? MasteringOf(IEnumerable<JsonElement> told)
    {
        var values = told.Where(s => Is(s, "Mastering display metadata"))
            .Select(s =>
                Places.Select(p => Number(s, p, Chromaticity))
                    .Append(Number(s, "max_luminance", Luminance))
                    .Append(Number(s, "min_luminance", Luminance))
                    .ToArray())
            .FirstOrDefault(v => v.All(n => n is >= 0) && v.Take(8).All(n => n <= ushort.MaxValue));
        return values?.Select(v => v!.Value).ToArray();
    }

    private static int[]? ContentOf(IEnumerable<JsonElement> told) => told.Where(s => Is(s, "Content light level metadata"))
        .Select(s => new[] { Number(s, "max_content", 1), Number(s, "max_average", 1) })
        .FirstOrDefault(v => v.All(n => n is >= 0 and <= ushort.MaxValue))?.Select(v => v!.Value).ToArray();

    private static bool Is(JsonElement side, string kind) =>
        side.TryGetProperty("side_data_type", out var type) && type.GetString() == kind;

    private static int? Number(JsonElement side, string name, int parts)
    {
        if (!side.TryGetProperty(name, out var told))
            return null;
        double? value = told.ToString().Split('/') switch
        {
            [var whole] when double.TryParse(whole, CultureInfo.InvariantCulture, out var n) => n,
            [var over, var under] when double.TryParse(over, CultureInfo.InvariantCulture, out var n)
                && double.TryParse(under, CultureInfo.InvariantCulture, out var d)
                && d > 0 => n / d,
            _ => null,
        };
        return value * parts is >= 0 and <= int.MaxValue and var scaled ? (int)Math.Round(scaled) : null;
    }

    private static IEnumerable<byte> Bytes(int value, int count) =>
        Enumerable.Range(1, count).Select(i => (byte)(value >> (8 * (count - i))));
}
