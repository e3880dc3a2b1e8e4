using System.Net;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Faults;

/// <summary>An API without workers and workers without an API, each a process of its own, on one MongoDB.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly string _script = Directory.CreateTempSubdirectory("aidub-script-").FullName;
    private readonly MongoTestDatabase _database;
    private readonly List<DubServer> _workers = [];

    private Fleet(MongoTestDatabase database, (string, string)[] settings)
    {
        _database = database;
        // The steps are scripted: of engines there need be no more than the least that a service can do with.
        Settings = [
            ("Engines__Recognizer", "PocketSphinx"), ("Engines__Translator", "Apertium"), ("Engines__Synthesizer", "Espeak"),
            .. settings, (ScriptedWorker.ScriptVariable, _script)];
        Api = new DubServer([.. Settings, ("Workers__Enabled", "false")]);
    }

    public DubServer Api { get; }

    public IReadOnlyList<DubServer> Workers => _workers;

    public (string, string)[] Settings { get; }

    /// <summary>What the steps wrote as they began: dub, step and process.</summary>
    public IReadOnlyList<(Guid Dub, string Step, int Process)> Journal => new StepJournal(_script).Read();

    public static async Task<Fleet> StartAsync(
        MongoTestDatabase database, int workers, string? connectionString = null, params (string, string)[] settings)
    {
        (string, string)[] environment = [
            .. database.Environment.Where(s => connectionString is null || s.Name != "ConnectionStrings__Mongo")];
        var fleet = new Fleet(
            database,
            [.. environment, .. connectionString is null ? [] : new[] { ("ConnectionStrings__Mongo", connectionString) }, .. settings]);
        await fleet.Api.StartAsync();
        for (var i = 0; i < workers; i++)
            fleet._workers.Add(new DubServer("AiDub.Tests.dll", fleet.Api.DataFolder, fleet.Settings));
        await Task.WhenAll(fleet._workers.Select(w => w.StartAsync()));
        return fleet;
    }

    public void Hold(string step) => File.WriteAllText(Path.Combine(_script, $"hold-{step}"), "");

    /// <summary>Lets all go on, and starts the workers that have ended again.</summary>
    public async Task ReviveAsync()
    {
        foreach (var hold in Directory.GetFiles(_script, "hold-*"))
            File.Delete(hold);
        foreach (var worker in _workers)
        {
            await worker.SignalAsync("CONT");
            if (worker.HasExited)
                await worker.StartAsync();
        }
    }

    public void LetGo(string step) => File.Delete(Path.Combine(_script, $"hold-{step}"));

    /// <summary>Waits until a step of a dub has begun, and returns the worker that does it.</summary>
    public async Task<DubServer> WorkerAtAsync(Guid dub, string step)
    {
        var process = 0;
        await UntilAsync($"the dub is at {step}", () =>
        {
            process = Journal.LastOrDefault(line => line.Dub == dub && line.Step == step).Process;
            return Task.FromResult(process != 0);
        });
        return _workers.Single(w => w.ProcessId == process);
    }

    /// <summary>
    /// Asserts that a dub is complete within a time, has one durable record and one result, and did its other steps once.
    /// </summary>
    public async Task AssertDoneOnceAsync(Guid dub, int withinSeconds, params string[] repeated)
    {
        await UntilAsync("the dub is done", async () =>
        {
            var (status, body) = await Api.PollAsync(dub);
            Assert.That(status, Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), body.ToString());
            return body.TryGetProperty("result_url", out _);
        }, withinSeconds);
        Assert.That(await CountRecordsAsync(dub), Is.EqualTo(1), "records in the main table");
        Assert.That(
            Api.FilesUnder(Path.Combine("objects", "results", "51", dub.ToString())).Where(File.Exists).Select(Path.GetFileName),
            Is.EqualTo(new[] { "dubbed.mp4" }));
        foreach (var step in new[] { "transcribe", "translate", "speak", "render" }.Except(repeated))
            Assert.That(Journal.Count(line => line.Dub == dub && line.Step == step), Is.EqualTo(1), $"{step} was done once");
    }

    // What every process said is what tells why something did not come about.
    private async Task UntilAsync(string what, Func<Task<bool>> happened, int withinSeconds = 240)
    {
        try
        {
            await DubServer.UntilAsync(what, happened, withinSeconds);
        }
        catch (AssertionException)
        {
            foreach (var server in _workers.Prepend(Api))
                await TestContext.Out.WriteLineAsync($"-- {(server == Api ? "API" : "worker")}:\n{server.Log}");
            throw;
        }
    }

    public Task<long> CountRecordsAsync(Guid? dub = null) => _database.CountDubsAsync(dub);

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.SignalAsync("CONT");
            await worker.DisposeAsync();
        }

        await Api.DisposeAsync();
        Directory.Delete(_script, recursive: true);
    }
}
