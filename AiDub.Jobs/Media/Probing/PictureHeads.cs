namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// What pictures in broadcasts say of themselves on the way: sequence headers of MPEG-2 (ISO/IEC 13818-2, 6.2.2.1), sequence parameter sets
/// of H.264 and HEVC; pure.
/// </summary>
internal static class PictureHeads
{
    // Width, height, shape and rate; behind them comes what encoders adapt to the scene.
    private const int Mpeg2Bytes = 5;

    /// <summary>The bitstream filter that leaves nothing of a picture but these; null for codecs that have none.</summary>
    public static string? Filter(string codec) => codec switch
    {
        "h264" => "h264_mp4toannexb,filter_units=pass_types=7",
        "hevc" => "hevc_mp4toannexb,filter_units=pass_types=33",
        "mpeg2video" => "filter_units=pass_types=179",
        _ => null,
    };

    /// <summary>Whether there are different ones among those that the filter left.</summary>
    /// <param name="heads">Units after start codes.</param>
    /// <param name="codec">The codec, as ffprobe names it.</param>
    public static bool Differ(ReadOnlySpan<byte> heads, string codec)
    {
        ReadOnlySpan<byte> first = [];
        while (heads.IndexOf((ReadOnlySpan<byte>)[0, 0, 1]) is >= 0 and var start)
        {
            heads = heads[(start + 3)..];
            var next = heads.IndexOf((ReadOnlySpan<byte>)[0, 0, 1]);
            var unit = (next < 0 ? heads : heads[..next]).TrimEnd((byte)0);
            if (codec == "mpeg2video")
                unit = unit[..Math.Min(Mpeg2Bytes, unit.Length)];
            if (first.IsEmpty)
                first = unit;
            else if (!unit.SequenceEqual(first))
                return true;
        }
        return false;
    }
}
