using System.Text.Json;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Page;

/// <summary>Speakers' own voices are offered where an engine can make them, and asked for only with a consent.</summary>
public sealed class OwnVoiceTests : PageTest
{
    [Test]
    public async Task A_voice_of_ones_own_is_sent_with_the_consent_that_was_given_for_this_video()
    {
        IsServiceAway = true; // It is stopped while the tab is still open.
        await using var vendor = await StandInServer.StartAsync();
        await using var server = new DubServer(
            ("Engines__Synthesizer", "Espeak,ElevenLabs"), ("Engines__ElevenLabs__BaseUrl", vendor.Root),
            ("Engines__ElevenLabs__ApiKey", StandInServer.Key), ("Engines__ElevenLabs__Voice", "es"));
        await server.StartAsync();
        await OpenAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Light }, server.BaseAddress);
        var orders = new List<string>();
        Page.Request += (_, request) =>
        {
            if (request.Method == "POST" && new Uri(request.Url).AbsolutePath == "/ai_dub")
                orders.Add(request.PostData!);
        };
        await Page.SetInputFilesAsync("#file", PageSite.Clip);
        await Page.ClickAsync("#options summary");
        await Page.ClickAsync("#voice-add");
        Assert.That(await Page.IsHiddenAsync("#consent"), Is.True, "nobody's own voice is asked for yet");

        await Page.SelectOptionAsync("select[aria-label='Voice of everybody']", "clone");
        await Tab.SeeAsync("#consent");
        await Page.ClickAsync("#submit");
        await Tab.SeeAsync("#consent-by-error");
        await Page.CheckAsync("#consent-given");
        await Page.ClickAsync("#submit");
        Assert.That(await Page.TextContentAsync("#consent-by-error"), Does.StartWith("Say who you are"));
        Assert.That(orders, Is.Empty);
        await Tab.ShotAsync("consent-light");
        Assert.That(await Audit.BrokenRulesAsync(Page), Is.Empty);

        await Page.FillAsync("#consent-by", "Ada");
        await Page.ClickAsync("#submit");
        await Page.WaitForFunctionAsync("() => /^#[0-9a-f-]{36}$/.test(location.hash)");

        var order = JsonElement.Parse(orders.Single());
        Assert.That(order.GetProperty("voices").GetRawText(), Is.EqualTo("""{"*":"clone"}"""));
        var consent = order.GetProperty("voice_consent");
        Assert.That(consent.GetProperty("by").GetString(), Is.EqualTo("Ada"));
        Assert.That(
            consent.GetProperty("at").GetDateTimeOffset(),
            Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromMinutes(5)));
        Assert.That(await Page.IsCheckedAsync("#consent-given"), Is.False, "it was given for that video");
    }
}
