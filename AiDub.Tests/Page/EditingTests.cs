using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Page;

/// <summary>The lines of a real dub are edited on the page; nothing that is typed is lost.</summary>
public sealed class EditingTests : PageTest
{
    // One line is rendered in a second or two, which is sooner than a test on a busy machine gets to see the button: the page notes it.
    private const string WatchRendering =
        """
        isStopped => new MutationObserver((_, observer) => {
          const button = [...document.querySelectorAll('.render-bar button')].find(b => b.textContent.startsWith('Stop rendering'));
          if (!button) return;
          observer.disconnect();
          window.wasRendering = true;
          if (isStopped) button.click();
        }).observe(document.querySelector('.render-bar'), { subtree: true, childList: true, characterData: true })
        """;

    private Guid _id;

    private DubServer Server => PageSite.Server;

    [SetUp]
    public async Task OpenADub()
    {
        _id = await QuickDub.MakeAsync(Server, PageSite.Clip, "Buenos días.", "La casa es roja.", "El perro come pan.", "Hasta luego.");
        Expect($"409 /ai_dub/{_id}/segments/1");
        Expect($"409 /ai_dub/{_id}/segments/2");
        await OpenAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Light });
        await Page.EvaluateAsync($"() => {{ location.hash = '{_id}'; }}");
        await ScrollToLinesAsync();
    }

    [Test]
    public async Task A_line_that_is_rewritten_is_stored_and_rendered_while_the_old_result_and_the_focus_stay()
    {
        Assert.That(await Page.IsDisabledAsync(".render-bar button"), Is.True, "nothing has changed yet");

        await TypeAsync(1, "La casa es azul.");
        await SeeTextAsync(".render-bar button", "Render 1 change");
        await Page.EvaluateAsync(WatchRendering, false);
        await Page.ClickAsync(".render-bar button");
        await Page.WaitForFunctionAsync("() => window.wasRendering");
        Assert.That(await Page.IsVisibleAsync("#player"), Is.True);
        await Page.FocusAsync(".segment[data-key='2'] textarea");
        await SeeTextAsync(".render-bar button", "Nothing to render");

        var dub = await QuickDub.ReadAsync(Server, _id);
        Assert.That((dub.GetProperty("state").GetString(), dub.GetProperty("revision").GetInt32()), Is.EqualTo(("complete", 1)));
        await Page.WaitForFunctionAsync("() => document.querySelector('#downloads a').href.includes('/r1/')");
        Assert.That(await Page.EvaluateAsync<string>("() => document.activeElement.ariaLabel"), Is.EqualTo("Segment 3, translation"));
        Assert.That(await Page.TextContentAsync("#busy"), Does.Not.Contain("attempt"), "an edit is no attempt");
    }

    [Test]
    public async Task A_rendering_that_is_stopped_leaves_the_last_result_without_a_question()
    {
        await TypeAsync(1, "La casa es azul.");
        await SeeTextAsync(".render-bar button", "Render 1 change");
        await Page.EvaluateAsync(WatchRendering, true);
        await Page.ClickAsync(".render-bar button");

        await SeeTextAsync("#failure-title", "The new rendering was stopped");
        await Tab.ShotAsync("stopped-light", whole: false);

        var dub = await QuickDub.ReadAsync(Server, _id);
        Assert.That(dub.GetProperty("result_url").GetString(), Does.Not.Contain("/r1/"));
        Assert.That(await Page.IsVisibleAsync("#player"), Is.True);
        Assert.That(await Page.IsHiddenAsync("#cancel"), Is.True, "nothing runs any more");
        await SeeTextAsync(".render-bar button", "Render 1 change");
    }

    [Test]
    public async Task What_somebody_else_changed_is_taken_over_and_ones_own_line_is_stored()
    {
        await QuickDub.EditAsync(Server, _id, 0, "Muy buenos días.");

        await TypeAsync(1, "La casa es azul.");
        await Page.WaitForFunctionAsync("() => document.querySelector('.segment textarea').value === 'Muy buenos días.'");

        await SeeTextAsync(".render-bar button", "Render 2 changes");
        await SeeStoredAsync(0, "Muy buenos días.", "La casa es azul.", "El perro come pan.");
    }

    [Test]
    public async Task Lines_are_stored_again_after_what_others_changed_could_not_be_read()
    {
        await QuickDub.EditAsync(Server, _id, 0, "Muy buenos días.");
        Expect($"502 /ai_dub/{_id}/segments");
        const string lines = "**/segments?*";
        await Page.RouteAsync(lines, route => route.FulfillAsync(new() { Status = 502 }));
        await TypeAsync(1, "La casa es azul.");
        await Page.WaitForFunctionAsync("() => document.getElementById('error-1').textContent.startsWith('Not saved yet')");
        await Page.UnrouteAsync(lines);

        await TypeAsync(2, "El perro come carne.");
        await SeeTextAsync(".segment[data-key='2'] .badge", "changed");
        await TypeAsync(1, "La casa es verde.");
        await SeeTextAsync(".render-bar button", "Render 3 changes");

        await SeeStoredAsync(1, "La casa es verde.", "El perro come carne.");
        await SeeTextAsync("#error-1", "");
    }

    [TestCase("Keep mine", "La casa es azul.")]
    [TestCase("Take theirs", "La casa es verde.")]
    public async Task A_line_that_somebody_else_rewrote_is_neither_overwritten_nor_lost(string choice, string stored)
    {
        await QuickDub.EditAsync(Server, _id, 1, "La casa es verde.");

        await TypeAsync(1, "La casa es azul.");
        await SeeTextAsync("#error-1", "Somebody else changed this to: La casa es verde.");
        Assert.That(await Page.InputValueAsync(".segment[data-key='1'] textarea"), Is.EqualTo("La casa es azul."));
        await Tab.ShotAsync("conflict-light", whole: false);
        await Page.ClickAsync($".segment[data-key='1'] button:has-text('{choice}')");
        await SeeTextAsync("#error-1", "");

        await SeeStoredAsync(1, stored);
    }

    [Test]
    public async Task A_time_that_cannot_be_is_refused_at_its_line_and_kept_there()
    {
        Expect($"400 /ai_dub/{_id}/segments/1");

        await Page.Locator(".segment[data-key='1'] input[type=number]").First.FillAsync("99");
        await Page.Keyboard.PressAsync("Tab");
        await Page.WaitForFunctionAsync("() => document.getElementById('error-1').textContent.includes('within the video')");
        await Page.ClickAsync(".filters label:has-text('Failed')");

        Assert.That(await Page.Locator(".segment").CountAsync(), Is.EqualTo(1));
        var start = Page.Locator(".segment input[type=number]").First;
        Assert.That(await start.InputValueAsync(), Is.EqualTo("99.00"));
        Assert.That(await start.GetAttributeAsync("aria-invalid"), Is.EqualTo("true"));
        Assert.That(await start.GetAttributeAsync("aria-describedby"), Is.EqualTo("error-1"));
        await Tab.ShotAsync("line-error-light", whole: false);
        Assert.That(await Audit.BrokenRulesAsync(Page), Is.Empty);
    }

    [Test]
    public async Task A_line_that_is_put_back_as_it_is_stored_is_wrong_no_longer_and_rendered_with_the_others()
    {
        Expect($"400 /ai_dub/{_id}/segments/1");
        await TypeAsync(1, "");
        await Page.WaitForFunctionAsync("() => document.getElementById('error-1').textContent.startsWith('Not saved yet')");

        await TypeAsync(1, "La casa es roja.");
        await SeeTextAsync("#error-1", "");
        await TypeAsync(2, "El perro come carne.");
        await SeeTextAsync(".render-bar button", "Render 1 change");
        await Page.ClickAsync(".render-bar button");

        await SeeTextAsync(".render-bar button", "Nothing to render");
    }

    [Test]
    public async Task Words_that_were_just_typed_outlast_the_page_which_asks_before_it_is_left()
    {
        var asked = new List<string>();
        Page.Dialog += async (_, dialog) =>
        {
            asked.Add(dialog.Type);
            await dialog.AcceptAsync();
        };
        await Page.ClickAsync(".segment[data-key='2'] textarea");
        await Page.Keyboard.TypeAsync(" Y más.");
        await Page.ReloadAsync();
        await ScrollToLinesAsync();

        Assert.That(asked, Is.EqualTo(new[] { "beforeunload" }));
        Assert.That(await Page.InputValueAsync(".segment[data-key='2'] textarea"), Does.Contain("Y más."));
        await SeeTextAsync(".render-bar button", "Render 1 change");
        await DubServer.UntilAsync("it is stored", async () => (await StoredAsync())[2].Contains("Y más.", StringComparison.Ordinal));
    }

    [Test]
    public async Task Whether_a_line_fits_is_told_while_it_is_typed()
    {
        await Page.FillAsync(".segment[data-key='1'] textarea", "La casa de mi hermano mayor es roja, grande y muy vieja.");
        Assert.That(await Page.GetAttributeAsync("#fit-1", "class"), Is.EqualTo("fit over"));
        Assert.That(await Page.TextContentAsync("#fit-1"), Does.Match(@"^Too long: about [3-6]\.\d s in 1\.5 s$"));

        await Page.FillAsync(".segment[data-key='1'] textarea", "Es roja.");
        Assert.That(await Page.GetAttributeAsync("#fit-1", "class"), Is.EqualTo("fit good"));
    }

    [Test]
    public async Task Words_are_replaced_in_all_lines_and_put_back()
    {
        await Page.ClickAsync(".filters summary");
        await Page.FillAsync("#line-find", "o");
        await Page.FillAsync("#line-replace", "u");
        await Page.ClickAsync("button:has-text('Replace all in 4')");
        await SeeTextAsync(".render-bar button", "Render 4 changes");
        await DubServer.UntilAsync("they are stored", async () => (await StoredAsync())[3] == "Hasta luegu.");
        Assert.That((await StoredAsync())[1], Is.EqualTo("La casa es ruja."));

        await Page.ClickAsync("button:has-text('Undo')");

        await DubServer.UntilAsync("they are as before", async () => (await StoredAsync())[3] == "Hasta luego.");
        Assert.That((await StoredAsync())[1], Is.EqualTo("La casa es roja."));
    }

    [Test]
    public async Task A_line_is_heard_as_it_is_typed()
    {
        await Page.FillAsync(".segment[data-key='1'] textarea", "La casa es azul.");

        var answer = await Page.RunAndWaitForResponseAsync(
            () => Page.ClickAsync(".segment[data-key='1'] button:has-text('Hear it')"),
            response => response.Url.Contains("/voices/preview"));

        Assert.That(answer.Url, Does.Contain("text=La+casa+es+azul."));
        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_line_is_played_by_a_click_and_marked_while_it_is()
    {
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('video')].every(v => v.readyState >= 3)");

        await Page.ClickAsync(".segment[data-key='2'] .said");

        await Page.WaitForFunctionAsync("() => document.querySelector(`.segment[data-key='2']`).ariaCurrent === 'true'");
        await Page.WaitForFunctionAsync(
            "() => { const v = document.querySelector('.dub video'); return v.paused && v.currentTime > 3.2; }");
        Assert.That(await Page.EvaluateAsync<double>("() => document.querySelector('.dub video').currentTime"), Is.LessThan(5.5));
    }

    [Test]
    public async Task Lines_fit_a_phone_and_meet_the_accessibility_rules()
    {
        await Page.SetViewportSizeAsync(360, 740);
        await Page.EvaluateAsync("() => document.getElementById('segments').scrollIntoView()");
        await Tab.SeeAsync(".segment");
        await Tab.ShotAsync("phone-segments", whole: false);

        Assert.That(await Audit.SidewaysAsync(Page), Is.Zero);
        Assert.That(await Audit.BrokenRulesAsync(Page), Is.Empty);
    }

    // Lines that are not near the screen are not there.
    private async Task ScrollToLinesAsync()
    {
        await Tab.SeeAsync(".segment");
        await Page.EvaluateAsync("() => document.getElementById('segments').scrollIntoView()");
        await Tab.SeeAsync(".segment[data-key='3']");
    }

    private async Task TypeAsync(int index, string translation)
    {
        await Page.FillAsync($".segment[data-key='{index}'] textarea", translation);
        await Page.Keyboard.PressAsync("Tab");
    }

    private Task SeeTextAsync(string selector, string text) => Page.WaitForFunctionAsync(
        "([selector, text]) => document.querySelector(selector).textContent === text", new[] { selector, text });

    // The bar counts a line from when it is typed; it is stored a moment later.
    private Task SeeStoredAsync(int from, params string[] lines) => DubServer.UntilAsync(
        $"'{string.Join(' ', lines)}' is stored",
        async () => (await StoredAsync())[from..(from + lines.Length)].SequenceEqual(lines));

    private async Task<string[]> StoredAsync() =>
        [.. (await QuickDub.SegmentsAsync(Server, _id)).GetProperty("segments").EnumerateArray().Select(
            s => s.GetProperty("translation").GetString()!)];
}
