using System.Diagnostics;
using System.Globalization;
using System.Net;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Bench;

/// <summary>How fast a whole dub is, against the same tools one after the other. Run by <c>./aidub bench speed</c>.</summary>
[TestFixture]
[Explicit]
[Category("Bench")]
public sealed class SpeedBench
{
    private string _folder = null!;

    [SetUp]
    public void Open() => _folder = Directory.CreateTempSubdirectory("aidub-bench-").FullName;

    [TearDown]
    public void Close() => Directory.Delete(_folder, recursive: true);

    [TestCase(600)]
    [TestCase(20)]
    public async Task Speed(double seconds)
    {
        var clip = await new BenchClips(_folder).OfLengthAsync(seconds);
        var cores = Environment.ProcessorCount;

        var (dub, children, tools, own) = await DubAsync(clip);
        var (plain, parts) = await TimeAsync(() =>
            Tool.RunAsync(Path.Combine(AppContext.BaseDirectory, "Bench", "plain.sh"), clip, Path.Combine(_folder, "plain.mp4")));
        var (pass, _) = await TimeAsync(() =>
            Tool.FfmpegAsync("-v", "error", "-i", clip, "-c:v", "copy", "-c:a", "aac", Path.Combine(_folder, "pass.mp4")));
        var recognition = await RecognitionCpuAsync(clip);
        var floor = recognition / cores + pass;

        BenchTable.Write(
            "| clip | whole dub | plain script | dub ÷ script | recognition CPU ÷ cores + one pass | dub ÷ that | while no tool ran | "
                + "CPU of the service | CPU of all tools |");
        BenchTable.Write("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        BenchTable.Write(
            $"| {seconds:0} s | {dub:0.0} s | {plain:0.0} s | {dub / plain:0.00} | {floor:0.0} s | {dub / floor:0.00} | "
                + $"{dub - tools:0.00} s | {own:0.0} s | {children:0.0} s |");
        TestContext.Progress.WriteLine(parts.Replace('\n', ';'));
    }

    // What passes while no tool runs is the service's own: queue, stores, downloads, what it computes between its tools, and the poll that
    // sees the end.
    private static async Task<(double Seconds, double ChildrenCpu, double ToolSeconds, double OwnCpu)> DubAsync(string clip)
    {
        await using var clips = await ClipServer.StartAsync();
        await using var server = new DubServer(
            ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}"),
            ("Logging__LogLevel__AiDub.Jobs.Tools", "Debug"), ("Workers__Rehearse", "true"))
        { IsMeasured = true };
        await server.StartAsync();
        var address = clips.Serve(clip);
        var before = ProcessUse.OwnCpuSeconds(server.ProcessId);
        var started = Stopwatch.GetTimestamp();
        var (status, final) = await server.FinishAsync(await server.SubmitAsync(address), withinSeconds: 3600);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var toolSeconds = ToolTimes.Covered(server.Log, TimeProvider.System.GetUtcNow().AddSeconds(-seconds));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        TestContext.Progress.WriteLine(final.GetProperty("report").GetProperty("step_seconds").ToString());
        return (seconds, ProcessUse.ChildrenCpuSeconds(server.ProcessId), toolSeconds, ProcessUse.OwnCpuSeconds(server.ProcessId) - before);
    }

    // The recogniser as the service runs it: its processes' CPU time, whatever else the machine does.
    private async Task<double> RecognitionCpuAsync(string clip)
    {
        var wav = Path.Combine(_folder, "recognise.wav");
        await Tool.FfmpegAsync("-v", "error", "-i", clip, "-ac", "1", "-ar", "16000", wav);
        var before = ProcessUse.ChildrenCpuSeconds(Environment.ProcessId);
        using var engines = new EngineBench();
        await engines.RecognizeAsync(wav, _folder);
        return ProcessUse.ChildrenCpuSeconds(Environment.ProcessId) - before;
    }

    private static async Task<(double Seconds, string Said)> TimeAsync(Func<Task<string>> work)
    {
        var started = Stopwatch.GetTimestamp();
        var said = await work();
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, string.Create(CultureInfo.InvariantCulture, $"{said}"));
    }
}
