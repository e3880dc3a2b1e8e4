using System.Diagnostics;
using System.Globalization;
using System.Net;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.Faults;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Bench;

/// <summary>
/// An API and two workers dub for minutes on end while one or the other is killed or put to sleep. Run by <c>./aidub bench soak
/// [MINUTES]</c>.
/// </summary>
[TestFixture]
[Explicit]
[Category("Bench")]
public sealed class SoakBench
{
    private static readonly TimeSpan BetweenFaults = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenSubmits = TimeSpan.FromSeconds(2);

    // More than two workers have in hand, and few enough that a slow machine does not only gather a queue.
    private const int MostOpen = 8;

    private readonly List<Guid> _submitted = [];
    private readonly HashSet<Guid> _delivered = [];
    private readonly HashSet<Guid> _failed = [];
    private readonly List<DubServer> _processes = [];
    private int _kills;
    private int _sleeps;

    [Test]
    public async Task Soak()
    {
        var minutes = double.Parse(Environment.GetEnvironmentVariable("AIDUB_SOAK_MINUTES") ?? "30", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("AIDUB_SOAK_SEED") ?? "1", CultureInfo.InvariantCulture);
        var folder = Directory.CreateTempSubdirectory("aidub-soak-").FullName;
        await using var database = (await MongoServer.SharedAsync()).NewDatabase();
        await using var clips = await ClipServer.StartAsync();
        var clip = clips.Serve(await FaultedServer.ClipAsync(folder, 4));
        (string, string)[] settings =
        [
            .. database.Environment, ("TMPDIR", folder),
            ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}"), ("Workers__Count", "1"),
            ("Dubbing__LeaseSeconds", "5"), ("Dubbing__HeartbeatSeconds", "0.5"),
            ("Dubbing__SweepSeconds", "1"), ("Dubbing__LeftoverSeconds", "5"), ("Dubbing__KeepEditableHours", "0"),
        ];
        await using var api = new DubServer([.. settings, ("Workers__Enabled", "false")]) { IsMeasured = true };
        await using var first = new DubServer("AiDub.Jobs.dll", api.DataFolder, settings) { IsMeasured = true };
        await using var second = new DubServer("AiDub.Jobs.dll", api.DataFolder, settings) { IsMeasured = true };
        _processes.AddRange([api, first, second]);
        foreach (var process in _processes)
            await process.StartAsync();
        var before = Use();

        using (var over = new CancellationTokenSource(TimeSpan.FromMinutes(minutes)))
            await Task.WhenAll(SubmitAsync(api, clip, over.Token), DisturbAsync(new Random(seed), over.Token));
        await DubServer.UntilAsync("every dub is delivered", () => DeliverAsync(api), seconds: 900, orFail: false);
        await DubServer.UntilAsync("leftovers are gone", () => Task.FromResult(!Leftovers(api).Any()), seconds: 60, orFail: false);

        var lost = _submitted.Count(dub => !_delivered.Contains(dub) || api.FilesUnder(Result(dub)).Count(File.Exists) != 3);
        var doubled = 0;
        foreach (var dub in _submitted)
        {
            var isThereAgain = (await api.PollAsync(dub)).Body.TryGetProperty("result_url", out _);
            doubled += isThereAgain || await database.CountDubsAsync(dub) > 1 ? 1 : 0;
        }
        var left = Leftovers(api).ToList();
        var after = Use();
        BenchTable.Write(
            "| soak | submitted | delivered | failed | lost | doubled | kills | sleeps | leftovers | memory at start, end | open "
                + "files at start, end |");
        BenchTable.Write("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        BenchTable.Write(
            $"| {minutes} min, seed {seed} | {_submitted.Count} | {_delivered.Count} | {_failed.Count} | {lost} | {doubled} | "
                + $"{_kills} | {_sleeps} | {left.Count} | {before.Megabytes:0}, {after.Megabytes:0} MB | {before.Files}, {after.Files} |");
        Directory.Delete(folder, recursive: true);
        Assert.That((lost, doubled, _failed.Count), Is.EqualTo((0, 0, 0)));
        Assert.That(left, Is.Empty);
    }

    // An answer that never came promised nothing: such a dub is not counted, though it may be made.
    private async Task SubmitAsync(DubServer api, Uri clip, CancellationToken over)
    {
        using var timer = new PeriodicTimer(BetweenSubmits);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                if (_submitted.Count - _delivered.Count - _failed.Count < MostOpen
                    && await AskAsync(api, () => api.PostAsync(
                        "/ai_dub",
                        new { source_video_url = clip.OriginalString, user_id = 51, project_id = "soak", to_lang = "es" })) is { } answer
                    && answer.Status == HttpStatusCode.OK)
                    _submitted.Add(answer.Body.GetProperty("request_id").GetGuid());
                await DeliverAsync(api);
            }
        }
        catch (OperationCanceledException)
        {
            // Time is up.
        }
    }

    private async Task<bool> DeliverAsync(DubServer api)
    {
        foreach (var dub in _submitted.Where(dub => !_delivered.Contains(dub) && !_failed.Contains(dub)).Take(20).ToList())
        {
            if (await AskAsync(api, () => api.PollAsync(dub)) is not { } answer)
                return false;
            if (answer.Body.TryGetProperty("result_url", out _))
                _delivered.Add(dub);
            // Complete, but its answer was cut as the API was killed: the durable record has it.
            else if (answer.Status == HttpStatusCode.NotFound && api.FilesUnder(Result(dub)).Count(File.Exists) == 3)
                _delivered.Add(dub);
            else if (answer.Status is HttpStatusCode.InternalServerError or HttpStatusCode.NotFound && _failed.Add(dub))
                await TestContext.Progress.WriteLineAsync($"{dub}: {answer.Body}");
        }
        return _submitted.TrueForAll(dub => _delivered.Contains(dub) || _failed.Contains(dub));
    }

    private static async Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)?> AskAsync(
        DubServer api, Func<Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)>> ask)
    {
        try
        {
            return api.HasExited ? null : await ask();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
        }
    }

    private async Task DisturbAsync(Random random, CancellationToken over)
    {
        using var timer = new PeriodicTimer(BetweenFaults);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
            {
                var process = _processes[random.Next(_processes.Count)];
                if (random.Next(3) == 0)
                {
                    _sleeps++;
                    await process.SignalAsync("STOP");
                    await Task.Delay(TimeSpan.FromSeconds(random.Next(1, 9)), CancellationToken.None); // past its lease, or not
                    await process.SignalAsync("CONT");
                }
                else
                {
                    _kills++;
                    await process.KillAsync();
                    await process.StartAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Time is up, and every process runs.
        }
    }

    private (double Megabytes, int Files) Use() => (
        _processes.Sum(process => Process.GetProcessById(process.ProcessId).WorkingSet64 / 1e6),
        _processes.Sum(process => Directory.GetFileSystemEntries($"/proc/{process.ProcessId}/fd").Length));

    private static IEnumerable<string> Leftovers(DubServer api) => api.FilesUnder("scratch")
        .Concat(api.FilesUnder(Path.Combine("objects", ".incoming")))
        .Concat(api.FilesUnder(Path.Combine("objects", "work")).Where(path => File.Exists(path)
            && AiDub.Domain.Dubbing.ObjectKeys.IsTemporary(path)));

    private static string Result(Guid dub) => Path.Combine("objects", "results", "51", dub.ToString());
}
