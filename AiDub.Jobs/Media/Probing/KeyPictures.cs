using System.Buffers.Binary;

namespace AiDub.Jobs.Media.Probing;

/// <summary>
/// What pictures of VP8, VP9 and AV1 that stand alone say of themselves, from such pictures in IVF: their sizes are there, and nothing
/// outside says when they change, as those of a window or a screen that was recorded in a browser do.
/// </summary>
/// <param name="codec">The codec, as ffprobe names it.</param>
internal sealed class KeyPictures(string codec)
{
    private const int FileHead = 32;
    private const int FrameHead = 12;

    // What comes before a size, and the size: of VP8 (RFC 6386, 9.1), of VP9 (bitstream specification, 6.2); of AV1 the sequence header
    // with its length (5.5) behind the delimiter.
    private const int MostBytes = 64;

    private readonly List<byte> _head = [];
    private byte[]? _first;
    private long _toSkip = FileHead;
    private long _left;
    private bool _isInFrame;

    /// <summary>Whether there are different ones among those that were taken.</summary>
    public bool Differ { get; private set; }

    /// <summary>The codecs of which this can be told.</summary>
    public static bool Has(string codec) => codec is "vp8" or "vp9" or "av1";

    /// <summary>Takes the next bytes of a file, which may begin and end anywhere.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (_toSkip > 0)
                _toSkip--;
            else
                Add(value);
        }
    }

    private void Add(byte value)
    {
        _head.Add(value);
        if (!_isInFrame && _head.Count == FrameHead)
        {
            _left = BinaryPrimitives.ReadUInt32LittleEndian([.. _head[..4]]);
            _isInFrame = _left > 0;
            _head.Clear();
        }
        else if (_isInFrame && (_head.Count == _left || _head.Count == MostBytes))
        {
            var told = Told([.. _head]);
            _first ??= told;
            Differ |= !told.AsSpan().SequenceEqual(_first);
            (_isInFrame, _toSkip) = (false, _left - _head.Count);
            _head.Clear();
        }
    }

    private byte[] Told(byte[] frame) => codec switch
    {
        "vp8" => frame[Math.Min(3, frame.Length)..Math.Min(10, frame.Length)],
        "vp9" => frame[..Math.Min(9, frame.Length)],
        _ when frame is [0x12, 0, 0x0A, var length, ..] => frame[..Math.Min(4 + length, frame.Length)],
        _ => [],
    };
}
