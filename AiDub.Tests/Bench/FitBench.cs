using System.Net;
using System.Text.Json;
using AiDub.Domain.Timing;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Storage;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Bench;

/// <summary>How well dubs keep time, over the quality set. Run by <c>./aidub bench fit</c>.</summary>
[TestFixture]
[Explicit]
[Category("Bench")]
public sealed class FitBench
{
    [Test]
    public async Task Fit()
    {
        var folder = Directory.CreateTempSubdirectory("aidub-bench-").FullName;
        await using var clips = await ClipServer.StartAsync();
        await using var server = new DubServer(("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}")) { IsMeasured = true };
        await server.StartAsync();
        BenchTable.Write(
            "| clip | to | s | segments | tempo ≤ 1.15 | max tempo | start error p95 | overlap of speech | unevenness | overlap ms |");
        BenchTable.Write("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var clip in await new BenchClips(folder).QualitySetAsync())
        {
            foreach (var to in new[] { "es", "pt" })
            {
                var id = await server.SubmitAsync(clips.Serve(clip), to);
                var (status, final) = await server.FinishAsync(id);
                Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
                var path = Directory.EnumerateFiles(
                    Path.Combine(server.DataFolder, "objects", "work", id.ToString()),
                    "timeline.json", SearchOption.AllDirectories).Single();
                var timeline = JsonSerializer.Deserialize<Timeline>(await File.ReadAllTextAsync(path), StoredJson.Options)!;
                Row(Path.GetFileNameWithoutExtension(clip), to, timeline.VideoSeconds, timeline.Segments.Count, timeline.Timing);
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    private static void Row(string clip, string to, double seconds, int segments, TimingReport t) => BenchTable.Write(
        $"| {clip} | {to} | {seconds:0} | {segments} | {t.ComfortableShare:P0} | {t.MaxTempo:0.00} | "
            + $"{t.StartErrorP95Seconds * 1000:0} ms | {t.SpeechOverlap:P0} | {t.Unevenness:0.00} | {t.OverlapSeconds * 1000:0} |");
}
