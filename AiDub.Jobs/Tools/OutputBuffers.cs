using System.Text;
using CliWrap;

namespace AiDub.Jobs.Tools;

/// <summary>Keeps the last bytes of a stream, however long it is.</summary>
internal sealed class TailBuffer(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];
    private int _count;

    /// <summary>Where to send the stream.</summary>
    public PipeTarget Target => PipeTarget.Create(async (stream, ct) =>
    {
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, ct) is var read and > 0)
            Append(buffer.AsSpan(0, read));
    });

    /// <summary>What was kept, as UTF-8.</summary>
    public override string ToString()
    {
        lock (_bytes)
            return Encoding.UTF8.GetString(_bytes, 0, _count).Trim();
    }

    private void Append(ReadOnlySpan<byte> data)
    {
        if (data.Length > capacity)
            data = data[^capacity..];
        lock (_bytes)
        {
            var kept = Math.Min(_count, capacity - data.Length);
            _bytes.AsSpan(_count - kept, kept).CopyTo(_bytes);
            data.CopyTo(_bytes.AsSpan(kept));
            _count = kept + data.Length;
        }
    }
}

/// <summary>Collects a stream as text and refuses one that is longer than a limit.</summary>
internal sealed class TextBuffer(int limit)
{
    private readonly MemoryStream _bytes = new();

    /// <summary>Where to send the stream; throws <see cref="InvalidDataException"/> at the limit.</summary>
    public PipeTarget Target => PipeTarget.Create(async (stream, ct) =>
    {
        var buffer = new byte[16384];
        while (await stream.ReadAsync(buffer, ct) is var read and > 0)
        {
            if (_bytes.Length + read > limit)
                throw new InvalidDataException($"wrote more than {limit} bytes");
            _bytes.Write(buffer, 0, read);
        }
    });

    /// <summary>What was collected, as UTF-8.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_bytes.GetBuffer(), 0, (int)_bytes.Length);
}
