using System.Text.Json;
using AiDub.Tests.Api.Fakes;
using AiDub.Tests.Documents;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Clients;

/// <summary>Every request of AiDub.Api/requests.http, sent by httpYac from top to bottom to a real service.</summary>
public sealed class RequestsFileTests
{
    // What is refused, by how its title begins; one that may have ended meanwhile cannot be stopped.
    private static readonly Dictionary<string, int[]> Refused = new()
    {
        ["How its callback went"] = [404],
        ["Let it go on"] = [409],
        ["Stop one that runs"] = [200, 409],
        ["A refused request"] = [400],
        ["The same as problem details"] = [400],
    };

    [Test]
    [Category("Long")]
    public async Task Every_request_is_answered_as_its_title_says()
    {
        await using var server = new DubServer();
        await server.StartAsync();
        using var folder = new NodeFolder("httpyac");
        folder.Take("AiDub.Api/httpyac.config.js");
        await folder.WriteAsync("package.json", "{}");
        await folder.WriteAsync("requests.http", Repository.Read("AiDub.Api/requests.http")
            .Replace("http://127.0.0.1:5080", server.BaseAddress.ToString().TrimEnd('/'), StringComparison.Ordinal));

        var sent = await folder.RunAsync(
            "node_modules/httpyac/bin/httpyac.js", "send", "requests.http", "--all", "--json", "--no-color", "-o", "short");

        var answers = JsonElement.Parse(sent).GetProperty("requests").EnumerateArray().Select(request => (
            Title: request.Text("title"),
            Status: request.TryGetProperty("response", out var answer) ? answer.GetProperty("statusCode").GetInt32() : 0)).ToList();
        Assert.That(answers, Has.Count.EqualTo(Repository.Read("AiDub.Api/requests.http").Split("\n### ").Length - 1));
        foreach (var (title, status) in answers)
        {
            var expected = Refused.FirstOrDefault(refused => title.StartsWith(refused.Key, StringComparison.Ordinal)).Value ?? [200, 204];
            Assert.That(expected, Does.Contain(status), title);
        }
    }
}
