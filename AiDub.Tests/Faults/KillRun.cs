using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Faults;

/// <summary>Kills the service at one point of a dub after the other, restarts it, and counts what became of the dubs.</summary>
internal sealed class KillRun(FaultedServer server, bool isGiven, params string[] languages)
{
    private readonly List<string> _wrong = [];
    private Dictionary<string, byte[]> _subtitles = [];
    private int _tried;
    private int _recovered;
    private int _lost;
    private int _doubled;

    /// <summary>What was not as it should be, a line each.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    public string Summary => $"{_tried} points tried, {_recovered} recovered, {_lost} lost, {_doubled} doubled, {_wrong.Count} wrong";

    /// <summary>Dubs undisturbed and returns the moments at which the process can be killed: before and after each write.</summary>
    public async Task<IReadOnlyList<string>> ListMomentsAsync()
    {
        // What the service went through before it was ready is of no dub.
        server.TakePoints();
        await server.TrySubmitAsync(isGiven, languages);
        await server.IdleAsync();
        _subtitles = Subtitles(await server.RowsAsync("dubs"));
        Assert.That(_subtitles, Has.Count.EqualTo(2 * languages.Length));
        return [.. server.TakePoints().Distinct().SelectMany(point => new[] { $"before {point}", $"after {point}" })];
    }

    /// <summary>Dubs with a kill at a moment, restarts, and checks what there is in the end.</summary>
    public async Task TryAsync(string moment)
    {
        var before = await server.RowsAsync("dubs");
        var known = await server.RowsAsync("progress");
        server.Rule(moment);
        var isAccepted = await server.TrySubmitAsync(isGiven, languages) is not null;
        await DubServer.UntilAsync(
            "the service dies", async () => server.Server.HasExited || (isAccepted && await server.IsIdleAsync()), seconds: 60);
        await DubServer.UntilAsync("the last write is over", () => Task.FromResult(server.Server.HasExited), seconds: 10, orFail: false);
        server.Rule(null);
        Check(moment, server.Server.HasExited, "the moment did not come");
        if (!server.Server.HasExited)
            return;

        _tried++;
        await server.Server.StartAsync();
        await server.IdleAsync();
        var left = await server.SettleAsync(seconds: 30);

        var dubs = (await server.RowsAsync("dubs")).Except(before).ToList();
        var documents = (await server.RowsAsync("progress")).Except(known).ToList();
        // Of a request that was never answered, what was written is made: nobody was promised the rest.
        var expected = isAccepted ? languages.Length : documents.Count;
        if (dubs.Count < expected || documents.Count != dubs.Count)
            _lost++;
        else if (dubs.Count > expected)
            _doubled++;
        else
            _recovered++;
        Check(
            moment,
            dubs.Count == expected && documents.Count == expected,
            $"{dubs.Count} records and {documents.Count} documents, not {expected}");
        Check(moment, dubs.Count != languages.Length || Equal(Subtitles(dubs), _subtitles), "the subtitles differ");
        Check(moment, dubs.TrueForAll(dub => server.Result(dub).Count == 3), "the result has other files");
        Check(moment, left.Count == 0, "left behind: " + string.Join(", ", left));
        server.TakePoints();
    }

    private void Check(string moment, bool isRight, string what)
    {
        if (isRight)
            return;
        _wrong.Add($"{moment}: {what}");
        TestContext.Progress.WriteLine(_wrong[^1]);
    }

    private Dictionary<string, byte[]> Subtitles(IEnumerable<Guid> dubs) => dubs.SelectMany(server.Result)
        .Where(file => !file.Key.StartsWith("dubbed", StringComparison.Ordinal)).ToDictionary();

    private static bool Equal(Dictionary<string, byte[]> a, Dictionary<string, byte[]> b) =>
        a.Count == b.Count && a.All(file => b.TryGetValue(file.Key, out var other) && other.AsSpan().SequenceEqual(file.Value));
}
