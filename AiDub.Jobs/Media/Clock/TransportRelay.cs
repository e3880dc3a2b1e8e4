using System.Globalization;
using AiDub.Domain.Errors;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Media.Clock;

/// <summary>
/// Writes a transport stream anew in which one codec of sound follows another: every part by itself, with the stamps that it has, its sound
/// as PCM (SMPTE 302M), so that the parts make one stream again.
/// </summary>
internal sealed class TransportRelay(ToolRunner tools)
{
    private const int MostParts = 100;

    /// <summary>Writes the stream anew where its tables change.</summary>
    /// <param name="path">The source; it is replaced when it is written anew.</param>
    /// <param name="scratch">A folder of the attempt's own.</param>
    /// <param name="ct">Ends the work and its processes.</param>
    /// <returns>Whether it was written anew.</returns>
    /// <exception cref="PermanentDubException">A part cannot be decoded (<c>clock_broken</c>).</exception>
    public async Task<bool> LayAsync(string path, string scratch, CancellationToken ct)
    {
        var changes = await TransportTables.ChangesAsync(path, ct);
        if (changes.Count is 0 or > MostParts)
            return false;
        var (whole, part) = (Path.Combine(scratch, "one-codec"), Path.Combine(scratch, "part"));
        long[] ends = [.. changes, new FileInfo(path).Length];
        try
        {
            await JoinAsync(path, scratch, ends, whole, part, ct);
            File.Move(whole, path, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(part);
            File.Delete(whole);
        }
    }

    private async Task JoinAsync(string path, string scratch, long[] ends, string whole, string part, CancellationToken ct)
    {
        await using (var joined = File.Create(whole))
        {
            for (var (i, from) = (0, 0L); i < ends.Length; from = ends[i++])
            {
                try
                {
                    await tools.RunAsync(new ToolCommand("ffmpeg", Arguments(path, from, ends[i], part), scratch), ct);
                }
                catch (ToolFailedException e) when (ClockRepair.IsTheSources(e))
                {
                    throw new PermanentDubException(
                        FailureCode.ClockBroken, "The sound of the source changes its codec on the way and cannot be joined.", e);
                }
                await using (var written = File.OpenRead(part))
                    await written.CopyToAsync(joined, ct);
                File.Delete(part);
            }
        }
    }

    /// <summary>Writes one part; pure.</summary>
    internal static IReadOnlyList<string> Arguments(string path, long from, long end, string part) =>
    [
        "-hide_banner", "-nostdin", "-v", "error", "-copyts", .. SourceFile.Guard, "-protocol_whitelist", "file,subfile", "-f", "mpegts",
        "-i", string.Create(CultureInfo.InvariantCulture, $"subfile,,start,{from},end,{end},,:{SourceFile.Local(path)}"),
        "-map", "0:v?", "-map", "0:a?", "-map", "0:s?", "-c", "copy", "-copyinkf",
        "-c:a", "s302m", "-sample_fmt", "s16", "-ac", "2", "-ar", "48000", "-strict", "experimental",
        "-muxdelay", "0", "-muxpreload", "0", "-f", "mpegts", "-y", SourceFile.Local(part),
    ];
}
