namespace AiDub.Tests.Page;

/// <summary>The form that asks for a dub.</summary>
public sealed class FormTests : PageTest
{
    [Test]
    public async Task A_file_that_is_dropped_anywhere_is_chosen()
    {
        await OpenAsync();

        var dropped = await Page.EvaluateHandleAsync("""
            () => {
              const data = new DataTransfer();
              data.items.add(new File(['notes'], 'dropped.mp4', { type: 'video/mp4' }));
              return data;
            }
            """);
        await Page.DispatchEventAsync("main", "drop", new { dataTransfer = dropped });

        Assert.That(await Page.TextContentAsync("#file-name"), Is.EqualTo("dropped.mp4"));
        Assert.That(await Page.IsDisabledAsync("#address"), Is.True, "one video at a time");
    }

    [Test]
    public async Task Languages_are_the_services_own_with_drafts_told_apart()
    {
        await OpenAsync();

        var drafts = await Page.Locator("#to optgroup[label='Draft quality'] option").AllTextContentsAsync();
        Assert.That(drafts, Has.Some.StartsWith("Indonesian").And.Some.StartsWith("Spanish").And.All.EndsWith("(draft)"));
        Assert.That(await Page.TextContentAsync("#to-hint"), Does.StartWith("Translations into Spanish are drafts"));
        await Page.SelectOptionAsync("#to", "en");

        Assert.That(await Page.TextContentAsync("#to-hint"), Is.Empty);
    }

    [TestCase(9.97, "10 s")]
    [TestCase(59.7, "1 min 0 s")]
    [TestCase(119.6, "2 min 0 s")]
    [TestCase(3599.8, "1 h 0 min")]
    [TestCase(11_040, "3 h 4 min")]
    public async Task Times_are_told_in_the_units_that_people_say_them_in(double seconds, string words)
    {
        await OpenAsync();

        Assert.That(
            await Page.EvaluateAsync<string>(
                "async seconds => (await import(new URL('page/format.js', location))).lasting(seconds)", seconds),
            Is.EqualTo(words));
    }

    [TestCase("files/uploads/2026-11-26/1/46aa76ad?filename=talk.mp4&expires=1", "talk.mp4")]
    [TestCase("files/uploads/2026-11-26/1/46aa76ad?filename=talk.mp4&name=My+talk%3F.mp4", "My talk?.mp4")]
    [TestCase("files/uploads/2026-11-26/1/46aa76ad", "Uploaded video")]
    [TestCase("videos/My+talk.mp4?a=1", "My talk.mp4")]
    public async Task A_dub_is_called_what_its_address_calls_the_file(string path, string title)
    {
        await OpenAsync();

        Assert.That(
            await Page.EvaluateAsync<string>(
                "async address => (await import(new URL('page/format.js', location))).titleOf(address)", "https://a.example/" + path),
            Is.EqualTo(title));
    }

    [TestCase("windows-1252")]
    [TestCase("utf-16")]
    public async Task A_subtitle_file_that_is_no_utf_8_is_sent_as_it_is(string encoding)
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        var said = System.Text.Encoding.GetEncoding(encoding).GetBytes("1\n00:00:01,000 --> 00:00:03,500\nMañana será otro día.\n");
        await OpenAsync();
        string? order = null;
        Page.Request += (_, request) => order = request.Method == "POST" && request.Url.EndsWith("/ai_dub", StringComparison.Ordinal)
            ? request.PostData
            : order;

        await Page.SetInputFilesAsync("#file", PageSite.Clip);
        await Page.SelectOptionAsync("#to", "es");
        await Page.ClickAsync("#options summary");
        await Page.SetInputFilesAsync("#translation-file", new Microsoft.Playwright.FilePayload
        {
            Name = "talk.srt",
            MimeType = "application/x-subrip",
            Buffer = said,
        });
        await Page.WaitForFunctionAsync("() => document.getElementById('translation').placeholder === 'talk.srt is sent as it is.'");
        await Page.ClickAsync("#submit");
        await Page.WaitForFunctionAsync("() => /^#[0-9a-f-]{36}$/.test(location.hash)");

