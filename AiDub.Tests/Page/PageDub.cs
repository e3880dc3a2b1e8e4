using Microsoft.Playwright;

namespace AiDub.Tests.Page;

/// <summary>A dub that was asked for and watched through the page.</summary>
/// <param name="RequestId">Its id, from the page's address.</param>
/// <param name="State">The browser profile that remembers it.</param>
/// <param name="Seen">Each stage with its percent as they were shown, in order.</param>
/// <param name="Tab">What the tab noted while it was made.</param>
internal sealed record PageDub(string RequestId, string State, IReadOnlyList<(string Stage, int Percent)> Seen, Tab Tab)
{
    private const string Watch = """
        () => {
          window.seen = [];
          new MutationObserver(() => window.seen.push(
            [document.querySelector('#stages .now')?.textContent ?? '', document.querySelector('#percent').textContent]))
            .observe(document.getElementById('busy'), { subtree: true, childList: true, attributes: true, characterData: true });
          new MutationObserver(() => window.ran ||= Boolean(document.querySelector('#history .badge.running')))
            .observe(document.getElementById('history'), { subtree: true, childList: true, attributes: true });
        }
        """;

    /// <summary>Chooses a file and Spanish, submits, and watches until the result is there.</summary>
    public static async Task<PageDub> MakeAsync(string file)
    {
        await using var tab = await PageSite.TabAsync(new() { ColorScheme = ColorScheme.Light });
        await tab.OpenAsync();
        await tab.ShotAsync("start-light");
        await tab.Page.SetInputFilesAsync("#file", file);
        await tab.Page.SelectOptionAsync("#to", "es");
        await tab.ShotAsync("chosen-light");
        await tab.Page.EvaluateAsync(Watch);
        await tab.Page.ClickAsync("#submit");
        await tab.Page.WaitForFunctionAsync("() => window.seen.some(([stage, percent]) => stage === 'Listen' && parseInt(percent) > 0)");
        // It waited when the list was read.
        await tab.Page.WaitForFunctionAsync("() => window.ran");
        await tab.ShotAsync("busy-light");
        await tab.SeeAsync("#result");
        await tab.Page.WaitForFunctionAsync("() => document.querySelectorAll('.wave-note').length === 0");
        var seen = await tab.Page.EvaluateAsync<string[][]>("() => window.seen");
        return new PageDub(
            await tab.Page.EvaluateAsync<string>("() => location.hash.slice(1)"),
            await tab.StateAsync(),
            [.. seen.Select(s => (s[0], int.Parse(s[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)))],
            tab);
    }
}
