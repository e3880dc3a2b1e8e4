using System.Diagnostics;
using System.Text.Json;

namespace AiDub.Tests.Page;

/// <summary>What Lighthouse finds of the page, as on a phone of middling speed.</summary>
internal static class Lighthouse
{
    /// <summary>The scores of a page, 0–100 by category, and what was found wrong in it.</summary>
    /// <param name="address">The page, at the service of the tests.</param>
    /// <param name="categories">Such as <c>accessibility</c>.</param>
    public static async Task<(Dictionary<string, int> Scores, string[] Faults)> MeasureAsync(Uri address, params string[] categories)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])
            [
                PageSite.NpmFile("lighthouse", "node_modules", "lighthouse", "cli", "index.js"), address.AbsoluteUri, "--quiet",
                "--output=json", $"--only-categories={string.Join(',', categories)}",
                $"--chrome-flags=--headless {(Environment.IsPrivilegedProcess ? "--no-sandbox" : "")}",
            ])
            start.ArgumentList.Add(argument);
        start.Environment["CHROME_PATH"] = PageSite.Chromium;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, await errors);
        var report = JsonElement.Parse(output);
        return (
            report.GetProperty("categories").EnumerateObject().ToDictionary(
                category => category.Name, category => (int)Math.Round(100 * category.Value.GetProperty("score").GetDouble())),
            [.. report.GetProperty("audits").EnumerateObject()
                .Where(audit => audit.Value.GetProperty("score") is { ValueKind: JsonValueKind.Number } score && score.GetDouble() < 0.9)
                .Select(audit => audit.Name)]);
    }
}