        var sent = await Page.APIRequest.GetAsync(
            System.Text.Json.JsonElement.Parse(order!).GetProperty("translation").GetString()!);
        Assert.That(await sent.BodyAsync(), Is.EqualTo(said));
    }

    [Test]
    public async Task An_address_without_its_scheme_is_understood()
    {
        await OpenAsync();

        await Page.FillAsync("#address", " www.example.com/talk.mp4 ");
        await Page.Keyboard.PressAsync("Tab");

        Assert.That(await Page.InputValueAsync("#address"), Is.EqualTo("https://www.example.com/talk.mp4"));
    }

    [Test]
    public async Task What_is_typed_into_the_form_outlasts_the_page()
    {
        await OpenAsync();
        await Page.FillAsync("#address", "https://example.com/talk.mp4");
        await Page.ClickAsync("#options summary");
        await Page.FillAsync("#translation", "00:00:01,000 --> 00:00:03,500\nBuenos días.");

        await Page.ReloadAsync();

        Assert.That(await Page.InputValueAsync("#address"), Is.EqualTo("https://example.com/talk.mp4"));
        Assert.That(await Page.InputValueAsync("#translation"), Does.EndWith("Buenos días."));
    }

    [Test]
    public async Task A_video_is_estimated_and_sent_once_with_its_texts_voices_and_languages()
    {
        await OpenAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Light });
        var sent = new List<(string Path, string? Body)>();
        Page.Request += (_, request) =>
        {
            if (request.Method == "POST")
                sent.Add((new Uri(request.Url).AbsolutePath, request.PostData));
        };
        await Page.SetInputFilesAsync("#file", PageSite.Clip);
        await Page.SelectOptionAsync("#to", "es");
        await Page.ClickAsync("#estimate");
        await Page.WaitForFunctionAsync("() => document.getElementById('estimate-told').textContent.includes('of work')");

        await Page.ClickAsync("#options summary");
        await Page.SelectOptionAsync("#more-to", "ca");
        await Page.SelectOptionAsync("#from", "en");
        await Page.SelectOptionAsync("#subtitles", "soft");
        await Page.FillAsync("#audio-track", "0");
        await Page.FillAsync("#transcript", "1\n00:00:01,000 --> 00:00:03,500\nGood morning.\n");
        await Page.ClickAsync("#voice-add");
        await Page.SelectOptionAsync("[aria-label='Whose voice']", "S1");
        await Page.SelectOptionAsync("[aria-label='Voice of speaker 1']", "es+f2");
        await Page.RunAndWaitForResponseAsync(
            () => Page.ClickAsync(".voice-row button:has-text('Hear it')"),
            response => response.Url.Contains("/voices/preview?to_lang=es&voice=es%2Bf2") && response.Ok);
        await Tab.ShotAsync("form-open-light");
        await Page.ClickAsync("#submit");
        await Page.WaitForFunctionAsync("() => /^#[0-9a-f-]{36}$/.test(location.hash)");

        Assert.That(sent.Count(s => s.Path == "/ai_dub/uploads"), Is.EqualTo(1), "the estimate has sent the file");
        var order = System.Text.Json.JsonElement.Parse(sent.Single(s => s.Path == "/ai_dub").Body!);
        Assert.That(order.GetProperty("to_lang").GetRawText(), Is.EqualTo("""["es","ca"]"""));
        Assert.That(order.GetProperty("voices").GetRawText(), Is.EqualTo("""{"S1":"es+f2"}"""));
        Assert.That(order.GetProperty("subtitles").GetString(), Is.EqualTo("soft"));
        Assert.That(order.GetProperty("source_audio").GetString(), Is.EqualTo("0"));
        Assert.That(order.GetProperty("transcript").GetString(), Does.Contain("Good morning."));
        Assert.That(order.GetProperty("source_video_url").GetString(), Does.EndWith("&name=farm.mp4"));
        await Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('#history li')].filter(li => li.textContent.includes('farm.mp4')).length >= 2");
    }
}
