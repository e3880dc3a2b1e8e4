using System.Buffers.Binary;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Clock;

/// <summary>Reads the stamps of all packets of a source, by ffprobe; nothing is decoded.</summary>
internal sealed class ClockReader(ToolRunner tools)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(30);

    /// <summary>The rules for a source.</summary>
    public static async Task<ClockRules> RulesAsync(string path, ProbedFormat format, CancellationToken ct) =>
        ClockRules.Of(format.Name, format.Is("mov") && await IsFragmentedAsync(path, ct));

    /// <summary>What the packets say.</summary>
    /// <param name="path">The source.</param>
    /// <param name="leading">The streams whose clock counts.</param>
    /// <param name="rules">How far stamps are to be believed.</param>
    /// <param name="scratch">A folder of the attempt's own, in which ffprobe runs.</param>
    /// <param name="ct">Ends the work and its process.</param>
    /// <returns>The clock; null when it has more breaks than anything that was recorded has.</returns>
    /// <exception cref="ToolFailedException">The source cannot be read.</exception>
    public async Task<SourceClock?> ReadAsync(
        string path, IReadOnlySet<int> leading, ClockRules rules, string scratch, CancellationToken ct)
    {
        var scan = new ClockScan(leading, rules);
        var command = new ToolCommand(
            "ffprobe", ["-hide_banner", "-v", "error", .. SourceFile.Guard, .. SourcePacket.Entries, SourceFile.Local(path)], scratch)
        {
            Timeout = Timeout,
            OnOutputLine = line =>
            {
                if (SourcePacket.Parse(line) is { } packet)
                    scan.Add(packet);
            },
        };
        await tools.RunAsync(command, ct);
        return scan.IsHopeless ? null : scan.Finish();
    }

    // The boxes of an MP4, as far as the first fragment (ISO/IEC 14496-12, 4.2).
    private static async Task<bool> IsFragmentedAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[16];
        for (long at = 0; at + 8 <= file.Length;)
        {
            file.Position = at;
            var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
            if (head.AsSpan(4, 4).SequenceEqual("moof"u8))
                return true;
            long size = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (size == 1 && read == head.Length)
                size = BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(8));
            if (size < 8 || size > file.Length - at)
                return false;
            at += size;
        }
        return false;
    }
}
