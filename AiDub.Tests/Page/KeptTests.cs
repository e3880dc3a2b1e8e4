using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace AiDub.Tests.Page;

/// <summary>What is kept of a dub, what is said when it is gone, and that nothing goes without a question.</summary>
public sealed class KeptTests : PageTest
{
    private Guid _id;

    [SetUp]
    public async Task MakeADub()
    {
        _id = await QuickDub.MakeAsync(PageSite.Server, PageSite.Clip, "Buenos días.", "La casa es roja.");
        await OpenAsync(new() { ColorScheme = ColorScheme.Light });
    }

    [Test]
    public async Task The_original_of_a_dub_that_another_browser_made_is_beside_it_with_its_waveform()
    {
        await ShowAsync();

        await Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('video')].every(v => v.readyState >= 3) && "
                + "document.querySelectorAll('.wave-note').length === 0");
        Assert.That(
            await Page.EvaluateAsync<string>("() => document.querySelector('.original video').src"), Does.Contain($"/files/work/{_id}/"));
    }

    [Test]
    public async Task An_original_that_is_kept_no_longer_is_said_to_be_gone_and_where_it_lay_is_linked()
    {
        Expect($"404 /ai_dub/{_id}/source");
        var upload = new Uri((await QuickDub.ReadAsync(PageSite.Server, _id)).GetProperty("source_video_url").GetString()!).AbsolutePath;
        Expect("404 " + upload);
        File.Delete(Path.Combine(PageSite.Server.DataFolder, "objects", upload["/files/".Length..]));
        foreach (var file in PageSite.Server.FilesUnder($"objects/work/{_id}").Where(f => Path.GetFileName(f) == "source"))
            File.Delete(file);

        await ShowAsync();
        await Tab.SeeAsync(".original .frame-note a");

        Assert.That(await Page.TextContentAsync(".original .frame-note"), Does.Contain("is gone now"));
        await Page.ClickAsync(".play");
        await Page.WaitForFunctionAsync("() => document.querySelector('.dub video').currentTime > 0.2");
    }

    [Test]
    public async Task A_dub_is_deleted_only_once_that_was_asked()
    {
        await ShowAsync();

        await Page.ClickAsync("#remove");
        await Tab.SeeAsync("dialog");
        Assert.That(await Audit.BrokenRulesAsync(Page), Is.Empty);
        await Page.Keyboard.PressAsync("Escape");
        await QuickDub.ReadAsync(PageSite.Server, _id);
        Assert.That(await Page.EvaluateAsync<string>("() => document.activeElement.id"), Is.EqualTo("remove"), "the focus is back");

        await Page.ClickAsync("#remove");
        await Page.ClickAsync("dialog .danger");
        await Tab.SeeAsync("#compose");
        using var gone = await PageSite.Server.Http.GetAsync(new Uri(PageSite.Server.BaseAddress, $"/ai_dub/{_id}?user_id=1"));
        Assert.That((int)gone.StatusCode, Is.EqualTo(404));
        await Page.WaitForFunctionAsync($"() => !document.querySelector(`#history a[href='#{_id}']`)");
    }

    [Test]
    public async Task A_dub_that_is_cancelled_says_so_and_is_not_tried_again()
    {
        var never = PageSite.OtherSite.On("never.mp4", context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        var waiting = await PageSite.Server.SubmitAsync(never, user: QuickDub.User);
        await Page.EvaluateAsync($"() => {{ location.hash = '{waiting}'; }}");

        await Page.ClickAsync("#cancel");
        await Page.ClickAsync("dialog .danger");
        await Page.WaitForFunctionAsync("() => document.getElementById('failure-title').textContent === 'This dub was cancelled'");

        Assert.That(await Page.IsHiddenAsync("#retry"), Is.True);
        Assert.That(await Page.IsHiddenAsync("#cancel"), Is.True);
        Assert.That(await Page.IsVisibleAsync("#remove"), Is.True);
    }

    [Test]
    public async Task A_dub_that_was_done_before_it_could_be_cancelled_is_shown()
    {
        var fetched = new TaskCompletionSource();
        var late = PageSite.OtherSite.On("late.mp4", async context =>
        {
            await fetched.Task.WaitAsync(context.RequestAborted);
            await context.Response.SendFileAsync(PageSite.Clip);
        });
        var id = await PageSite.Server.SubmitAsync(
            late, user: QuickDub.User, transcript: "00:00:01,000 --> 00:00:04,000\nGood morning.\n");
        await Page.EvaluateAsync($"() => {{ location.hash = '{id}'; }}");
        await Page.ClickAsync("#cancel");
        await Tab.SeeAsync("dialog");

        fetched.SetResult();
        await PageSite.Server.FinishAsync(id, user: QuickDub.User);
        Expect($"409 /ai_dub/{id}/cancel");
        await Page.ClickAsync("dialog .danger");

        await Tab.SeeAsync("#result");
        Assert.That(await Page.IsHiddenAsync("#failure"), Is.True);
        Assert.That(await Page.IsHiddenAsync("#cancel"), Is.True, "nothing runs any more");
    }

    [Test]
    public async Task The_history_is_the_services_and_is_searched()
    {
        var link = Page.Locator($"#history a[href='#{_id}']");
        await link.WaitForAsync();

        await Page.FillAsync("#find", "spanish");
        Assert.That(await link.CountAsync(), Is.EqualTo(1));
        await Tab.ShotAsync("history-light", whole: false);
        await Page.FillAsync("#find", "no such name");

        Assert.That(await link.CountAsync(), Is.Zero);
        Assert.That(await Page.TextContentAsync("#history-count"), Is.EqualTo("Nothing found."));
    }

    private async Task ShowAsync()
    {
        await Page.EvaluateAsync($"() => {{ location.hash = '{_id}'; }}");
        await Tab.SeeAsync("#result");
    }
}
