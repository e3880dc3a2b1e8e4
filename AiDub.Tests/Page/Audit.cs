using System.Text.Json;
using Microsoft.Playwright;

namespace AiDub.Tests.Page;

/// <summary>The accessibility rules of axe-core: those of WCAG 2.2 up to AA, the size of targets too, and good practice.</summary>
internal static class Audit
{
    /// <summary>The rules that what is shown now breaks, each with the elements that do.</summary>
    public static async Task<IReadOnlyList<string>> BrokenRulesAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(PageSite.NpmFile("axe", "node_modules", "axe-core", "axe.min.js")));
        var result = await page.EvaluateAsync<JsonElement>(
            "() => axe.run({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })");
        return [.. result.GetProperty("violations").EnumerateArray().Select(rule =>
            $"{rule.GetProperty("id").GetString()}: "
                + $"{string.Join(" | ", rule.GetProperty("nodes").EnumerateArray().Select(n => n.GetProperty("html").GetString()))}")];
    }

    /// <summary>How far the page can be scrolled sideways, in CSS pixels.</summary>
    public static Task<int> SidewaysAsync(IPage page) =>
        page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - innerWidth)");
}
