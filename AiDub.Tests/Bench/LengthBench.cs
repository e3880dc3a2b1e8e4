using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.Jobs.Media;
using Microsoft.AspNetCore.Http;

namespace AiDub.Tests.Bench;

/// <summary>
/// What memory takes, and whether picture and sound stay together, however long the source is. Run by <c>./aidub bench length</c>.
/// </summary>
/// <remarks>
/// The transcript is given, a line every four seconds: recognising takes each process the same memory for any length, and for three hours
/// most of an hour. <c>AIDUB_BENCH_MINUTES</c> (default <c>1,10,60,180</c>) names other lengths.
/// </remarks>
[TestFixture]
[Explicit]
[Category("Bench")]
public sealed class LengthBench
{
    private const double CueSeconds = 3;
    private const double EverySeconds = 4;

    // Of the last minute, where nobody speaks any more.
    private static readonly double[] Marks = [35, 45, 55];

    private string _folder = null!;

    [SetUp]
    public void Open() => _folder = Directory.CreateTempSubdirectory("aidub-bench-").FullName;

    [TearDown]
    public void Close() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Length()
    {
        BenchTable.Write(
            "| source | dub | peak memory of the service | ÷ that of the shortest | of the largest tool | beep after flash, source "
                + "| result |");
        BenchTable.Write("| --- | --- | --- | --- | --- | --- | --- |");
        var lengths = Environment.GetEnvironmentVariable("AIDUB_BENCH_MINUTES") is { Length: > 0 } given ? given : "1,10,60,180";
        var least = 0.0;
        foreach (var minutes in lengths.Split(',').Select(int.Parse))
        {
            var clip = await ClipAsync(minutes);
            var result = Path.Combine(_folder, "result.mp4");
            var (seconds, service, tool) = await DubAsync(clip, minutes, result);
            least = least == 0 ? service : least;
            var (before, after) = (await ApartAsync(clip, minutes), await ApartAsync(result, minutes));
            BenchTable.Write(
                $"| {minutes} min | {seconds:0} s | {service:0} MB | {service / least:0.00} | {tool:0} MB | {before} ms | {after} ms |");
            File.Delete(clip);
            File.Delete(result);
        }
    }

    private async Task<(double Seconds, double Service, double Tool)> DubAsync(string clip, int minutes, string result)
    {
        await using var clips = await ClipServer.StartAsync();
        var cues = Cues(minutes);
        var transcript = clips.On("cues.srt", context => context.Response.WriteAsync(cues));
        await using var server = new DubServer(
            ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}"), ("Source__MaxDurationSeconds", "14400"))
        { IsMeasured = true };
        await server.StartAsync();
        var started = Stopwatch.GetTimestamp();
        var dub = await server.SubmitAsync(clips.Serve(clip), transcript: transcript.ToString());
        using var over = new CancellationTokenSource();
        var watching = ProcessUse.PeakOfToolsAsync(server.ProcessId, over.Token);
        var (status, final) = await server.FinishAsync(dub, withinSeconds: 7200);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await over.CancelAsync();
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        await using (var file = File.Create(result))
        await using (var body = await server.Http.GetStreamAsync(final.GetProperty("result_url").GetString()))
            await body.CopyToAsync(file);
        return (seconds, ProcessUse.PeakMegabytes(server.ProcessId), await watching);
    }

    // The story over and over, then half a minute of it, and half a minute of flashes and beeps.
    private async Task<string> ClipAsync(int minutes)
    {
        var clips = new BenchClips(_folder);
        var (talk, end, path) = (await clips.OfLengthAsync(30), Path.Combine(_folder, "end.mp4"), Path.Combine(_folder, "length.mp4"));
        double[] marks = [.. Marks.Select(mark => mark - 30)];
        await Tool.FfmpegAsync(
        [
            "-v", "error", "-i", talk, .. FlashAndBeep.Picture(30, marks).Split(' '), .. FlashAndBeep.Sound(30, marks).Split(' '),
            "-filter_complex",
            "[0:v]scale=320:180,setsar=1[talk];[1:v]scale=320:180,format=yuv420p,setsar=1[marks];"
                + "[talk][0:a][marks][2:a]concat=n=2:v=1:a=1[v][a]",
            "-map", "[v]", "-map", "[a]", "-r", "25", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "35", "-pix_fmt", "yuv420p",
            "-c:a", "aac", "-b:a", "128k", end,
        ]);
        if (minutes == 1)
        {
            File.Move(end, path);
            return path;
        }
        var list = Path.Combine(_folder, "length.list");
        await File.WriteAllLinesAsync(list, [$"file '{await clips.OfLengthAsync((minutes - 1) * 60)}'", $"file '{end}'"]);
        await Tool.FfmpegAsync("-v", "error", "-f", "concat", "-safe", "0", "-i", list, "-c", "copy", path);
        return path;
    }

    private static string Cues(int minutes)
    {
        var (cues, script) = (new StringBuilder(), BenchClips.Lines);
        for (var (at, i) = (0.5, 0); at + CueSeconds < (minutes * 60) - 30; (at, i) = (at + EverySeconds, i + 1))
            cues.Append($"{i + 1}\n{Time(at)} --> {Time(at + CueSeconds)}\n{script[i % script.Count]}\n\n");
        return cues.ToString();
    }

    // By how many milliseconds each beep of the last minute is heard after its flash.
    private async Task<string> ApartAsync(string path, int minutes)
    {
        var end = Path.Combine(_folder, "last.mkv");
        await Tool.FfmpegAsync(
            "-v", "error", "-ss", ((minutes - 1) * 60).ToString(CultureInfo.InvariantCulture), "-i", path, "-map", "0:v:0", "-map", "0:a:0",
            "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_s16le", end);
        // The picture of the story is bright now and then.
        var flashes = (await FlashAndBeep.FlashesAsync(end)).Where(at => at > 30).ToList();
        var beeps = await FlashAndBeep.BeepsAsync(end);
        Assert.That((flashes.Count, beeps.Count), Is.EqualTo((Marks.Length, Marks.Length)), path);
        return string.Join(", ", flashes.Zip(beeps, (flash, beep) => FormattableString.Invariant($"{(beep - flash) * 1000:0}")));
    }

    private static string Time(double seconds) => TimeSpan.FromSeconds(seconds).ToString(@"hh\:mm\:ss\,fff", CultureInfo.InvariantCulture);
}
