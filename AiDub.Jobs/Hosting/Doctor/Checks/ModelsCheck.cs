using AiDub.Jobs.Models;

namespace AiDub.Jobs.Hosting.Doctor.Checks;

/// <summary>Which models are here, and the one command that would bring better ones.</summary>
internal sealed class ModelsCheck(ModelFolder folder) : IDoctorCheck
{
    // What the demo dubs into.
    private const string Language = "es";

    public string What => "models";

    public string Advice => "./aidub models check";

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken ct)
    {
        if (folder.Damage is { } damage)
            return Task.FromResult<IReadOnlyList<Finding>>([Finding.Warn(What, $"none of them is used: {damage}", Advice)]);
        var here = folder.Catalogue.Models.Where(folder.Has).Select(m => m.Name).ToList();
        var better = ModelAdvice.For(folder, Language);
        var detail = (here.Count == 0 ? "none here" : string.Join(' ', here)) + (better is null ? "" : "; one command does better");
        return Task.FromResult<IReadOnlyList<Finding>>([new Finding(Verdict.Ok, What, detail, better)]);
    }
}
