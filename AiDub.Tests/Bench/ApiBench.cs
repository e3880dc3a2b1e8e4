using System.Diagnostics;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Bench;

/// <summary>
/// How fast polls and submits are answered, beside an endpoint that does nothing, and the first requests after a start. Run by
/// <c>./aidub bench api</c>.
/// </summary>
/// <remarks>
/// Both are asked in turns, a few seconds each, and the turn whose ratio is in the middle of all is told: what else the machine does falls
/// on one as on the other.
/// </remarks>
[TestFixture]
[Explicit]
[Category("Bench")]
public sealed class ApiBench
{
    private const int Rounds = 5;

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);

    // Refused at the first private address: a submit is a record, a job and its end.
    private const string Submit =
        """{"source_video_url":"http://127.0.0.1:9/v.mp4","user_id":51,"project_id":"bench","to_lang":"es"}""";

    private string _folder = null!;
    private HttpLoad _load = null!;
    private EmptyService _empty = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-bench-").FullName;
        _load = new HttpLoad(_folder);
        _empty = await EmptyService.StartAsync();
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _empty.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    [Order(1)]
    public async Task First_requests()
    {
        var started = Stopwatch.GetTimestamp();
        await using var server = new DubServer { IsMeasured = true };
        await server.StartAsync();
        await AskEmptyAsync(server.Http);
        BenchTable.Write("| after a start | |");
        BenchTable.Write("| --- | --- |");
        BenchTable.Write($"| until it is ready | {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s |");
        await WriteAsync("first `GET /ai_dub/languages`", () => server.Http.GetAsync(new Uri(server.BaseAddress, "/ai_dub/languages")));
        for (var i = 1; i <= 10; i++)
        {
            var submit = () => PostAsync(server.Http, new Uri(server.BaseAddress, "/ai_dub"), Submit);
            await (i is 1 or 10 ? WriteAsync($"`POST /ai_dub` number {i}", submit) : submit());
        }
        var poll = $$"""{"user_id":51,"request_id":"{{Guid.NewGuid()}}"}""";
        await WriteAsync(
            "first `POST /ai_dub/progress`", () => PostAsync(server.Http, new Uri(server.BaseAddress, "/ai_dub/progress"), poll));
        await server.KillAsync();
    }

    // What compiling the asker takes is not the service's.
    private async Task AskEmptyAsync(HttpClient http)
    {
        for (var i = 0; i < 50; i++)
        {
            using var got = await http.GetAsync(_empty.Address);
            using var posted = await PostAsync(http, _empty.Address, Submit);
        }
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient http, Uri address, string body) =>
        http.PostAsync(address, new StringContent(body, null, "application/json"));

    [Test]
    [Order(2)]
    public async Task Idle()
    {
        await using var server = new DubServer(("Workers__Enabled", "false")) { IsMeasured = true };
        await server.StartAsync();
        await PollsAsync("idle, embedded", server, await server.SubmitAsync(new Uri("https://a.example/v.mp4")));
        await server.KillAsync();
        await using var worker = new DubServer { IsMeasured = true };
        await worker.StartAsync();
        await SubmitsAsync("idle, embedded", worker);
        await worker.KillAsync();
    }

    [Test]
    [Order(3)]
    public Task While_two_dubs_run() => WhileTwoDubsRunAsync("embedded");

    private async Task WhileTwoDubsRunAsync(string store, params (string Name, string Value)[] settings)
    {
        var clip = await new BenchClips(_folder).OfLengthAsync(600);
        await using var clips = await ClipServer.StartAsync();
        await using var server = new DubServer([("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}"), .. settings])
        {
            IsMeasured = true,
        };
        await server.StartAsync();
        var dubs = new[] { await server.SubmitAsync(clips.Serve(clip)), await server.SubmitAsync(clips.Serve(clip)) };
        await PollsAsync($"two dubs run, {store}", server, dubs[0]);
        if (settings.Length == 0)
            await SubmitsAsync($"two dubs run, {store}", server);
        foreach (var dub in dubs)
            Assert.That((await server.PollAsync(dub)).Body.TryGetProperty("percent", out _), Is.True, "the dubs still run");
        await server.KillAsync();
    }

    /// <summary>
    /// A stand-in in Python answers slowly: what is told is how many polls one of its answers serves, not what MongoDB would. How many
    /// answers it gives to who asks nothing else is told too.
    /// </summary>
    [Test]
    [Order(4)]
    public async Task On_the_stand_in_for_MongoDB()
    {
        await using var mongo = await MongoServer.StartAsync();
        await using var database = mongo.NewDatabase();
        await using var server = new DubServer([("Workers__Enabled", "false"), .. database.Environment]) { IsMeasured = true };
        await server.StartAsync();
        var dub = await server.SubmitAsync(new Uri("https://a.example/v.mp4"));
        await PollsAsync("idle, MongoDB's stand-in", server, dub);
        await server.KillAsync();
        // As many at a time as the service has under way.
        var finds = await Task.WhenAll(FindsAsync(database, dub), FindsAsync(database, dub));
        BenchTable.Write($"| finds by the driver alone, two at a time | {finds.Sum() / Turn.TotalSeconds:0} | | | |");
        await WhileTwoDubsRunAsync("MongoDB's stand-in", database.Environment);
    }

    private static async Task<int> FindsAsync(MongoTestDatabase database, Guid dub)
    {
        var finds = 0;
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Turn; finds++)
            await database.RawAsync(dub);
        return finds;
    }

    private static async Task WriteAsync(string what, Func<Task<HttpResponseMessage>> ask)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await ask();
        BenchTable.Write($"| {what} | {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms |");
    }

    private async Task PollsAsync(string when, DubServer server, Guid dub)
    {
        var poll = $$"""{"user_id":51,"request_id":"{{dub}}"}""";
        var turns = new List<(HttpLoad.Measured Nothing, HttpLoad.Measured Polls)>();
        while (turns.Count < Rounds)
        {
            turns.Add((
                await _load.PostAsync(_empty.Address.ToString(), poll),
                await _load.PostAsync(new Uri(server.BaseAddress, "/ai_dub/progress").ToString(), poll)));
        }
        var (nothing, polls) = turns.OrderBy(turn => turn.Polls.PerSecond / turn.Nothing.PerSecond).ElementAt(Rounds / 2);
        BenchTable.Write($"| {when} | requests a second | p99 | ÷ nothing | p99 ÷ nothing |");
        BenchTable.Write("| --- | --- | --- | --- | --- |");
        BenchTable.Write($"| an endpoint that does nothing | {nothing.PerSecond:0} | {nothing.P99:0.0} ms | 1.00 | 1.0 |");
        BenchTable.Write(
            $"| `POST /ai_dub/progress` | {polls.PerSecond:0} | {polls.P99:0.0} ms | {polls.PerSecond / nothing.PerSecond:0.00} | "
                + $"{polls.P99 / nothing.P99:0.0} |");
    }

    private async Task SubmitsAsync(string when, DubServer server)
    {
        var submits = HttpLoad.Measured.None;
        for (var i = 0; i < Rounds; i++)
            submits = submits.Better(await _load.PostAsync(new Uri(server.BaseAddress, "/ai_dub").ToString(), Submit));
        BenchTable.Write($"| {when}: `POST /ai_dub` | {submits.PerSecond:0} | {submits.P99:0.0} ms | | |");
    }
}
