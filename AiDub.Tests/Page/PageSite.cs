using AiDub.Tests.EndToEnd;
using Microsoft.Playwright;

namespace AiDub.Tests.Page;

/// <summary>The service, a Chromium to look at it with, and one dub made through the page that all tests of the page share.</summary>
[SetUpFixture]
[Parallelizable(ParallelScope.Self | ParallelScope.Fixtures)]
public sealed class PageSite
{
    internal const string Chromium = "/usr/bin/chromium-headless-shell";

    private static readonly Lazy<Task<PageDub>> Shared = new(() => PageDub.MakeAsync(Clip));
    private static readonly string Screenshots = Path.Combine(RepositoryRoot(), "out", "screenshots");

    private static string _folder = null!;
    private static IPlaywright _playwright = null!;
    private static IBrowser _browser = null!;

    internal static DubServer Server { get; private set; } = null!;

    /// <summary>A site that the service fetches from; its pages may call it when they are opened as 127.0.0.1, not as localhost.</summary>
    internal static ClipServer OtherSite { get; private set; } = null!;

    /// <summary>Nine seconds of the sample, with two sentences.</summary>
    internal static string Clip => Path.Combine(_folder, "farm.mp4");

    [OneTimeSetUp]
    public async Task Start()
    {
        Assert.That(File.Exists(Chromium), Is.True, "Chromium is not installed: run ./aidub test once.");
        _folder = Directory.CreateTempSubdirectory("aidub-page-").FullName;
        await Tool.FfmpegAsync(
            "-v", "error", "-t", "9", "-i", Path.Combine(AppContext.BaseDirectory, "Sample", "farm.mp4"), "-c", "copy", Clip);
        // Often enough told that a short dub is seen under way on a fast machine too.
        OtherSite = await ClipServer.StartAsync();
        Server = new DubServer(
            ("Cors__Origins__0", $"http://127.0.0.1:{OtherSite.Port}"), ("Source__AllowedPrivateHosts__0", $"127.0.0.1:{OtherSite.Port}"),
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("Dubbing__HeartbeatSeconds", "0.2"), ("Events__PollSeconds", "0.1"));
        await Server.StartAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Args = Environment.IsPrivilegedProcess ? ["--no-sandbox"] : [],
        });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await Server.DisposeAsync();
        await OtherSite.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The shared dub; made when it is first asked for.</summary>
    internal static Task<PageDub> DubAsync() => Shared.Value;

    /// <summary>A tab of a browser profile of its own, still empty.</summary>
    internal static async Task<Tab> TabAsync(BrowserNewContextOptions? options = null, Uri? site = null) =>
        await Tab.InAsync(await _browser.NewContextAsync(options), site ?? Server.BaseAddress);

    /// <summary>Where a picture of that name is kept.</summary>
    internal static string ScreenshotPath(string name) => Path.Combine(Screenshots, name + ".png");

    /// <summary>A file that <c>./aidub test</c> installed from npm.</summary>
    internal static string NpmFile(params string[] path)
    {
        var file = Path.Combine([RepositoryRoot(), ".tools", .. path]);
        Assert.That(File.Exists(file), Is.True, $"{path[0]} is not installed: run ./aidub test once.");
        return file;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AiDub.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return folder.FullName;
    }
}
