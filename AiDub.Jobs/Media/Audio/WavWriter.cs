using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace AiDub.Jobs.Media.Audio;

/// <summary>Writes a 16-bit PCM mono WAV file as a stream; its sizes are noted when it is disposed of.</summary>
public sealed class WavWriter : IAsyncDisposable
{
    private readonly FileStream _file;

    private WavWriter(FileStream file) => _file = file;

    /// <summary>Creates a file; one that is there is replaced.</summary>
    /// <param name="path">Where.</param>
    /// <param name="sampleRate">In Hz.</param>
    public static WavWriter Create(string path, int sampleRate)
    {
        var writer = new WavWriter(File.Create(path));
        writer._file.Write(WavFile.Head(sampleRate, 0));
        return writer;
    }

    /// <summary>Writes samples, full scale at ±1; what is beyond is cut off.</summary>
    public void Write(ReadOnlySpan<float> samples)
    {
        Span<short> written = samples.Length <= 8192 ? stackalloc short[samples.Length] : new short[samples.Length];
        for (var i = 0; i < written.Length; i++)
            written[i] = (short)Math.Clamp(MathF.Round(samples[i] * 32768), short.MinValue, short.MaxValue);
        _file.Write(MemoryMarshal.AsBytes(written));
    }

    /// <summary>Writes samples.</summary>
    public void Write(float[] samples) => Write(samples.AsSpan());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var size = (uint)Math.Min(uint.MaxValue - WavFile.HeadBytes, _file.Length - WavFile.HeadBytes);
        var sizes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(sizes, size + WavFile.HeadBytes - 8);
        _file.Position = 4;
        await _file.WriteAsync(sizes);
        BinaryPrimitives.WriteUInt32LittleEndian(sizes, size);
        _file.Position = WavFile.HeadBytes - 4;
        await _file.WriteAsync(sizes);
        await _file.DisposeAsync();
    }
}
