using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AiDub.Tests.Page;

/// <summary>What a page of another site may do with the service, in a real browser.</summary>
public sealed class OtherSiteTests
{
    private const string Nobody = "/ai_dub/0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90";

    private Tab _tab = null!;

    [OneTimeSetUp]
    public void Serve() => PageSite.OtherSite.On("app.html", context =>
    {
        context.Response.ContentType = "text/html";
        return context.Response.WriteAsync("<!doctype html><title>app</title>");
    });

    [TearDown]
    public async Task Close() => await _tab.DisposeAsync();

    [Test]
    public async Task A_listed_site_edits_deletes_and_reads_what_it_needs()
    {
        var dub = await PageSite.DubAsync();
        await OpenAsync("127.0.0.1");

        var edit = await FetchAsync(
            $"{Nobody}/segments/0", new { method = "PATCH", headers = All, body = """{"user_id":51,"revision":0,"text":"Hi."}""" });
        var delete = await FetchAsync($"{Nobody}?user_id=51", new { method = "DELETE", headers = All });
        var export = await FetchAsync($"/ai_dub/{dub.RequestId}/translation.srt?user_id=1", new { });

        Assert.That(
            (edit.GetProperty("status").GetInt32(), delete.GetProperty("status").GetInt32(), export.GetProperty("status").GetInt32()),
            Is.EqualTo((404, 404, 200)));
        Assert.That(edit.GetProperty("body").GetString(), Does.Contain("dub_not_found"));
        Assert.That(export.GetProperty("disposition").GetString(), Does.StartWith("attachment"));
    }

    [Test]
    public async Task A_site_that_is_not_listed_reads_nothing()
    {
        await OpenAsync("localhost");

        Assert.That((await FetchAsync("/ai_dub/languages", new { })).GetProperty("error").GetString(), Is.EqualTo("TypeError"));
        Assert.That(
            (await FetchAsync($"{Nobody}?user_id=51", new { method = "DELETE" })).GetProperty("error").GetString(),
            Is.EqualTo("TypeError"));
    }

    private static Dictionary<string, string> All => new()
    {
        ["Content-Type"] = "application/json",
        ["Authorization"] = "Bearer none",
        ["Idempotency-Key"] = "a",
        ["Last-Event-ID"] = "1",
    };

    private async Task OpenAsync(string host)
    {
        _tab = await PageSite.TabAsync();
        await _tab.Page.GotoAsync($"http://{host}:{PageSite.OtherSite.Port}/app.html");
    }

    private async Task<JsonElement> FetchAsync(string path, object options) => (await _tab.Page.EvaluateAsync<JsonElement>(
        """
        async ([address, options]) => {
          try {
            const answer = await fetch(address, options);
            return { status: answer.status, body: await answer.text(), disposition: answer.headers.get('Content-Disposition') };
          } catch (e) {
            return { error: e.name };
          }
        }
        """,
        new[] { new Uri(PageSite.Server.BaseAddress, path).AbsoluteUri, options }));
}
