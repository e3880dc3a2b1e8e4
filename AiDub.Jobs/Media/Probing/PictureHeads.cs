namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// What pictures in broadcasts say of themselves on the way: sequence headers of MPEG-2 (ISO/IEC 13818-2, 6.2.2.1), sequence parameter sets
/// of H.264 and HEVC. Of all of them the first is kept, and as much of the last as may count.
/// </summary>
/// <param name="codec">The codec, as ffprobe names it.</param>
internal sealed class PictureHeads(string codec)
{
    // Of MPEG-2 width, height, shape and rate; behind them comes what encoders adapt to the scene. Of others none is nearly as long.
    private readonly int _most = codec == "mpeg2video" ? 5 : 4096;
    private readonly List<byte> _unit = [];
    private byte[] _first = [];
    private bool _hasBegun;
    private int _zeros;
    private bool _differed;

    /// <summary>Whether there are different ones among those that were taken.</summary>
    public bool Differ => _differed || IsAnother;

    private bool IsAnother => _first.Length > 0 && _unit.Count > 0 && !_unit.SequenceEqual(_first);

    /// <summary>The bitstream filter that leaves nothing of a picture but these; null for codecs that have none.</summary>
    public static string? Filter(string codec) => codec switch
    {
        "h264" => "h264_mp4toannexb,filter_units=pass_types=7",
        "hevc" => "hevc_mp4toannexb,filter_units=pass_types=33",
        "mpeg2video" => "filter_units=pass_types=179",
        _ => null,
    };

    /// <summary>Takes the next bytes that the filter left: units after start codes, which may begin and end anywhere.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value == 0)
            {
                _zeros++;
            }
            else if (value == 1 && _zeros >= 2)
            {
                End();
            }
            else if (_hasBegun)
            {
                // Zeros at the end of a unit are none of it.
                for (; _zeros > 0 && _unit.Count < _most; _zeros--)
                    _unit.Add(0);
                if (_unit.Count < _most)
                    _unit.Add(value);
                _zeros = 0;
            }
            else
            {
                _zeros = 0;
            }
        }
    }

    private void End()
    {
        _differed |= IsAnother;
        if (_first.Length == 0)
            _first = [.. _unit];
        _unit.Clear();
        (_hasBegun, _zeros) = (true, 0);
    }
}
