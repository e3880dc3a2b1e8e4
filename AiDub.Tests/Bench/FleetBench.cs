using System.Diagnostics;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.Faults;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Bench;

/// <summary>How quickly many machines take dubs on and recover them. Run by <c>./aidub bench fleet</c>.</summary>
[TestFixture]
[Explicit]
[Category("Bench")]
public sealed class FleetBench
{
    private static readonly Uri Video = new("https://example.com/v.mp4");

    private MongoTestDatabase _database = null!;

    [SetUp]
    public async Task Open() => _database = (await MongoServer.SharedAsync()).NewDatabase();

    [TearDown]
    public async Task Close() => await _database.DisposeAsync();

    // The first write of a worker is its claim: attempt 1.
    [TestCase(100), Order(1)]
    public async Task Submit_to_first_write(int count)
    {
        BenchTable.Write("| two workers, an API, one MongoDB | p50 | p99 / max | n |");
        BenchTable.Write("| --- | --- | --- | --- |");
        await using var fleet = await StartAsync();
        var waits = new List<double>();
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var dub = await fleet.Api.SubmitAsync(Video);
            while ((await _database.RawAsync(dub))["attempt"].ToInt32() == 0)
                await Task.Delay(2);
            waits.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        waits.Sort();
        BenchTable.Write(
            $"| submit to the worker's first write, idle fleet | {waits[count / 2]:0.00} s | "
                + $"{waits[(int)Math.Ceiling(count * 0.99) - 1]:0.00} s (p99), {waits[^1]:0.00} s (max) | {count} |");
    }

    [TestCase(1000), Order(2)]
    public async Task Burst(int count)
    {
        await using var fleet = await StartAsync(("Workers__Count", "8"), (ScriptedWorker.SleepVariable, "5"));
        var started = Stopwatch.GetTimestamp();
        var before = await fleet.CountRecordsAsync();
        foreach (var chunk in Enumerable.Range(0, count).Chunk(50))
            await Task.WhenAll(chunk.Select(_ => fleet.Api.SubmitAsync(Video)));
        var submitted = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await DubServer.UntilAsync("every dub is done", async () => await fleet.CountRecordsAsync() - before == count, seconds: 600);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        BenchTable.Write($"| burst: submits a second, dubs done a second | {count / submitted:0} /s | {count / seconds:0} /s | {count} |");
    }

    [TestCase(20), Order(3)]
    public async Task Recovery(int count)
    {
        await using var fleet = await StartAsync();
        var waits = new List<double>();
        for (var i = 0; i < count; i++)
        {
            fleet.Hold("speak");
            var dub = await fleet.Api.SubmitAsync(Video);
            var worker = await fleet.WorkerAtAsync(dub, "speak");
            var started = Stopwatch.GetTimestamp();
            await worker.KillAsync();
            await DubServer.UntilAsync(
                "another has taken over", () => Task.FromResult(fleet.Journal.Count(line => line.Dub == dub && line.Step == "speak") == 2));
            waits.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            fleet.LetGo("speak");
            await fleet.AssertDoneOnceAsync(dub, withinSeconds: 60, repeated: "speak");
            await worker.StartAsync();
        }

        waits.Sort();
        BenchTable.Write(
            $"| kill -9 to another worker at the same step, lease 30 s | {waits[count / 2]:0.0} s | {waits[^1]:0.0} s (max) | {count} |");
    }

    private Task<Fleet> StartAsync(params (string, string)[] settings) =>
        Faults.Fleet.StartAsync(_database, workers: 2, settings: settings);
}
