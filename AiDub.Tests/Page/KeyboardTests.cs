using static System.FormattableString;

namespace AiDub.Tests.Page;

/// <summary>The page without a pointer.</summary>
public sealed class KeyboardTests : PageTest
{
    private const string Videos = "() => [...document.querySelectorAll('video')]";

    [Test]
    public async Task The_form_is_filled_in_and_sent_by_keys_and_a_refusal_is_where_the_focus_is()
    {
        Expect("400 /ai_dub");
        await OpenAsync();

        var order = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            await Page.Keyboard.PressAsync("Tab");
            order.Add(await Page.EvaluateAsync<string>("() => document.activeElement.id || document.activeElement.className || "
                + "document.activeElement.textContent"));
        }
        Assert.That(
            order,
            Is.EqualTo(new[]
            {
                "skip", "brand", "API", "Jobs", "theme", "file", "sample", "address", "to", "submit", "estimate", "Options",
            }));

        await Page.Keyboard.PressAsync("Enter");
        await Tab.SeeAsync("#from");
        await Page.FocusAsync("#address");
        await Page.Keyboard.TypeAsync("ftp://example.com/talk.mp4");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.TypeAsync("cat");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.PressAsync("Enter");

        await Tab.SeeAsync("#address-error");
        Assert.That(await Page.InputValueAsync("#to"), Is.EqualTo("ca"));
        Assert.That(await FocusedAsync(), Is.EqualTo("address"));
        Assert.That(await Page.GetAttributeAsync("#address", "aria-invalid"), Is.EqualTo("true"));
        Assert.That(await Page.TextContentAsync("#address-error"), Does.StartWith("Source video url is not"));
        Assert.That(
            await Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"),
            Is.EqualTo("solid"),
            "the focus can be seen");
    }

    [Test]
    public async Task Space_arrows_and_m_play_move_and_switch_what_is_heard()
    {
        await OpenDubAsync();

        await Page.Keyboard.PressAsync("Space");
        await Page.WaitForFunctionAsync($"() => ({Videos})().every(v => !v.paused && v.currentTime > 0.1)");
        await Page.Keyboard.PressAsync("Space");
        await Page.WaitForFunctionAsync($"() => ({Videos})().every(v => v.paused)");
        // How far it has played by now is the machine's to say.
        var paused = await TimeAsync();
        await Page.Keyboard.PressAsync("ArrowRight");
        await SeeTimeAsync(Invariant($"Math.min({paused} + 5, v.duration)"));
        var ahead = await TimeAsync();
        await Page.Keyboard.PressAsync("ArrowLeft");
        await SeeTimeAsync(Invariant($"{ahead} - 5"));
        var back = await TimeAsync();

        Assert.That(await MutedAsync(), Is.EqualTo(new[] { true, false }));
        await Page.Keyboard.PressAsync("m");
        Assert.That(await MutedAsync(), Is.EqualTo(new[] { false, true }));
        Assert.That(await Page.IsCheckedAsync(".switch input[value=original]"), Is.True);
        Assert.That(await Page.TextContentAsync("#announcer"), Is.EqualTo("The original is heard"));

        await Page.FocusAsync(".switch input[value=original]");
        await Page.Keyboard.PressAsync("ArrowRight");
        Assert.That(await MutedAsync(), Is.EqualTo(new[] { true, false }), "what is chosen of several is chosen by arrows");
        Assert.That(await TimeAsync(), Is.EqualTo(back), "nothing else is");
    }

    [Test]
    public async Task Keys_that_are_typed_into_a_field_do_not_play()
    {
        await OpenAsync();

        await Page.FocusAsync("#address");
        await Page.Keyboard.TypeAsync("m m");

        Assert.That(await Page.InputValueAsync("#address"), Is.EqualTo("m m"));
    }

    [Test]
    public async Task The_focus_goes_on_in_what_is_shown_when_a_dub_gives_way_to_the_form_and_back()
    {
        var dub = await QuickDub.MakeAsync(PageSite.Server, PageSite.Clip, "Buenos días.");
        await OpenAsync();

        await Page.ClickAsync($"#history a[href='#{dub}']");
        await Tab.SeeAsync("#result");
        await Page.ClickAsync("#again");
        Assert.That(await FocusedAsync(), Is.EqualTo("file"));
        Assert.That(await Page.IsHiddenAsync("#dub"), Is.True);

        await Page.GoBackAsync();
        await Tab.SeeAsync("#result");
        await Page.FocusAsync("#remove");
        await Page.ClickAsync("#remove");
        await Page.ClickAsync("dialog .danger");
        await Tab.SeeAsync("#compose");
        Assert.That(await FocusedAsync(), Is.EqualTo("compose-title"));
    }

    private Task<string> FocusedAsync() => Page.EvaluateAsync<string>("() => document.activeElement.id");

    private Task<double> TimeAsync() => Page.EvaluateAsync<double>("() => document.querySelector('.dub video').currentTime");

    // Both videos have arrived at a second, within half of one.
    private Task SeeTimeAsync(string seconds) => Page.WaitForFunctionAsync(
        $"() => ({Videos})().every(v => !v.seeking && Math.abs(v.currentTime - ({seconds})) < 0.5)");

    private Task<bool[]> MutedAsync() => Page.EvaluateAsync<bool[]>($"() => ({Videos})().map(v => v.muted)");
}
