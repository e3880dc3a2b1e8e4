using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AiDub.Jobs.Media.Audio;

/// <summary>A short 16-bit PCM mono WAV file as a whole, such as the speech of one segment.</summary>
/// <param name="SampleRate">In Hz.</param>
/// <param name="Samples">All of its samples.</param>
public sealed record WavFile(int SampleRate, short[] Samples)
{
    /// <summary>How long the head of a file that is written is, in bytes.</summary>
    internal const int HeadBytes = 44;

    /// <summary>How long it is, in seconds.</summary>
    public double Seconds => (double)Samples.Length / SampleRate;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is not a 16-bit PCM mono WAV file.</exception>
    public static WavFile Read(string path)
    {
        using var reader = WavReader.Open(path);
        var samples = new short[reader.Frames];
        return new WavFile(reader.SampleRate, samples[..reader.Read(samples)]);
    }

    /// <summary>Writes the file; one that is there is replaced.</summary>
    public Task WriteAsync(string path, CancellationToken ct) => File.WriteAllBytesAsync(path, ToBytes(), ct);

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[HeadBytes + (Samples.Length * 2)];
        Head(SampleRate, Samples.Length).CopyTo(bytes, 0);
        MemoryMarshal.AsBytes(Samples.AsSpan()).CopyTo(bytes.AsSpan(HeadBytes));
        return bytes;
    }

    /// <summary>
    /// How many bytes a WAV file says that it has; null for what is none, and where its length was not known when it was begun: streamed
    /// files say 0, or the most there can be.
    /// </summary>
    internal static long? StatedBytes(ReadOnlySpan<byte> file)
    {
        var data = file.StartsWith("RIFF"u8) ? file[..Math.Min(file.Length, 4096)].IndexOf("data"u8) : -1;
        if (data < 0 || data + 8 > file.Length)
            return null;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(data + 4)..]);
        return length is 0 or >= 0x7FFF0000 ? null : length + data + 8;
    }

    /// <inheritdoc cref="StatedBytes(ReadOnlySpan{byte})"/>
    internal static long? StatedBytes(string path) => StatedBytes(BeginningOf(path));

    /// <summary>Lets a file whose length was not known when it was begun state it.</summary>
    internal static void StateLength(string path)
    {
        var data = BeginningOf(path).AsSpan().IndexOf("data"u8);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        if (data < 0 || data + 8 > file.Length)
            return;
        State(4, file.Length - 8);
        State(data + 4, file.Length - data - 8);

        void State(long at, long length)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, checked((uint)length));
            file.Position = at;
            file.Write(bytes);
        }
    }

    /// <summary>What stands before the samples of a file.</summary>
    internal static byte[] Head(int sampleRate, long frames)
    {
        var bytes = new byte[HeadBytes];
        var head = bytes.AsSpan();
        "RIFF"u8.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], checked((int)(HeadBytes - 8 + (frames * 2))));
        "WAVEfmt "u8.CopyTo(head[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(head[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(head[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(head[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(head[28..], sampleRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(head[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(head[34..], 16);
        "data"u8.CopyTo(head[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(head[40..], checked((int)(frames * 2)));
        return bytes;
    }

    private static byte[] BeginningOf(string path)
    {
        using var file = File.OpenRead(path);
        var beginning = new byte[Math.Min(file.Length, 4096)];
        file.ReadExactly(beginning);
        return beginning;
    }
}
