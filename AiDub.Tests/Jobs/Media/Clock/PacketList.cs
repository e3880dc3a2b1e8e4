using AiDub.Jobs.Media.Clock;

namespace AiDub.Tests.Jobs.Media.Clock;

/// <summary>The packets of a recording in the order of a file: 25 pictures a second (stream 0), 50 packets of sound (stream 1).</summary>
internal static class PacketList
{
    public const double Frame = 0.04;

    /// <summary>A stretch of both, interleaved.</summary>
    /// <param name="start">Its first stamp.</param>
    /// <param name="seconds">How long it lasts.</param>
    /// <param name="late">By how many seconds the sound lies behind in the file.</param>
    public static IEnumerable<SourcePacket> Both(double start, double seconds, double late = 0) =>
        Picture(start, seconds).Select(p => (At: p.Dts!.Value, Packet: p))
            .Concat(Sound(start, seconds).Select(p => (At: p.Dts!.Value + late, Packet: p)))
            .OrderBy(p => p.At).Select(p => p.Packet);

    public static IEnumerable<SourcePacket> Picture(double start, double seconds) => Enumerable.Range(0, (int)Math.Round(seconds / Frame))
        .Select(i => start + (i * Frame)).Select((at, i) => new SourcePacket(0, at, at, Frame, i % 25 == 0, false));

    public static IEnumerable<SourcePacket> Sound(double start, double seconds) => Enumerable.Range(0, (int)Math.Round(seconds / 0.02))
        .Select(i => start + (i * 0.02)).Select(at => new SourcePacket(1, at, at, 0.02, true, false));

    /// <summary>The same as a container stores them that knows only when packets are shown: pictures out of order.</summary>
    public static IEnumerable<SourcePacket> Presented(IEnumerable<SourcePacket> packets)
    {
        int[] order = [0, 3, 1, 2];
        return packets.GroupBy(p => p.Stream).SelectMany(stream => stream.Key == 1
            ? stream.Select((p, i) => (Place: i * 0.02, Packet: p with { Dts = null }))
            : stream.Chunk(4).SelectMany((chunk, n) => order.Where(i => i < chunk.Length)
                .Select((i, k) => (Place: ((n * 4) + k) * Frame, Packet: chunk[i] with { Dts = null, IsKey = n % 6 == 0 && i == 0 }))))
            .OrderBy(p => p.Place).Select(p => p.Packet);
    }

    public static IEnumerable<SourcePacket> Subtitle(double at) => [new SourcePacket(2, at, at, 1, true, false)];
}
