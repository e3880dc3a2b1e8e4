using Microsoft.Playwright;

namespace AiDub.Tests.Page;

/// <summary>A test with a tab, which must have asked no other server and complained of nothing.</summary>
public abstract class PageTest
{
    private readonly List<string> _expected = [];

    internal Tab Tab { get; private set; } = null!;

    internal IPage Page => Tab.Page;

    [TearDown]
    public async Task Close()
    {
        if (Tab is null)
            return;
        await Tab.DisposeAsync();
        if (TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed)
            return;
        Assert.That(
            Tab.Complaints.Where(c => !IsServiceAway || !c.Contains("net::ERR_", StringComparison.Ordinal)),
            Is.Empty,
            "the page complains of nothing");
        Assert.That(Tab.Foreign, Is.Empty, "the page asks no other server");
        Assert.That(Tab.Refused.Distinct(), Is.SubsetOf(_expected), "the page is refused nothing");
        _expected.Clear();
    }

    /// <summary>Whether the service goes away in the test, so that the browser says of connections that they were refused.</summary>
    internal bool IsServiceAway { get; set; }

    /// <summary>An answer of 400 or more that belongs to the test, as <c>404 /path</c>.</summary>
    internal void Expect(string refusal) => _expected.Add(refusal);

    /// <summary>Opens the page in a profile of its own.</summary>
    /// <param name="options">The profile's.</param>
    /// <param name="site">Where the page is; null: at the service that all tests share.</param>
    /// <param name="before">What is done to the tab before the page is opened in it.</param>
    internal async Task OpenAsync(BrowserNewContextOptions? options = null, Uri? site = null, Func<IPage, Task>? before = null)
    {
        Tab = await PageSite.TabAsync(options, site);
        if (before is not null)
            await before(Page);
        await Tab.OpenAsync();
    }

    /// <summary>Opens the page of a service that does not tell its languages yet.</summary>
    internal async Task VisitAsync(Uri site, BrowserNewContextOptions? options = null)
    {
        Tab = await PageSite.TabAsync(options, site);
        await Page.GotoAsync(site.AbsoluteUri);
    }

    /// <summary>Waits until the languages are there.</summary>
    internal Task SeeLanguagesAsync() =>
        Page.Locator("#to option").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>Opens the shared dub as its own browser does later, and waits until both videos can be played.</summary>
    internal async Task<PageDub> OpenDubAsync(BrowserNewContextOptions? options = null)
    {
        var dub = await PageSite.DubAsync();
        options ??= new() { ColorScheme = ColorScheme.Light };
        options.StorageState = dub.State;
        Tab = await PageSite.TabAsync(options);
        await Tab.OpenAsync("#" + dub.RequestId);
        await Tab.SeeAsync("#result");
        await Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('video')].every(v => v.readyState >= 3) && "
                + "document.querySelectorAll('.wave-note').length === 0");
        // What is drawn last.
        await Tab.SeeAsync("#report");
        return dub;
    }
}
