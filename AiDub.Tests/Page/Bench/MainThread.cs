using System.Text.Json;
using Microsoft.Playwright;

namespace AiDub.Tests.Page.Bench;

/// <summary>
/// The thread of a page that runs its scripts and lays it out, watched by the browser's own tracing: for how long each of its tasks works,
/// which does not hang on what else the machine does.
/// </summary>
internal sealed class MainThread
{
    private readonly ICDPSession _session;
    private readonly List<JsonElement> _events = [];
    private readonly TaskCompletionSource _complete = new();

    private MainThread(ICDPSession session)
    {
        _session = session;
        session.Event("Tracing.dataCollected").OnEvent += (_, data) => _events.AddRange(data!.Value.GetProperty("value").EnumerateArray());
        session.Event("Tracing.tracingComplete").OnEvent += (_, _) => _complete.SetResult();
    }

    /// <summary>Begins to watch.</summary>
    public static async Task<MainThread> WatchAsync(IPage page)
    {
        var thread = new MainThread(await page.Context.NewCDPSessionAsync(page));
        await thread._session.SendAsync("Tracing.start", new()
        {
            ["transferMode"] = "ReportEvents",
            ["traceConfig"] = new Dictionary<string, object>
            {
                ["includedCategories"] = new[] { "disabled-by-default-devtools.timeline" },
                ["excludedCategories"] = new[] { "*" },
            },
        });
        return thread;
    }

    /// <summary>Ends it, and answers the processor time of each task, in ms: scripts, layout, painting, collecting garbage.</summary>
    public async Task<IReadOnlyList<double>> StopAsync()
    {
        await _session.SendAsync("Tracing.end");
        await _complete.Task;
        var mains = _events
            .Where(e => Name(e) == "thread_name" && e.GetProperty("args").GetProperty("name").GetString() == "CrRendererMain")
            .Select(Thread).ToHashSet();
        // Of the tabs the one that was worked with.
        return [.. _events.Where(e => Name(e) == "RunTask" && e.TryGetProperty("tdur", out _) && mains.Contains(Thread(e)))
            .GroupBy(Thread).MaxBy(tasks => tasks.Count())!
            .Select(task => task.GetProperty("tdur").GetDouble() / 1000)];
    }

    private static string? Name(JsonElement entry) => entry.GetProperty("name").GetString();

    private static (int Process, int Thread) Thread(JsonElement entry) =>
        (entry.GetProperty("pid").GetInt32(), entry.GetProperty("tid").GetInt32());
}
