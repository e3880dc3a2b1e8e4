using Microsoft.Playwright;

namespace AiDub.Tests.Page;

/// <summary>How the page looks, in light and dark and on a phone; the pictures are kept to be looked at.</summary>
public sealed class LookTests : PageTest
{
    private static readonly ViewportSize Phone = new() { Width = 360, Height = 740 };

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task A_finished_dub_meets_the_accessibility_rules(ColorScheme scheme)
    {
        await OpenDubAsync(new() { ColorScheme = scheme });
        await Page.Locator(".seek").FillAsync("300");
        await Page.WaitForFunctionAsync("() => document.querySelector('.dub video').textTracks[0].activeCues?.length === 1");
        await Tab.ShotAsync($"done-{scheme}".ToLowerInvariant());

        Assert.That(await BackgroundAsync(), scheme == ColorScheme.Dark ? Is.LessThan(40) : Is.GreaterThan(220));
        Assert.That(await Audit.BrokenRulesAsync(Page), Is.Empty);
    }

    [Test]
    public async Task README_has_a_picture_of_a_finished_dub()
    {
        await OpenDubAsync(new() { ColorScheme = ColorScheme.Light, ViewportSize = new() { Width = 1100, Height = 760 } });
        await Page.Locator(".seek").FillAsync("300");
        await Page.WaitForFunctionAsync("() => document.querySelector('.dub video').textTracks[0].activeCues?.length === 1");

        await Tab.ShotAsync("readme", whole: false);

        // ./aidub docs picture keeps it.
        if (Environment.GetEnvironmentVariable("AIDUB_PICTURE") is { Length: > 0 } kept)
            File.Copy(PageSite.ScreenshotPath("readme"), kept, overwrite: true);
        Assert.That(new FileInfo(PageSite.ScreenshotPath("readme")).Length, Is.LessThan(200_000));
    }

    [TestCase(ColorScheme.Light)]
    [TestCase(ColorScheme.Dark)]
    public async Task The_form_meets_the_accessibility_rules(ColorScheme scheme)
    {
        await OpenAsync(new() { ColorScheme = scheme });
        await Page.ClickAsync("#options summary");
        await Tab.ShotAsync($"form-{scheme}".ToLowerInvariant());

        Assert.That(await Audit.BrokenRulesAsync(Page), Is.Empty);
    }

    [Test]
    public async Task A_phone_shows_all_of_it_without_scrolling_sideways()
    {
        await OpenDubAsync(new() { ViewportSize = Phone, HasTouch = true, ColorScheme = ColorScheme.Light });
        await Tab.ShotAsync("phone-done");
        Assert.That(await Audit.SidewaysAsync(Page), Is.Zero, "a finished dub");

        await Page.ClickAsync("#again");
        await Page.ClickAsync("#options summary");
        await Tab.ShotAsync("phone-form");
        Assert.That(await Audit.SidewaysAsync(Page), Is.Zero, "the form");
    }

    [Test]
    public async Task A_language_that_is_read_from_right_to_left_is_shown_so()
    {
        string[] lines = ["صباح الخير يا أصدقاء.", "البيت أحمر وكبير.", "شكرا لكم."];
        var id = await QuickDub.MakeAsync(PageSite.Server, "ar", PageSite.Clip, lines);
        await OpenAsync(new() { ColorScheme = ColorScheme.Light });
        await Page.EvaluateAsync($"() => {{ location.hash = '{id}'; }}");
        await Tab.SeeAsync(".segment");
        await Page.EvaluateAsync("() => document.getElementById('segments').scrollIntoView()");
        await Tab.SeeAsync(".segment[data-key='2']");
        await Tab.ShotAsync("rtl-light", whole: false);

        var text = Page.Locator(".segment textarea").First;
        Assert.That(await text.EvaluateAsync<string>("field => getComputedStyle(field).direction"), Is.EqualTo("rtl"));
        Assert.That(await text.GetAttributeAsync("lang"), Is.EqualTo("ar"));
        Assert.That(await Audit.BrokenRulesAsync(Page), Is.Empty);
    }

    [Test]
    public async Task The_audit_finds_what_is_wrong()
    {
        await OpenAsync();

        await Page.EvaluateAsync(
            "() => { document.querySelector('label[for=address]').remove(); document.getElementById('address').placeholder = ''; "
            + "document.querySelector('.lead').style.color = '#bbb'; }");

        Assert.That(await Audit.BrokenRulesAsync(Page), Has.Some.StartsWith("label").And.Some.StartsWith("color-contrast"));
    }

    [Test]
    public async Task A_chosen_theme_outlasts_a_reload()
    {
        await OpenAsync(new() { ColorScheme = ColorScheme.Light });

        await Page.ClickAsync("#theme");
        await Page.ClickAsync("#theme");
        await Page.ReloadAsync();

        Assert.That(await Page.TextContentAsync("#theme"), Is.EqualTo("Theme: dark"));
        Assert.That(await BackgroundAsync(), Is.LessThan(40));
    }

    [Test]
    public async Task Nothing_moves_for_those_who_asked_for_less_motion()
    {
        await OpenAsync(new() { ReducedMotion = ReducedMotion.Reduce });

        var moving = await Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).map(e => "
                + "e.id || e.className)");

        Assert.That(moving, Is.Empty);
    }

    private Task<double> BackgroundAsync() =>
        Page.EvaluateAsync<double>("() => Number(getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0])");
}
