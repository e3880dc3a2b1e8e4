using AiDub.Tests.Api.Fakes;
using AiDub.Tests.EndToEnd;
using Microsoft.Playwright;

namespace AiDub.Tests.Page;

/// <summary>A service that goes away is said to at once, and the page goes on when it is back.</summary>
public sealed class AwayTests : PageTest
{
    [Test]
    public async Task An_order_that_is_sent_while_the_service_is_away_is_taken_once_it_is_back()
    {
        await using var server = new DubServer();
        await server.StartAsync();
        await OpenAsync(new() { ColorScheme = ColorScheme.Light }, server.BaseAddress);
        IsServiceAway = true;
        await server.KillAsync();

        await Page.SetInputFilesAsync("#file", PageSite.Clip);
        await Page.ClickAsync("#submit");
        await Tab.SeeAsync("#away");
        Assert.That(await Page.TextContentAsync("#away"), Does.Contain("does not answer").And.Contain("goes on by itself"));
        await Tab.ShotAsync("away-light", whole: false);
        Assert.That(await Audit.BrokenRulesAsync(Page), Is.Empty);
        await server.StartAsync();

        await Tab.SeeAsync("#result");
        Assert.That(await Page.IsHiddenAsync("#away"), Is.True);
    }

    [Test]
    [Category("Long")]
    public async Task A_dub_that_is_followed_goes_on_to_be_after_the_service_was_killed()
    {
        await using var server = new DubServer();
        await server.StartAsync();
        await OpenAsync(null, server.BaseAddress);
        await Page.SetInputFilesAsync("#file", PageSite.Clip);
        await Page.ClickAsync("#submit");
        await Page.WaitForFunctionAsync("() => /^#[0-9a-f-]{36}$/.test(location.hash)");

        IsServiceAway = true;
        await server.KillAsync();
        await Tab.SeeAsync("#away");
        await server.StartAsync();

        await Tab.SeeAsync("#result");
        Assert.That(await Page.IsHiddenAsync("#away"), Is.True);
    }

    [Test]
    public async Task Nothing_can_be_sent_before_the_languages_are_there_which_are_asked_for_again()
    {
        Expect("500 /ai_dub/languages");
        await using var api = new ApiHost();
        api.Engines.Fault = new InvalidOperationException("broken");
        await VisitAsync(api.Client.BaseAddress!);
        await Page.WaitForFunctionAsync("() => document.getElementById('to-hint').textContent.includes('asked for again')");
        Assert.That(await Page.IsEnabledAsync("#submit"), Is.False);

        api.Engines.Fault = null;
        await SeeLanguagesAsync();

        Assert.That(await Page.IsEnabledAsync("#submit"), Is.True);
        Assert.That(await Page.TextContentAsync("#to-hint"), Does.Not.Contain("fetched"));
    }

    [Test]
    public async Task The_button_is_off_while_the_languages_are_on_their_way()
    {
        var isOff = new TaskCompletionSource<bool>();
        await OpenAsync(before: page => page.RouteAsync("**/ai_dub/languages", async route =>
        {
            isOff.SetResult(await page.IsDisabledAsync("#submit"));
            await route.ContinueAsync();
        }));

        Assert.That(await isOff.Task, Is.True);

        Assert.That(await Page.IsEnabledAsync("#submit"), Is.True);
    }
}
