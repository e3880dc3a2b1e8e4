using System.Diagnostics;
using System.Net;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Bench;

/// <summary>
/// How time, memory and disk grow with the length of the source. Run by <c>./aidub bench scale</c>; takes a quarter of an hour.
/// </summary>
/// <remarks>
/// <c>AIDUB_BENCH_MINUTES</c> (default <c>1,5,20,60</c>) names other lengths; the exponent is told after each, so that a run which is
/// broken off tells one.
/// </remarks>
[TestFixture]
[Explicit]
[Category("Bench")]
public sealed class ScaleBench
{
    [Test]
    public async Task Scale()
    {
        var folder = Directory.CreateTempSubdirectory("aidub-bench-").FullName;
        var clips = new BenchClips(folder);
        var points = new List<(double Minutes, double Seconds)>();
        BenchTable.Write("| source | dub | × real time | peak memory of the service | most disk ÷ source | requests to the source |");
        BenchTable.Write("| --- | --- | --- | --- | --- | --- |");
        var lengths = Environment.GetEnvironmentVariable("AIDUB_BENCH_MINUTES") is { Length: > 0 } given ? given : "1,5,20,60";
        foreach (var minutes in lengths.Split(',').Select(int.Parse))
        {
            var (seconds, memory, disk, requests) = await DubAsync(await clips.OfLengthAsync(minutes * 60));
            points.Add((minutes, seconds));
            BenchTable.Write(
                $"| {minutes} min | {seconds:0} s | {minutes * 60 / seconds:0.0} | {memory:0} MB | {disk:0.00} | {requests} |");
            if (points.Count > 1)
                TestContext.Progress.WriteLine(FormattableString.Invariant($"time ∝ length^{Exponent(points):0.00} so far"));
        }

        if (points.Count > 1)
            BenchTable.Write($"time ∝ length^{Exponent(points):0.00} (least squares on logarithms)");
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(double Seconds, double Memory, double Disk, int Requests)> DubAsync(string clip)
    {
        await using var clips = await ClipServer.StartAsync();
        await using var server = new DubServer(("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}")) { IsMeasured = true };
        await server.StartAsync();
        var started = Stopwatch.GetTimestamp();
        var most = 0L;
        var (status, final) = await server.FinishAsync(
            await server.SubmitAsync(clips.Serve(clip)), (_, _) => most = Math.Max(
                most, BytesUnder(server.DataFolder)), withinSeconds: 7200);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        return (
            Stopwatch.GetElapsedTime(started).TotalSeconds,
            ProcessUse.PeakMegabytes(server.ProcessId),
            most / (double)new FileInfo(clip).Length,
            clips.Requests.Count);
    }

    private static long BytesUnder(string folder)
    {
        var bytes = 0L;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*",
            new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }))
            bytes += file.Exists ? file.Length : 0;
        return bytes;
    }

    private static double Exponent(List<(double Minutes, double Seconds)> points)
    {
        var logs = points.Select(p => (X: Math.Log(p.Minutes), Y: Math.Log(p.Seconds))).ToList();
        var (x, y) = (logs.Average(l => l.X), logs.Average(l => l.Y));
        return logs.Sum(l => (l.X - x) * (l.Y - y)) / logs.Sum(l => (l.X - x) * (l.X - x));
    }
}
