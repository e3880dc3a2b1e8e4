using AiDub.Jobs.Engines;
using AiDub.Jobs.Engines.Silero;
using AiDub.Jobs.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Jobs.Hosting.Doctor.Checks;

/// <summary>Whether the engines that are chosen, and others that are configured, can be used.</summary>
internal sealed class EnginesCheck(
    EngineChecks checks, ModelFolder models, IServiceProvider services)
    : IDoctorCheck
{
    public string What => "engines";

    public string Advice => "correct Engines:Recognizer, Engines:Translator and Engines:Synthesizer";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        var checkedEngines = (await checks.RunAsync(null, ct)).ToDictionary(c => c.Engine, StringComparer.OrdinalIgnoreCase);
        var found = new List<Finding>();
        var chosen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var engine in services.GetRequiredService<Recognizers>().InOrder)
            await LookAsync("recognizer", engine.Name, () => engine.LanguagesAsync(ct));
        foreach (var engine in services.GetRequiredService<Translators>().InOrder)
            await LookAsync("translator", engine.Name, () => engine.TargetsAsync("en", ct));
        foreach (var engine in services.GetRequiredService<Synthesizers>().InOrder)
            await LookAsync("synthesizer", engine.Name, () => engine.LanguagesAsync(ct));
        LookAtSpeechFinder();
        foreach (var other in checkedEngines.Values.Where(c => !chosen.Contains(c.Engine) && c.IsConfigured))
        {
            found.Add(other.Ready
                ? Finding.Ok(other.Engine, $"ready, though not chosen{Describe(other)}")
                : Finding.Warn(other.Engine, $"configured, not chosen: {other.Detail}", $"correct or remove Engines:{other.Engine}"));
        }

        return found;

        void LookAtSpeechFinder()
        {
            if (checkedEngines.GetValueOrDefault(SileroOptions.Section) is not { } finder)
                return;
            chosen.Add(finder.Engine);
            found.Add(finder.Ready
                ? Finding.Ok(finder.Engine, $"ready{Describe(finder)}")
                : Finding.Warn(
                    finder.Engine,
                    $"speech is told from other sound by its level: {finder.Detail}",
                    "./aidub run brings it where npm is installed"));
        }

        async Task LookAsync(string role, string name, Func<Task<IReadOnlySet<string>>> languages)
        {
            chosen.Add(name);
            if (checkedEngines.TryGetValue(name, out var check))
            {
                // It is chosen in case its models are brought; others do its work meanwhile.
                if (!check.IsConfigured && models.Catalogue.Models.Any(m => m.Engine == name))
                {
                    found.Add(Finding.Ok(name, $"{role}, {check.Detail}"));
                    return;
                }
                found.Add(check.Ready
                    ? Finding.Ok(name, $"{role}, ready{Describe(check)}")
                    : Finding.Fail(name, $"{role}: {check.Detail}", $"correct Engines:{name}, or take it out of Engines:{Capital(role)}"));
                return;
            }

            var count = (await languages()).Count;
            found.Add(count > 0
                ? Finding.Ok(name, $"{role}, {count} languages")
                : Finding.Fail(
                    name,
                    $"{role}: it is not installed, or has no language data",
                    $"install what AiDub.Jobs/Engines/README.md lists for it, or choose another in Engines:{Capital(role)}"));
        }
    }

    private static string Describe(EngineCheck check) =>
        (check.Version is { } version ? $", {version}" : "") + (check.Voices.Count > 0 ? $", {check.Voices.Count} voices or models" : "")
        + (check.Detail.Length > 0 ? $", {check.Detail}" : "");

    private static string Capital(string role) => char.ToUpperInvariant(role[0]) + role[1..];
}

/// <summary>What can be dubbed with the engines that are chosen.</summary>
internal sealed class LanguagesCheck(IServiceProvider services) : IDoctorCheck
{
    public string What => "languages";

    public string Advice => "see the engines above";

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        var languages = services.GetRequiredService<LanguageSupport>();
        var sources = await languages.SourcesAsync(ct);
        var targets = await languages.TargetsAsync(null, ct);
        return targets.Count == 0
            ? [Finding.Fail(
                What, "nothing can be dubbed", "install or configure a recogniser, a translator and a synthesiser that fit together")]
            : [Finding.Ok(What, $"from {string.Join(' ', sources)} into {string.Join(' ', targets)}")];
    }
}
