using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Faults;

/// <summary>kill -9 while many submit at once, whose dubs are written together.</summary>
[TestFixture]
public sealed class KilledSubmitsTests
{
    private const int Submitters = 16;

    [Test]
    public async Task Every_dub_that_was_answered_is_there_after_a_kill_and_none_twice()
    {
        await using var server = new DubServer(("Workers__Enabled", "false"));
        await server.StartAsync();
        var answered = new ConcurrentDictionary<string, Guid>();
        var asked = new ConcurrentBag<string>();
        var enough = new TaskCompletionSource();

        var submitters = Enumerable.Range(0, Submitters).Select(one => Task.Run(async () =>
        {
            for (var i = 0; ; i++)
            {
                var project = $"{one}-{i}";
                asked.Add(project);
                if (await TrySubmitAsync(server, project) is not { } id)
                    return;
                answered[project] = id;
                if (answered.Count >= 10 * Submitters)
                    enough.TrySetResult();
            }
        })).ToList();
        await enough.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await server.KillAsync();
        await Task.WhenAll(submitters);
        await server.StartAsync();

        var listed = await ListAsync(server);
        Assert.That(listed.Select(dub => dub.Project), Is.Unique);
        Assert.That(listed.Select(dub => dub.Project), Is.SubsetOf(asked));
        Assert.That(answered.Select(dub => (dub.Key, dub.Value)), Is.SubsetOf(listed));
        // Who was not answered may have been written or not: each had one request on its way.
        Assert.That(listed.Count - answered.Count, Is.InRange(0, Submitters));
        foreach (var id in answered.Values.Take(5))
            Assert.That((await server.PollAsync(id)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    // Null: the service is gone.
    private static async Task<Guid?> TrySubmitAsync(DubServer server, string project)
    {
        try
        {
            var request = new { source_video_url = "https://a.example/v.mp4", user_id = 51, project_id = project, to_lang = "es" };
            using var answer = await server.Http.PostAsJsonAsync(new Uri(server.BaseAddress, "/ai_dub"), request);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("request_id").GetGuid();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
    }

    private static async Task<List<(string Project, Guid Id)>> ListAsync(DubServer server)
    {
        var dubs = new List<(string, Guid)>();
        string? cursor = null;
        do
        {
            var query = $"/ai_dub?user_id=51&limit=100{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}";
            var page = await server.Http.GetFromJsonAsync<JsonElement>(new Uri(server.BaseAddress, query));
            dubs.AddRange(page.GetProperty("dubs").EnumerateArray().Select(dub =>
                (dub.GetProperty("project_id").GetString()!, dub.GetProperty("request_id").GetGuid())));
            cursor = page.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return dubs;
    }
}
