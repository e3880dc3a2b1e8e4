using AiDub.Domain.Languages;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Models;
using AiDub.Jobs.Models.Bringing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Hosting.Models;

/// <summary>Brings, lists, checks and removes models, as it is told; nothing of it happens by itself.</summary>
public static class ModelsProgram
{
    private const int Failed = 1;
    private const int WrongUse = 64; // EX_USAGE of sysexits.h
    private const string DemoLanguage = "es";

    /// <summary>Runs one command.</summary>
    /// <param name="args">A verb with its names and options: <see cref="ModelsCommand.Usage"/>.</param>
    /// <param name="output">Told what came of it.</param>
    /// <param name="ct">Ends the work; what was brought so far is gone on from.</param>
    /// <returns>The exit code: 0; 1 when something is not as it should be, 64 for a wrong command, 78 for a wrong setting.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        if (ModelsCommand.Read(args) is not { } command)
        {
            await output.WriteLineAsync(ModelsCommand.Usage);
            return WrongUse;
        }
        try
        {
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
            builder.Logging.ClearProviders();
            builder.Configuration.AddServiceSettings();
            builder.Services.AddEngines(builder.Configuration);
            await using var services = builder.Services.BuildServiceProvider();
            return await RunAsync(services, command, output, ct);
        }
        catch (Exception e) when (e is ModelException or IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"aidub: {e.Message}");
            return Failed;
        }
        catch (OperationCanceledException)
        {
            await output.WriteLineAsync("aidub: stopped; the same command goes on from here");
            return Failed;
        }
        catch (Exception e)
        {
            await output.WriteLineAsync($"aidub: {StartRefusal.Explain(e)}");
            return ServiceRun.Misconfigured;
        }
    }

    private static async Task<int> RunAsync(IServiceProvider services, ModelsCommand command, TextWriter output, CancellationToken ct)
    {
        var folder = services.GetRequiredService<ModelFolder>();
        var languages = Languages(command);
        switch (command.Verb)
        {
            case "list":
                await output.WriteAsync(ModelTable.Of(folder, languages));
                return 0;
            case "better":
                await output.WriteLineAsync(ModelAdvice.For(folder, languages.FirstOrDefault() ?? DemoLanguage) ?? "");
                return 0;
            case "get":
                var progress = new BringProgress(
                    output, ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected, TimeProvider.System);
                var wish = new BringWish(command.From, command.Accept, command.Renew);
                await services.GetRequiredService<ModelBringer>().BringAsync(
                    Picked(folder.Catalogue, command.Names, languages, progress), wish, progress, ct);
                return 0;
            case "remove":
                foreach (var model in command.Names.Select(name => Named(folder.Catalogue, name)))
                    await output.WriteLineAsync(model.Name + (ModelUpkeep.Remove(folder, model) ? " is removed" : " was not here"));
                return 0;
            default:
                var named = command.Names.Select(name => Named(folder.Catalogue, name)).ToList();
                return await ModelUpkeep.CheckAsync(folder, named.Count > 0 ? named : folder.Catalogue.Models, output, ct) ? 0 : Failed;
        }
    }

    private static List<CatalogueModel> Picked(
        ModelCatalogue catalogue, IReadOnlyList<string> names, IReadOnlyList<string> languages, IBringProgress progress)
    {
        var models = new List<CatalogueModel>();
        foreach (var name in names)
        {
            if (catalogue.FindProfile(name) is not { } profile)
            {
                models.Add(Named(catalogue, name));
                continue;
            }
            var into = languages.Count > 0 ? languages : [DemoLanguage];
            models.AddRange(catalogue.Pick(profile, into));
            progress.Say($"{profile.Name}, to dub into {string.Join(", ", into)}: {string.Join(", ", models.Select(m => m.Name))}");
        }
        return [.. models.Distinct()];
    }

    private static CatalogueModel Named(ModelCatalogue catalogue, string name) => catalogue.Find(name)
        ?? throw new ModelException($"there is no model {name}: './aidub models list' names all");

    private static IReadOnlyList<string> Languages(ModelsCommand command) =>
    [
        .. command.To
            .Select(tag => LanguageCode.TryParse(tag.Trim(), out var code) ? code : throw new ModelException($"{tag} is no language"))
            .Distinct(),
    ];
}
