using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AiDub.Jobs.Media.Audio;

/// <summary>Reads 16-bit PCM mono WAV files as a stream.</summary>
public sealed class WavReader : IDisposable
{
    private readonly FileStream _file;
    private readonly long _data;
    private long _left;

    private WavReader(FileStream file, int sampleRate, long frames) =>
        (_file, _data, SampleRate, Frames, _left) = (file, file.Position, sampleRate, frames, frames);

    /// <summary>In Hz.</summary>
    public int SampleRate { get; }

    /// <summary>How many samples there are.</summary>
    public long Frames { get; }

    /// <summary>How many bytes stand before the first sample.</summary>
    public long DataOffset => _data;

    /// <summary>How long it is, in seconds.</summary>
    public double Seconds => (double)Frames / SampleRate;

    /// <summary>Opens a file at its first sample.</summary>
    /// <exception cref="InvalidDataException">It is not a 16-bit PCM mono WAV file.</exception>
    public static WavReader Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return Open(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads samples until the span is full or there are none left; returns how many.</summary>
    public int Read(Span<short> samples)
    {
        var wanted = (int)Math.Min(samples.Length, _left);
        var read = _file.ReadAtLeast(MemoryMarshal.AsBytes(samples[..wanted]), wanted * 2, throwOnEndOfStream: false) / 2;
        _left -= read;
        return read;
    }

    /// <summary>Goes to a sample, from 0; before the first is the first, past the last is the end.</summary>
    public void Seek(long frame)
    {
        frame = Math.Clamp(frame, 0, Frames);
        _file.Position = _data + (frame * 2);
        _left = Frames - frame;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static WavReader Open(FileStream file)
    {
        Span<byte> head = stackalloc byte[16];
        if (file.ReadAtLeast(head[..12], 12, throwOnEndOfStream: false) < 12
            || !head.StartsWith("RIFF"u8)
            || !head[8..].StartsWith("WAVE"u8))
            throw new InvalidDataException("Not a WAV file.");
        int? sampleRate = null;
        while (file.ReadAtLeast(head[..8], 8, throwOnEndOfStream: false) == 8)
        {
            long size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (head.StartsWith("data"u8) && sampleRate is { } rate)
            {
                // Engines that write to a pipe cannot come back to note the size.
                return new WavReader(file, rate, Math.Min(size, file.Length - file.Position) / 2);
            }
            var next = file.Position + size + (size % 2);
            if (head.StartsWith("fmt "u8))
            {
                if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
                    break;
                var (channels, bits) = (
                    BinaryPrimitives.ReadUInt16LittleEndian(head[2..]), BinaryPrimitives.ReadUInt16LittleEndian(head[14..]));
                if (channels != 1 || bits != 16)
                    throw new InvalidDataException($"A WAV file of {channels} channels and {bits} bits; 1 and 16 are read.");
                sampleRate = BinaryPrimitives.ReadInt32LittleEndian(head[4..]);
            }
            if (next > file.Length)
                break;
            file.Position = next;
        }
        throw new InvalidDataException("A WAV file without sound in it.");
    }
}
