using System.Text.Json.Nodes;

namespace AiDub.Tests.Page;

/// <summary>Segments that are edited and rendered again, and progress that comes as events.</summary>
public sealed class EditingTests : PageTest
{
    private AgreedEndpoints _service = null!;

    [SetUp]
    public async Task Open()
    {
        var dub = await PageSite.DubAsync();
        _service = new AgreedEndpoints(dub);
        await OpenAsync(new() { StorageState = dub.State, ColorScheme = Microsoft.Playwright.ColorScheme.Light });
        await _service.AnswerAsync(Page);
        await Page.ReloadAsync();
    }

    [Test]
    public async Task A_translation_that_is_rewritten_is_stored_and_can_be_rendered()
    {
        await OpenSegmentsAsync();
        Assert.That(await Page.IsDisabledAsync("#segments .primary"), Is.True, "nothing has changed yet");

        await RewriteAsync(0, "Buenos días.");
        await Page.WaitForFunctionAsync("() => document.querySelector('#segments .primary').textContent === 'Render 1 change'");
        await Tab.ShotAsync("segments-light");

        var (what, body) = _service.Sent.Single();
        Assert.That(what, Is.EqualTo("PATCH 0"));
        Assert.That((int)body["revision"]!, Is.EqualTo(3));
        Assert.That((string)body["translation"]!, Is.EqualTo("Buenos días."));
        Assert.That(await Page.Locator("#report svg").First.GetAttributeAsync("aria-label"), Does.Contain("1: 1.00, 2: 1.18"));
    }

    [Test]
    public async Task Segments_fit_a_phone_and_meet_the_accessibility_rules()
    {
        await Page.SetViewportSizeAsync(360, 740);
        await OpenSegmentsAsync();
        await Tab.ShotAsync("phone-segments");

        Assert.That(await Audit.SidewaysAsync(Page), Is.Zero);
        Assert.That(await Audit.BrokenRulesAsync(Page), Is.Empty);
    }

    [Test]
    public async Task A_new_rendering_is_followed_while_the_old_result_stays()
    {
        await OpenSegmentsAsync();
        await RewriteAsync(1, "Hoy quiero enseñarte.");
        await Page.WaitForFunctionAsync("() => !document.querySelector('#segments .primary').disabled");
        _service.Streams.Enqueue("id: 1\nevent: progress\ndata: {\"progress\":\"Status_3\",\"percent\":70}\n\n");
        _service.Streams.Enqueue($"id: 2\nevent: complete\ndata: {await FinalAsync(duration: 8)}\n\n");

        await Page.ClickAsync("#segments .primary");
        await Tab.SeeAsync("#busy");
        Assert.That(await Page.IsVisibleAsync("#player"), Is.True);
        await Page.Locator("#busy").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Hidden });

        Assert.That((int)_service.Sent[^1].Body["revision"]!, Is.EqualTo(4));
        Assert.That(_service.Resumed, Is.EqualTo(new[] { null, "1" }), "a stream that ends early is taken up where it ended");
        await Tab.SeeAsync(".segment");
    }

    [Test]
    public async Task A_change_elsewhere_is_kept_and_ones_own_change_of_another_segment_is_stored()
    {
        Expect($"409 /ai_dub/{(await PageSite.DubAsync()).RequestId}/segments/1");
        await OpenSegmentsAsync();
        _service.WriteElsewhere(0, "Muy buenos días.");

        await RewriteAsync(1, "Hoy quiero enseñarte.");
        await Page.WaitForFunctionAsync("() => document.querySelectorAll('.segment textarea')[0].value === 'Muy buenos días.'");

        Assert.That(_service.Sent.Select(s => (int)s.Body["revision"]!), Is.EqualTo(new[] { 3, 4 }));
        Assert.That(await Page.Locator(".segment textarea").Nth(1).InputValueAsync(), Is.EqualTo("Hoy quiero enseñarte."));
    }

    [Test]
    public async Task A_segment_that_somebody_else_rewrote_is_not_overwritten()
    {
        Expect($"409 /ai_dub/{(await PageSite.DubAsync()).RequestId}/segments/0");
        await OpenSegmentsAsync();
        _service.WriteElsewhere(0, "Muy buenos días.");

        await RewriteAsync(0, "Buenas.");
        await Page.WaitForFunctionAsync("() => document.querySelector('#segments .hint').textContent.includes('Somebody else')");

        Assert.That(await Page.Locator(".segment textarea").First.InputValueAsync(), Is.EqualTo("Muy buenos días."));
        Assert.That(_service.Sent, Has.Count.EqualTo(1));
    }

    private async Task OpenSegmentsAsync()
    {
        await Page.ClickAsync("#recent li a");
        await Tab.SeeAsync(".segment");
    }

    private async Task RewriteAsync(int index, string translation)
    {
        await Page.Locator(".segment textarea").Nth(index).FillAsync(translation);
        await Page.Keyboard.PressAsync("Tab");
    }

    private async Task<string> FinalAsync(double duration)
    {
        var recent = JsonNode.Parse(await Page.EvaluateAsync<string>("() => localStorage.getItem('aidub.recent')"))!;
        var final = recent[0]!["final"]!;
        final["duration_seconds"] = duration;
        return final.ToJsonString();
    }
}
