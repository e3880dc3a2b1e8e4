using Microsoft.Playwright;

namespace AiDub.Tests.Page;

/// <summary>A tab that notes what the page complained of, was refused, and asked other servers for.</summary>
internal sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly Uri _site;

    private Tab(IBrowserContext context, IPage page, Uri site) => (_context, Page, _site) = (context, page, site);

    public IPage Page { get; }

    /// <summary>Errors of the console, a broken content policy among them, and exceptions that nobody caught.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Answers of 400 and more, as <c>404 /path</c>.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>Requests to any other origin.</summary>
    public List<string> Foreign { get; } = [];

    public static async Task<Tab> InAsync(IBrowserContext context, Uri site)
    {
        // Long enough for a whole dub on a machine that is busy with other work.
        context.SetDefaultTimeout(300_000);
        var tab = new Tab(context, await context.NewPageAsync(), site);
        tab.Page.Console += (_, message) => tab.Note(message);
        tab.Page.PageError += (_, error) => tab.Complaints.Add(error);
        context.Request += (_, request) => tab.Note(new Uri(request.Url));
        context.Response += (_, response) =>
        {
            if (response.Status >= 400)
                tab.Refused.Add($"{response.Status} {new Uri(response.Url).AbsolutePath}");
        };
        return tab;
    }

    /// <summary>Opens the page, or the dub that the fragment names, and waits until its languages are there.</summary>
    public async Task OpenAsync(string fragment = "")
    {
        await Page.GotoAsync(new Uri(_site, fragment).AbsoluteUri);
        await Page.Locator("#to option").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Waits until something is shown.</summary>
    public Task SeeAsync(string selector) => Page.Locator(selector).First.WaitForAsync();

    /// <summary>Keeps a picture of the page for people to look at.</summary>
    public Task ShotAsync(string name, bool whole = true) =>
        Page.ScreenshotAsync(new() { Path = PageSite.ScreenshotPath(name), FullPage = whole });

    /// <summary>The profile as it is now: what the page keeps in the browser.</summary>
    public Task<string> StateAsync() => _context.StorageStateAsync();

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    // A refusal is in the console too, and noted by its answer.
    private void Note(IConsoleMessage message)
    {
        if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource: the server responded", StringComparison.Ordinal))
            Complaints.Add(message.Text);
    }

    private void Note(Uri address)
    {
        if (address.Scheme is not "blob" && address.Authority != _site.Authority)
            Foreign.Add(address.AbsoluteUri);
    }
}
