using System.Runtime.InteropServices;

namespace AiDub.Jobs.Media.Rendering;

/// <summary>
/// Cuts a stream of 32-bit float samples into chunks that together have exactly so many frames: what lacks or is no number is silence,
/// what is over is dropped.
/// </summary>
/// <param name="channels">How many samples a frame has.</param>
/// <param name="frames">How many frames there are to be.</param>
internal sealed class AudioBlocks(int channels, long frames)
{
    private const int ChunkFrames = 9600;
    private readonly float[] _chunk = new float[ChunkFrames * channels];

    /// <summary>
    /// Reads the stream to its end and hands every chunk, which may be overwritten, to <paramref name="take"/> with the frames done after
    /// it.
    /// </summary>
    public async Task ReadAsync(Stream stream, Func<Memory<float>, long, ValueTask> take, CancellationToken ct)
    {
        var bytes = new byte[_chunk.Length * sizeof(float)];
        for (long done = 0; done < frames;)
        {
            var count = (int)Math.Min(ChunkFrames, frames - done);
            var wanted = bytes.AsMemory(0, count * channels * sizeof(float));
            var read = await stream.ReadAtLeastAsync(wanted, wanted.Length, throwOnEndOfStream: false, ct);
            wanted.Span[(read - (read % (channels * sizeof(float))))..].Clear();
            MemoryMarshal.Cast<byte, float>(wanted.Span).CopyTo(_chunk);
            Silence(_chunk.AsSpan(0, count * channels));
            done += count;
            await take(_chunk.AsMemory(0, count * channels), done);
        }
        while (await stream.ReadAsync(bytes, ct) > 0)
        {
        }
    }

    /// <summary>Cuts what was read before in the same way, and leaves it as it is.</summary>
    public async Task ReadAsync(ReadOnlyMemory<float> read, Func<Memory<float>, long, ValueTask> take, CancellationToken ct)
    {
        for (long done = 0; done < frames;)
        {
            ct.ThrowIfCancellationRequested();
            var chunk = _chunk.AsMemory(0, (int)Math.Min(ChunkFrames, frames - done) * channels);
            read.Slice((int)done * channels, chunk.Length).CopyTo(chunk);
            done += chunk.Length / channels;
            await take(chunk, done);
        }
    }

    // A file of floats may hold samples that are no numbers; one of them would make every measure of the whole one.
    private static void Silence(Span<float> samples)
    {
        foreach (ref var sample in samples)
        {
            if (!float.IsFinite(sample))
                sample = 0;
        }
    }
}
