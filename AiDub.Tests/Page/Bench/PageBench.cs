using AiDub.Tests.Bench;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Page.Bench;

/// <summary>How light the page is: by Lighthouse, and with many lines against few. Run by <c>./aidub bench page</c>.</summary>
[TestFixture]
[Explicit]
[Category("Bench")]
[NonParallelizable]
public sealed class PageBench
{
    private const int Many = 1000;
    private const int Few = 10;
    private const int Runs = 3;

    private const string Watch = """
        () => {
          window.gaps = [];
          window.tasks = [];
          new PerformanceObserver(list => window.tasks.push(...list.getEntries().map(task => task.duration))).observe({ type: 'longtask' });
          let last = performance.now();
          const tick = now => { window.gaps.push(now - last); last = now; requestAnimationFrame(tick); };
          requestAnimationFrame(tick);
        }
        """;

    [Test]
    [Order(1)]
    public async Task Lighthouse_of_the_form_and_of_a_finished_dub()
    {
        var dub = await QuickDub.MakeAsync(PageSite.Server, PageSite.Clip, "Buenos días.", "La casa es roja.");
        BenchTable.Write($"| Lighthouse, as on a phone, best of {Runs} | performance | accessibility |");
        BenchTable.Write("| --- | --- | --- |");
        foreach (var (name, fragment) in new[] { ("the form", ""), ("a finished dub", $"#{dub}") })
        {
            var runs = new List<Dictionary<string, int>>();
            for (var i = 0; i < Runs; i++)
                runs.Add((await Lighthouse.MeasureAsync(
                    new Uri(PageSite.Server.BaseAddress, fragment), "performance", "accessibility")).Scores);
            BenchTable.Write($"| {name} | {runs.Max(run => run["performance"])} | {runs.Min(run => run["accessibility"])} |");
        }
    }

    [Test]
    [Order(2)]
    public async Task Frames_while_lines_are_scrolled_through_and_typed_into()
    {
        BenchTable.Write(
            "| lines | first one after | frames | over 50 ms | 99 of 100 within | longest task, by the clock | of its own work | rows |");
        BenchTable.Write("| --- | --- | --- | --- | --- | --- | --- | --- |");
        var worst = new List<(double Within, double Longest)>();
        foreach (var lines in new[] { Few, Many })
            worst.Add(await MeasureAsync(lines));
        BenchTable.Write(
            $"With {Many} lines, 99 of 100 frames are within {worst[1].Within / worst[0].Within:0.0} times what they are with {Few}, and "
            + $"the longest task works {worst[1].Longest / worst[0].Longest:0.0} times as long. A frame that is late although no task "
            + "works for 50 ms waited for a core.");
    }

    private static async Task<(double Within, double Longest)> MeasureAsync(int lines)
    {
        var sound = Path.Combine(Path.GetTempPath(), $"aidub-page-{Guid.NewGuid():N}.m4a");
        await Tool.FfmpegAsync("-v", "error", "-f", "lavfi", "-i", $"sine=frequency=200:duration={1.5 * lines}", "-b:a", "32k", sound);
        // The same words one after the other would be taken for captions that roll, and said once.
        var texts = Enumerable.Range(0, lines).Select(i => i % 2 == 0 ? "La casa roja." : "El perro.");
        var id = await QuickDub.MakeAsync(PageSite.Server, sound, [.. texts]);
        File.Delete(sound);
        await using var tab = await PageSite.TabAsync();
        var page = tab.Page;
        var before = TimeProvider.System.GetTimestamp();
        await tab.OpenAsync($"#{id}");
        await tab.SeeAsync(".segment");
        var first = TimeProvider.System.GetElapsedTime(before).TotalSeconds;
        await page.EvaluateAsync("() => document.getElementById('segments').scrollIntoView()");
        await page.EvaluateAsync(Watch);
        var thread = await MainThread.WatchAsync(page);
        await page.Mouse.MoveAsync(600, 400);
        for (var i = 0; i < 100; i++)
        {
            await page.Mouse.WheelAsync(0, lines == Many || i / 3 % 2 == 0 ? 300 : -300);
            await page.EvaluateAsync("() => new Promise(requestAnimationFrame)");
        }
        await page.EvaluateAsync("() => document.getElementById('segments').scrollIntoView()");
        await page.Locator(".segment textarea").First.ClickAsync();
        await page.Keyboard.TypeAsync(" Y el perro come pan con queso en la calle de mi pueblo.", new() { Delay = 20 });
        var works = (await thread.StopAsync()).Max();
        var gaps = await page.EvaluateAsync<double[]>("() => window.gaps.slice(1)");
        var tasks = await page.EvaluateAsync<double[]>("() => window.tasks");
        var within = gaps.Order().ElementAt((int)(gaps.Length * 0.99));
        var (slow, longest) = (gaps.Count(gap => gap > 50), tasks.DefaultIfEmpty().Max());
        var rows = await page.Locator(".segment").CountAsync();
        BenchTable.Write($"| {lines} | {first:0.0} s | {gaps.Length} | {slow} | {within:0} ms | {longest:0} ms | {works:0} ms | {rows} |");
        return (within, works);
    }
}
