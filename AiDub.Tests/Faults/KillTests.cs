using System.Globalization;
using System.Text.RegularExpressions;
using AiDub.Tests.Bench;

namespace AiDub.Tests.Faults;

/// <summary>
/// kill -9 before and after every write of a dub. This takes one of each kind; <c>./aidub bench faults</c> takes them all.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
[Category("Long")]
public sealed partial class KillTests
{
    private const int Seed = 1;

    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("aidub-kill-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public Task A_dub_that_is_killed_at_any_kind_of_write_ends_as_one_result_with_nothing_left() => TryEachKindAsync(_ => true, "es");

    [Test]
    public Task Dubs_of_one_request_that_are_killed_as_they_take_turns_leave_nothing_that_they_shared() => TryEachKindAsync(
        moment => moment.EndsWith("add fr", StringComparison.Ordinal) || moment.Contains("Status_5", StringComparison.Ordinal)
            || (moment.Contains("delete work/shared/", StringComparison.Ordinal) && moment.EndsWith("/source", StringComparison.Ordinal)),
        "es",
        "fr");

    private async Task TryEachKindAsync(Func<string, bool> isWanted, params string[] languages)
    {
        var clip = await FaultedServer.ClipAsync(_folder, 3);
        await using var server = await FaultedServer.StartAsync(clip, ("Workers__Count", "1"));
        var run = new KillRun(server, isGiven: true, languages);
        var random = new Random(Seed);
        var chosen = (await run.ListMomentsAsync())
            .Where(isWanted)
            .GroupBy(Kind)
            .Select(kind => kind.ElementAt(random.Next(kind.Count())))
            .ToList();

        foreach (var moment in chosen)
            await run.TryAsync(moment);

        await TestContext.Progress.WriteLineAsync(
            $"kill -9 at each kind of write (into {string.Join(", ", languages)}; seed {Seed}): {run.Summary}");
        Assert.That(run.Wrong, Is.Empty);
        Assert.That(
            run.Summary,
            Does.StartWith(string.Create(CultureInfo.InvariantCulture, $"{chosen.Count} points tried, {chosen.Count} recovered")));
    }

    /// <summary>
    /// All of them: of a dub whose translation was sent along, of one that is recognised and translated, and of two languages at once.
    /// </summary>
    [TestCase(true, "es")]
    [TestCase(false, "es")]
    [TestCase(true, "es", "fr")]
    [Explicit]
    [Category("Bench")]
    public async Task Every_write(bool isGiven, params string[] languages)
    {
        var clip = await FaultedServer.ClipAsync(_folder, isGiven ? 3 : 6);
        await using var server = await FaultedServer.StartAsync(clip, ("Workers__Count", "1"));
        var run = new KillRun(server, isGiven, languages);

        foreach (var moment in await run.ListMomentsAsync())
            await run.TryAsync(moment);

        BenchTable.Write(
            $"kill -9 at every write of a dub into {string.Join(", ", languages)}, {(isGiven ? "texts given" : "recognised")}: "
                + $"{run.Summary}");
        Assert.That(run.Wrong, Is.Empty);
    }

    // The operation and the kind of object it writes: speech, a record, a step, a result.
    private static string Kind(string moment) => Ids().Replace(moment.Split(' ', 2)[1], "#");

    [GeneratedRegex(@"\d+|[a-z]+(?=\.json)| ×.*")]
    private static partial Regex Ids();
}
