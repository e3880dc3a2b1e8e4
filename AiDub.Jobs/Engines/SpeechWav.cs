using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AiDub.Domain.Errors;
using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines;

/// <summary>A 16 kHz mono 16-bit WAV file: where its samples lie, and their levels.</summary>
/// <param name="DataOffset">Bytes before the first sample.</param>
/// <param name="Levels">What a <see cref="LevelMeter"/> measured.</param>
internal sealed record SpeechWav(int DataOffset, IReadOnlyList<float> Levels)
{
    private const int SampleRate = 16000;
    private const int BlockBytes = 1 << 16;

    /// <summary>Reads a file once, a block at a time.</summary>
    /// <exception cref="PermanentDubException">It is no 16 kHz mono 16-bit WAV file (<c>audio_invalid</c>).</exception>
    public static async Task<SpeechWav> ReadAsync(string path, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BlockBytes, useAsync: true);
        var (offset, length) = await FindDataAsync(file, ct);
        file.Position = offset;
        var meter = new LevelMeter(SampleRate);
        var block = new byte[BlockBytes];
        while (length > 1)
        {
            var read = await file.ReadAtLeastAsync(block.AsMemory(0, (int)Math.Min(BlockBytes, length)), 2, false, ct);
            // A file that was cut short ends where it ends.
            if (read < 2)
                break;
            if (read % 2 == 1)
            {
                file.Position--;
                read--;
            }
            meter.Add(MemoryMarshal.Cast<byte, short>(block.AsSpan(0, read)));
            length -= read;
        }
        return new SpeechWav((int)offset, meter.Levels);
    }

    private static async Task<(long Offset, long Length)> FindDataAsync(FileStream file, CancellationToken ct)
    {
        var header = new byte[24];
        if (await file.ReadAtLeastAsync(header.AsMemory(0, 12), 12, false, ct) < 12
            || !header.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !header.AsSpan(8, 4).SequenceEqual("WAVE"u8))
            throw Invalid();
        var sound = false;
        while (await file.ReadAtLeastAsync(header.AsMemory(0, 8), 8, false, ct) == 8)
        {
            var name = header.AsSpan(0, 4).ToArray();
            long size = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
            var body = file.Position;
            if (name.AsSpan().SequenceEqual("data"u8))
                return sound ? (body, Math.Min(size, file.Length - body)) : throw Invalid();
            if (name.AsSpan().SequenceEqual("fmt "u8))
            {
                if (size < 16 || await file.ReadAtLeastAsync(header.AsMemory(0, 16), 16, false, ct) < 16)
                    throw Invalid();
                sound = IsSpeechFormat(header);
            }
            file.Position = body + size + size % 2;
        }
        throw Invalid();
    }

    private static bool IsSpeechFormat(ReadOnlySpan<byte> format) =>
        BinaryPrimitives.ReadUInt16LittleEndian(format[2..]) == 1
        && BinaryPrimitives.ReadUInt32LittleEndian(format[4..]) == SampleRate
        && BinaryPrimitives.ReadUInt16LittleEndian(format[14..]) == 16;

    private static PermanentDubException Invalid() => new(FailureCode.AudioInvalid);
}
