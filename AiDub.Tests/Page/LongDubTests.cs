using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Page;

/// <summary>A dub of many lines is as light as one of few.</summary>
public sealed class LongDubTests : PageTest
{
    private const int Lines = 150;
    private const string Keys = "() => [...document.querySelectorAll('.segment')].map(row => Number(row.dataset.key))";

    private string _sound = null!;
    private Guid _id;

    [OneTimeSetUp]
    public async Task MakeADub()
    {
        _sound = Path.Combine(Path.GetTempPath(), $"aidub-page-{Guid.NewGuid():N}.m4a");
        await Tool.FfmpegAsync("-v", "error", "-f", "lavfi", "-i", $"sine=frequency=200:duration={1.5 * Lines}", "-b:a", "32k", _sound);
        var lines = Enumerable.Range(1, Lines).Select(i => i % 2 == 0 ? "Pan." : "La casa.");
        _id = await QuickDub.MakeAsync(PageSite.Server, _sound, [.. lines]);
    }

    [OneTimeTearDown]
    public void Remove() => File.Delete(_sound);

    [SetUp]
    public async Task Open()
    {
        await OpenAsync(new() { ColorScheme = Microsoft.Playwright.ColorScheme.Light });
        await Page.EvaluateAsync($"() => {{ location.hash = '{_id}'; }}");
        await Tab.SeeAsync(".segment");
        await Page.EvaluateAsync("() => document.getElementById('segments').scrollIntoView()");
    }

    [Test]
    public async Task Only_lines_near_the_screen_are_there_and_say_which_of_how_many_they_are()
    {
        await Page.EvaluateAsync("() => scrollBy(0, document.querySelector('.segments').offsetHeight / 2)");
        await Page.WaitForFunctionAsync("() => Number(document.querySelector('.segment').dataset.key) > 40");

        var keys = await Page.EvaluateAsync<int[]>(Keys);
        Assert.That(keys, Has.Length.LessThan(30).And.Ordered, "they are read in their order");
        Assert.That(
            await Page.EvaluateAsync<string>("() => { const { ariaPosInSet: at, ariaSetSize: of } = document.querySelector('.segment'); "
                + "return `${at} of ${of}`; }"),
            Is.EqualTo($"{keys[0] + 1} of {Lines}"));
        Assert.That(await Page.Locator(".player.docked .play").IsVisibleAsync(), Is.True, "the player is at hand");
        Assert.That(await Page.Locator(".render-bar button").IsVisibleAsync(), Is.True);
        await Tab.ShotAsync("long-light", whole: false);
        Assert.That(await Audit.BrokenRulesAsync(Page), Is.Empty);
    }

    [Test]
    public async Task The_line_that_has_the_focus_stays_however_far_one_scrolls()
    {
        await Page.FocusAsync(".segment[data-key='1'] textarea");

        await Page.EvaluateAsync("() => scrollBy(0, 8000)");
        await Page.WaitForFunctionAsync("() => !document.querySelector(`.segment[data-key='0']`)");

        Assert.That(await Page.EvaluateAsync<string>("() => document.activeElement.ariaLabel"), Is.EqualTo("Segment 2, translation"));
    }

    [Test]
    public async Task Keys_go_from_line_to_line_beyond_the_screen()
    {
        await Page.FocusAsync(".segment[data-key='0'] textarea");

        for (var i = 0; i < 30; i++)
            await Page.Keyboard.PressAsync("Alt+ArrowDown");

        Assert.That(await Page.EvaluateAsync<string>("() => document.activeElement.ariaLabel"), Is.EqualTo("Segment 31, translation"));
        var seen = await Page.EvaluateAsync<double[]>(
            "() => { const { top, bottom } = document.activeElement.getBoundingClientRect(); return [top, innerHeight - bottom]; }");
        Assert.That(seen, Is.All.GreaterThan(60), "it is hidden neither by the player nor by the bar");
    }

    [Test]
    public async Task Only_lines_with_the_words_are_shown()
    {
        await Page.ClickAsync(".filters summary");

        await Page.FillAsync("#line-find", "casa");

        await Page.WaitForFunctionAsync($"() => document.querySelector('.segment').ariaSetSize === '{Lines / 2}'");
        Assert.That((await Page.EvaluateAsync<int[]>(Keys)).Take(3), Is.EqualTo(new[] { 0, 2, 4 }));
    }
}
