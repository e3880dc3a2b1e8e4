using AiDub.Tests.Api.Auth;
using AiDub.Tests.EndToEnd;
using Microsoft.Playwright;

namespace AiDub.Tests.Page;

/// <summary>What the page says when something does not work out.</summary>
public sealed class RefusalTests : PageTest
{
    [Test]
    public async Task Nothing_chosen_is_told_at_the_form()
    {
        await OpenAsync();

        await Page.ClickAsync("#submit");

        Assert.That(await Page.TextContentAsync("#address-error"), Is.EqualTo("Choose a file or paste an address first."));
    }

    [Test]
    public async Task A_file_that_is_no_video_fails_with_its_message_and_code()
    {
        await OpenAsync(new() { ColorScheme = ColorScheme.Light });

        await Page.SetInputFilesAsync(
            "#file", new FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = "these are notes"u8.ToArray() });
        await Page.ClickAsync("#submit");
        await Tab.SeeAsync("#failure");
        await Tab.ShotAsync("failed-light");

        Assert.That(await Audit.BrokenRulesAsync(Page), Is.Empty);
        Assert.That(await Page.TextContentAsync("#failure-msg"), Is.EqualTo("The source is not a media file, or it is damaged."));
        Assert.That(await Page.TextContentAsync("#failure-code"), Is.EqualTo("media_invalid"));
        Assert.That(await Page.IsHiddenAsync("#retry"), Is.True, "another try would fail in the same way");
        Assert.That(await Page.IsHiddenAsync("#cancel"), Is.True, "nothing runs");
        var hash = await Page.EvaluateAsync<string>("() => location.hash");
        await Page.Locator($"#history a[href='{hash}'] .badge.failed").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Assert.That(await Page.TextContentAsync($"#history a[href='{hash}'] .badge"), Is.EqualTo("failed"));
    }

    [Test]
    public async Task A_field_among_the_options_that_is_refused_is_opened_and_focused()
    {
        Expect("400 /ai_dub");
        await OpenAsync();
        await Page.FillAsync("#address", "https://example.com/talk.mp4");
        await Page.ClickAsync("#options summary");
        await Page.FillAsync("#user", "nobody");
        await Page.ClickAsync("#options summary");

        await Page.ClickAsync("#submit");
        await Tab.SeeAsync("#user-error");

        Assert.That(await Page.TextContentAsync("#user-error"), Is.EqualTo("User id is not a whole number."));
        Assert.That(await Page.EvaluateAsync<string>("() => document.activeElement.id"), Is.EqualTo("user"));
    }

    [Test]
    public async Task A_token_is_asked_for_and_sent_when_the_service_wants_one()
    {
        foreach (var path in (string[])["/ai_dub", "/ai_dub/languages", "/ai_dub/capabilities"])
            Expect($"401 {path}");
        IsServiceAway = true; // It is stopped while the tab is still open.
        await using var server = new DubServer(("Auth__Jwt__SigningKey", Tokens.Key));
        await server.StartAsync();
        await VisitAsync(server.BaseAddress, new() { ColorScheme = ColorScheme.Light });
        await Tab.SeeAsync("#access");
        await Tab.ShotAsync("token-light", whole: false);

        Assert.That(await Audit.BrokenRulesAsync(Page), Is.Empty);
        var (expired, late) = (Tokens.Signed("""{"frontend_userid":1,"exp":1000000000}"""), new TaskCompletionSource());
        await Page.RouteAsync("**/ai_dub/capabilities", async route =>
        {
            if (await route.Request.HeaderValueAsync("Authorization") == $"Bearer {expired}")
                await late.Task;
            await route.ContinueAsync();
        });
        await Page.Keyboard.InsertTextAsync(expired);
        await Page.Keyboard.PressAsync("Enter");
        await Page.WaitForFunctionAsync("() => document.getElementById('access-why').textContent.includes('expired')");
        var good = Tokens.Of(1);
        await Page.Keyboard.InsertTextAsync(good);
        await Page.Keyboard.PressAsync("Enter");
        await SeeLanguagesAsync();
        await Page.RunAndWaitForResponseAsync(
            () => Task.FromResult(late.TrySetResult()),
            response => response.Url.EndsWith("/capabilities", StringComparison.Ordinal) && response.Status == 200);

        Assert.That(await Page.IsHiddenAsync("#access"), Is.True, "that the old token was refused is no reason to ask again");
        Assert.That(await Page.IsHiddenAsync("#user-field"), Is.True, "the token says who asks");
        Assert.That(
            await Page.EvaluateAsync<string>("() => sessionStorage.getItem('aidub.token') + localStorage.getItem('aidub.token')"),
            Is.EqualTo(good + "null"));
    }
}
