using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Hosting.Doctor.Checks;

/// <summary>Whether the Debian packages are there that the script would install; it tells their names by <c>AIDUB_PACKAGES</c>.</summary>
internal sealed class PackagesCheck(ToolRunner tools) : IDoctorCheck
{
    public string What => "packages";

    public string Advice => "compare them with run_packages in ./aidub";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        var wanted = (Environment.GetEnvironmentVariable("AIDUB_PACKAGES") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Length == 0)
            return [];
        if (InstalledTool.Find("dpkg-query") is null)
            return [Finding.Warn(What, "this is no Debian: packages cannot be looked up", "see that the tools below are installed")];
        var said = await tools.RunAsync(
            new ToolCommand("dpkg-query", ["-W", "-f", "${Package} ${Status}\n", .. wanted], Path.GetTempPath()) { AllowFailure = true },
            ct);
        var installed = said.StandardOutput.Split('\n')
            .Where(line => line.EndsWith("ok installed", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0])
            .ToHashSet();
        var missing = wanted.Where(package => !installed.Contains(package)).ToList();
        return missing.Count == 0
            ? [Finding.Ok(What, $"all {wanted.Length} installed")]
            : [Finding.Warn(What, $"missing: {string.Join(' ', missing)}", "apt-get install --no-install-recommends "
                + $"{string.Join(' ', missing)}")];
    }
}
