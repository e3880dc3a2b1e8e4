using Microsoft.Playwright;

namespace AiDub.Tests.Page;

/// <summary>An order for several languages is estimated, followed and found again as a whole.</summary>
public sealed class SiblingsTests : PageTest
{
    private const string Chips =
        "() => [...document.querySelectorAll('#siblings-list li')].map(item => item.innerText.replace(/\\s+/g, ' '))";

    [Test]
    public async Task The_estimate_is_of_all_languages_and_of_each()
    {
        await FillAsync(ColorScheme.Light);

        await Page.ClickAsync("#estimate");
        await Page.WaitForFunctionAsync("() => document.querySelectorAll('#estimate-told li').length === 3");

        Assert.That(await Page.TextContentAsync("#estimate-told"), Does.Match(@"^At most \d.* of work in all\. .* cost nothing\."));
        Assert.That(
            await Page.Locator("#estimate-told li").AllTextContentsAsync(),
            Is.EqualTo(new[] { "Spanish", "Catalan", "English" }).Using<string, string>((told, lang) =>
                told.StartsWith($"{lang}: about ", StringComparison.Ordinal) && told.Contains(", spoken by ", StringComparison.Ordinal)));
        await Tab.ShotAsync("estimate-light");
        Assert.That(await Audit.BrokenRulesAsync(Page), Is.Empty);
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task All_dubs_of_an_order_are_followed_and_opened_by_a_click(ColorScheme scheme)
    {
        await FillAsync(scheme);

        await Page.ClickAsync("#submit");
        await Page.WaitForFunctionAsync("() => document.querySelectorAll('#siblings-list li').length === 3");
        await Tab.ShotAsync($"siblings-busy-{scheme}".ToLowerInvariant(), whole: false);
        await Page.WaitForFunctionAsync(
            "() => document.querySelectorAll('#siblings .badge.complete').length === 3", null, new() { Timeout = 120_000 });
        Assert.That(await Page.EvaluateAsync<string[]>(Chips), Is.EqualTo(new[] { "Spanish done", "Catalan done", "English done" }));
        await Tab.SeeAsync("#result");
        await Tab.ShotAsync($"siblings-{scheme}".ToLowerInvariant(), whole: false);
        Assert.That(await Audit.BrokenRulesAsync(Page), Is.Empty);

        await Page.ClickAsync("#siblings a:has-text('Catalan')");
        await Page.WaitForFunctionAsync("() => document.getElementById('dub-languages').textContent.endsWith('Catalan')");
        var focused = await Page.EvaluateAsync<string>("() => document.activeElement.textContent");
        Assert.That(focused, Does.StartWith("Catalan"), "the focus stays");
        Assert.That(await Page.Locator("#siblings a[aria-current=page]").AllInnerTextsAsync(), Has.One.StartsWith("Catalan"));
        await Page.ReloadAsync();
        await Page.WaitForFunctionAsync(
            "() => document.querySelectorAll('#siblings .badge.complete').length === 3");

        await Page.ClickAsync("#again");
        Assert.That(await Page.IsHiddenAsync("#siblings"), Is.True);
    }

    [Test]
    public async Task A_dub_of_the_order_that_was_deleted_is_left_out()
    {
        await FillAsync(ColorScheme.Light);
        await Page.SetViewportSizeAsync(360, 740);
        await Page.ClickAsync("#submit");
        await Page.WaitForFunctionAsync(
            "() => document.querySelectorAll('#siblings .badge.complete').length === 3", null, new() { Timeout = 120_000 });
        Assert.That(await Audit.SidewaysAsync(Page), Is.Zero);
        await Tab.ShotAsync("phone-siblings", whole: false);
        var first = await Page.EvaluateAsync<string>("() => location.hash");
        await Page.ClickAsync("#siblings a:has-text('Catalan')");
        await Page.WaitForFunctionAsync("() => document.getElementById('dub-languages').textContent.endsWith('Catalan')");
        var id = await Page.EvaluateAsync<string>("() => location.hash.slice(1)");
        Expect($"404 /ai_dub/{id}");

        await Page.ClickAsync("#remove");
        await Page.ClickAsync("dialog button:has-text('Delete it')");
        await Tab.SeeAsync("#compose");
        await Page.EvaluateAsync($"() => {{ location.hash = '{first}'; }}");

        await Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('#siblings-list li')].map(item => item.querySelector('.complete')).join() "
                + "=== '[object HTMLSpanElement],[object HTMLSpanElement]'");
        Assert.That(await Page.EvaluateAsync<string[]>(Chips), Is.EqualTo(new[] { "Spanish done", "English done" }));
    }

    private async Task FillAsync(ColorScheme scheme)
    {
        await OpenAsync(new() { ColorScheme = scheme });
        await Page.SetInputFilesAsync("#file", PageSite.Clip);
        await Page.SelectOptionAsync("#to", "es");
        await Page.ClickAsync("#options summary");
        await Page.SelectOptionAsync("#more-to", "ca");
        await Page.SelectOptionAsync("#more-to", "en");
        await Page.ClickAsync("#options summary");
    }
}
