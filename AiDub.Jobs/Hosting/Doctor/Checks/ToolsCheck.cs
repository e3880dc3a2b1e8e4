using System.Text.RegularExpressions;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Engines.Apertium;
using AiDub.Jobs.Engines.Espeak;
using AiDub.Jobs.Engines.Flite;
using AiDub.Jobs.Engines.PocketSphinx;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting.Doctor.Checks;

/// <summary>Whether the programs are installed that media and the chosen local engines need, where, and in which version.</summary>
internal sealed partial class ToolsCheck(
    ToolRunner tools,
    IOptions<EnginesOptions> engines,
    IOptions<PocketSphinxOptions> pocketSphinx,
    IOptions<ApertiumOptions> apertium,
    IOptions<EspeakOptions> espeak,
    IOptions<FliteOptions> flite) : IDoctorCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string What => "tools";

    public string Advice => "install the packages that ./aidub run installs";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct) =>
        await Task.WhenAll(Needed().Select(tool => LookAsync(tool, ct)));

    private IEnumerable<Tool> Needed()
    {
        yield return new Tool("ffmpeg", ["-version"], "ffmpeg");
        yield return new Tool("ffprobe", ["-version"], "ffmpeg");
        var chosen = engines.Value.Recognizer.Concat(engines.Value.Translator)
            .Concat(engines.Value.Synthesizer)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (chosen.Contains("PocketSphinx"))
            yield return new Tool(pocketSphinx.Value.Executable, null, "pocketsphinx pocketsphinx-en-us");
        if (chosen.Contains("Apertium"))
            yield return new Tool(apertium.Value.Executable, null, "apertium apertium-eng-spa");
        if (chosen.Contains("Espeak"))
            yield return new Tool(espeak.Value.Executable, ["--version"], "espeak-ng");
        if (chosen.Contains("Flite"))
            yield return new Tool(flite.Value.Executable, ["--version"], "flite");
    }

    private async Task<Finding> LookAsync(Tool tool, CancellationToken ct)
    {
        var name = Path.GetFileName(tool.Program);
        if (InstalledTool.Find(tool.Program) is not { } path)
            return Finding.Fail(name, "not on the PATH", $"apt-get install {tool.Packages}");
        if (tool.AskVersion is null)
            return Finding.Ok(name, $"at {path}");
        try
        {
            var said = await tools.RunAsync(
                new ToolCommand(path, tool.AskVersion, Path.GetTempPath()) { AllowFailure = true, Timeout = Patience }, ct);
            var version = Version().Match(said.StandardOutput + said.StandardErrorTail);
            return Finding.Ok(name, $"{(version.Success ? version.Value : "version unknown")} at {path}");
        }
        catch (ToolFailedException)
        {
            return Finding.Fail(name, $"at {path}, but it does not run", $"apt-get install --reinstall {tool.Packages}");
        }
    }

    [GeneratedRegex(@"\d+(\.\d+)+", RegexOptions.NonBacktracking)]
    private static partial Regex Version();

    private sealed record Tool(string Program, string[]? AskVersion, string Packages);
}
