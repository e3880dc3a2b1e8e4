using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace AiDub.Tests.Page;

/// <summary>
/// The endpoints that answer about segments and events, as the contract says they do, in the browser's way to the service: what the page
/// does with a stale revision or a stream that breaks off must not depend on when the service does so.
/// </summary>
internal sealed class AgreedEndpoints(PageDub dub)
{
    private readonly JsonArray _segments =
    [
        Segment(0, 1.5, "good morning and welcome", "Buenos días y bienvenido.", 1.0),
        Segment(1, 5.6, "today i want to show you", "Hoy quiero mostrarte.", 1.18),
    ];

    /// <summary>The revision of the segments.</summary>
    public int Revision { get; set; } = 3;

    /// <summary>The bodies that were sent, with their method and the end of their path.</summary>
    public List<(string What, JsonNode Body)> Sent { get; } = [];

    /// <summary>The <c>Last-Event-ID</c> of every connection to the events.</summary>
    public List<string?> Resumed { get; } = [];

    /// <summary>What each connection to the events answers, the last of them again and again.</summary>
    public Queue<string> Streams { get; } = new();

    public async Task AnswerAsync(IPage page)
    {
        await page.RouteAsync("**/swagger/v1/swagger.json", DescribeAsync);
        await page.RouteAsync($"**/ai_dub/{dub.RequestId}/segments?*", route => JsonAsync(route, Segments()));
        await page.RouteAsync($"**/ai_dub/{dub.RequestId}/segments/*", EditAsync);
        await page.RouteAsync($"**/ai_dub/{dub.RequestId}/render", route =>
        {
            Sent.Add(("POST render", JsonNode.Parse(route.Request.PostData!)!));
            return JsonAsync(
                route, new JsonObject { ["request_id"] = dub.RequestId, ["status"] = "progress_initiated", ["revision"] = Revision });
        });
        await page.RouteAsync($"**/ai_dub/{dub.RequestId}/events?*", route =>
        {
            Resumed.Add(route.Request.Headers.GetValueOrDefault("last-event-id"));
            return route.FulfillAsync(
                new() { ContentType = "text/event-stream", Body = Streams.Count > 1 ? Streams.Dequeue() : Streams.Peek() });
        });
    }

    /// <summary>Somebody else writes a segment.</summary>
    public void WriteElsewhere(int index, string translation)
    {
        Revision++;
        _segments[index]!["translation"] = translation;
    }

    private static JsonObject Segment(int index, double start, string text, string translation, double tempo) => new()
    {
        ["index"] = index,
        ["start"] = start,
        ["end"] = start + 3,
        ["text"] = text,
        ["translation"] = translation,
        ["speaker"] = "S1",
        ["voice"] = "es",
        ["dub_start"] = start,
        ["dub_end"] = start + 2.5,
        ["tempo"] = tempo,
        ["changed"] = false,
    };

    private JsonObject Segments() => new()
    {
        ["request_id"] = dub.RequestId,
        ["revision"] = Revision,
        ["rendered_revision"] = 3,
        ["from_lang"] = "en",
        ["to_lang"] = "es",
        ["duration_seconds"] = 9,
        ["voices"] = new JsonArray("es", "es+f2"),
        ["segments"] = _segments.DeepClone(),
    };

    private Task EditAsync(IRoute route)
    {
        var sent = JsonNode.Parse(route.Request.PostData!)!.AsObject();
        var index = int.Parse(new Uri(route.Request.Url).Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
        Sent.Add(($"{route.Request.Method} {index}", sent.DeepClone()));
        if ((int)sent["revision"]! != Revision)
            return JsonAsync(
                route, new JsonObject { ["status"] = 409, ["msg"] = $"the revision is {Revision}", ["msg_code"] = "revision_stale" }, 409);
        Revision++;
        foreach (var (name, value) in sent.Where(field => _segments[index]!.AsObject().ContainsKey(field.Key)))
            _segments[index]![name] = value!.DeepClone();
        _segments[index]!["changed"] = true;
        return JsonAsync(route, new JsonObject { ["revision"] = Revision, ["segment"] = _segments[index]!.DeepClone() });
    }

    // Features are read from the service's own document; what this branch of it lacks is added.
    private static async Task DescribeAsync(IRoute route)
    {
        var document = JsonNode.Parse(await (await route.FetchAsync()).TextAsync())!;
        var paths = document["paths"]!.AsObject();
        foreach (var (path, method) in new[] { ("events", "get"), ("segments", "get"), ("render", "post") })
            paths.TryAdd($"/ai_dub/{{request_id}}/{path}", new JsonObject { [method] = new JsonObject() });
        paths.Remove("/ai_dub/{request_id}");
        await JsonAsync(route, document);
    }

    private static Task JsonAsync(IRoute route, JsonNode body, int status = 200) =>
        route.FulfillAsync(new() { Status = status, ContentType = "application/json", Body = body.ToJsonString() });
}
