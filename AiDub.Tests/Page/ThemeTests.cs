using Microsoft.Playwright;

namespace AiDub.Tests.Page;

/// <summary>What is drawn in the colours of the theme is drawn anew when that changes, for as long as it is seen.</summary>
public sealed class ThemeTests : PageTest
{
    [Test]
    public async Task Waveforms_that_are_seen_no_longer_wait_for_no_other_theme()
    {
        await OpenDubAsync();
        var session = await Page.Context.NewCDPSessionAsync(Page);
        Assert.That(await WaitingAsync(session), Is.EqualTo(2), "original and dub");

        await Page.ClickAsync("#again");
        await Tab.SeeAsync("#compose");

        Assert.That(await WaitingAsync(session), Is.Zero);
    }

    private static async Task<int> WaitingAsync(ICDPSession session)
    {
        var document = await session.SendAsync("Runtime.evaluate", new() { ["expression"] = "document" });
        var id = document!.Value.GetProperty("result").GetProperty("objectId").GetString()!;
        var told = await session.SendAsync("DOMDebugger.getEventListeners", new() { ["objectId"] = id });
        return told!.Value.GetProperty("listeners").EnumerateArray().Count(one => one.GetProperty("type").GetString() == "themechange");
    }
}
