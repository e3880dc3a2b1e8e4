using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace AiDub.Tests.Page;

/// <summary>An order for several languages is estimated, followed and found again as a whole.</summary>
public sealed class SiblingsTests : PageTest
{
    private const string Chips =
        "() => [...document.querySelectorAll('#siblings-list li')].map(item => item.innerText.replace(/\\s+/g, ' '))";

    private const string Refused = """{"status":429,"msg":"too many requests","msg_code":"rate_limited"}""";

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

    [Test]
    public async Task The_estimate_goes_with_a_language_that_is_left_out()
    {
        await FillAsync(ColorScheme.Light);
        await Page.ClickAsync("#estimate");
        await Page.WaitForFunctionAsync("() => document.querySelectorAll('#estimate-told li').length === 3");
        await Page.ClickAsync("#options summary");

        await Page.ClickAsync("button[aria-label='Leave out Catalan']");

        Assert.That(await Page.IsHiddenAsync("#estimate-told"), Is.True);
    }

    [Test]
    public async Task An_estimate_on_its_way_is_not_told_once_something_else_is_asked_for()
    {
        var answered = new TaskCompletionSource();
        await FillAsync(ColorScheme.Light);
        await Page.RouteAsync("**/ai_dub/estimate?*", async route =>
        {
            await Page.SelectOptionAsync("#to", "id");
            await route.ContinueAsync();
            answered.SetResult();
        });

        await Page.ClickAsync("#estimate");
        await answered.Task;

        Assert.That(await Page.GetAttributeAsync("#estimate", "aria-busy"), Is.Null);
        Assert.That(await Page.IsHiddenAsync("#estimate-told"), Is.True);
    }

    [Test]
    public async Task A_language_that_cannot_be_asked_for_now_is_followed_all_the_same()
    {
        await FillAsync(ColorScheme.Light);
        var refused = 0;
        await Page.RouteAsync(new Regex(@"/ai_dub/[0-9a-f-]{36}(\?|$)"), async route =>
        {
            var isShown = await Page.EvaluateAsync<bool>(
                "path => path.endsWith(location.hash.slice(1))", new Uri(route.Request.Url).AbsolutePath);
            if (isShown || Interlocked.Increment(ref refused) > 1)
                await route.ContinueAsync();
            else
                await route.FulfillAsync(new() { Status = 429, ContentType = "application/json", Body = Refused });
        });

        await Page.ClickAsync("#submit");

        await Page.WaitForFunctionAsync(
            "() => document.querySelectorAll('#siblings .badge.complete').length === 3");
        Assert.That(refused, Is.GreaterThan(1));
        Assert.That(Tab.Refused.RemoveAll(one => one.StartsWith("429 ", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark, Category = "Long")]
    public async Task All_dubs_of_an_order_are_followed_and_opened_by_a_click(ColorScheme scheme)
    {
        await FillAsync(scheme);

        await Page.ClickAsync("#submit");
        await Page.WaitForFunctionAsync("() => document.querySelectorAll('#siblings-list li').length === 3");
        await Tab.ShotAsync($"siblings-busy-{scheme}".ToLowerInvariant(), whole: false);
        await Page.WaitForFunctionAsync(
            "() => document.querySelectorAll('#siblings .badge.complete').length === 3");
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
    [Category("Long")]
    public async Task A_dub_of_the_order_that_was_deleted_is_left_out()
    {
        await FillAsync(ColorScheme.Light);
        await Page.SetViewportSizeAsync(360, 740);
        await Page.ClickAsync("#submit");
        await Page.WaitForFunctionAsync(
            "() => document.querySelectorAll('#siblings .badge.complete').length === 3");
        Assert.That(await Audit.SidewaysAsync(Page), Is.Zero);
        await Tab.ShotAsync("phone-siblings", whole: false);
        var first = await Page.EvaluateAsync<string>("() => location.hash");
        await Tab.SeeAsync("#result");
        await Page.ClickAsync("#siblings a:has-text('Catalan')");
        await Page.WaitForFunctionAsync("() => document.getElementById('dub-languages').textContent.endsWith('Catalan')");

        await Page.ClickAsync("#remove");
        await Page.ClickAsync("dialog button:has-text('Delete it')");
        await Tab.SeeAsync("#compose");
        await Page.EvaluateAsync($"() => {{ location.hash = '{first}'; }}");

        await Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('#siblings-list li')].map(item => item.querySelector('.complete')).join() "
                + "=== '[object HTMLSpanElement],[object HTMLSpanElement]'");
        Assert.That(await Page.EvaluateAsync<string[]>(Chips), Is.EqualTo(new[] { "Spanish done", "English done" }));
    }

    [Test]
    public async Task Who_renders_a_line_stays_where_it_is()
    {
        await FillAsync(ColorScheme.Light);
        await Page.SetViewportSizeAsync(360, 740);
        await Page.ClickAsync("#submit");
        await Page.WaitForFunctionAsync(
            "() => document.querySelectorAll('#siblings .badge.complete').length === 3");
        var line = Page.Locator(".segment textarea").First;
        await line.FillAsync("Otra cosa.");
        await Page.ClickAsync(".render-bar button:has-text('Render 1 change')");
        await line.ScrollIntoViewIfNeededAsync();

        await Page.WaitForFunctionAsync("() => document.querySelector('#downloads a')?.href.includes('/r1/')");

        Assert.That(
            await Page.EvaluateAsync<double>("() => document.getElementById('siblings').getBoundingClientRect().bottom"),
            Is.Negative,
            "the languages are above what is seen");
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
