using System.Buffers.Binary;

namespace AiDub.Tests.Jobs.Engines;

/// <summary>What the header of a canonical WAV file says, checked against the file.</summary>
internal sealed record WavInfo(int Format, int Channels, int Rate, int Bits, double Seconds, bool HeaderIsTrue, double Peak)
{
    public static WavInfo Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var data = bytes.AsSpan().IndexOf("data"u8);
        var rate = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(24));
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(data + 4));
        var truth = length == bytes.Length - data - 8 && BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)) == bytes.Length - 8;
        var peak = 0;
        for (var i = data + 8; i + 1 < bytes.Length; i += 2)
            peak = Math.Max(peak, Math.Abs((int)BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(i))));
        return new WavInfo(BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(20)),
            BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(22)), rate,
            BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(34)), length / 2.0 / rate, truth, peak / 32768.0);
    }
}
