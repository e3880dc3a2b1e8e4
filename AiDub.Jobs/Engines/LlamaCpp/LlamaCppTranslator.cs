using AiDub.Domain.Errors;
using AiDub.Domain.Languages;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines.Chat;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Models;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.LlamaCpp;

/// <summary>Translates by a language model on this machine.</summary>
internal sealed class LlamaCppTranslator(
    NativeEngines engines, IOptions<LlamaCppOptions> options, ModelFolder models, ILogger<LlamaCppTranslator> log)
    : ITranslator, ICheckedEngine
{
    private readonly LlamaCppOptions _options = options.Value;

    /// <inheritdoc/>
    public string Name => LlamaCppOptions.Section;

    /// <inheritdoc/>
    public bool KeepsToLength => true;

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> TargetsAsync(string from, CancellationToken ct) => Task.FromResult(Targets(from));

    /// <inheritdoc/>
    /// <exception cref="TransientDubException">
    /// Its process broke off, or the model keeps answering something else; what was answered is kept in the request's ledger.
    /// </exception>
    public Task<TranslatedTexts> TranslateAsync(TranslationRequest request, CancellationToken ct)
    {
        // It may have been removed since somebody asked what there is.
        var (launch, _) = Models().FirstOrDefault(m => m.Languages.Contains(request.From) && m.Languages.Contains(request.To));
        if (launch is null)
            throw new TransientDubException($"{Name} has no model any more.") { IsEngineLeftOut = true };
        var model = new LocalModel(engines.Of(launch), launch.Hash ?? Path.GetFileName(launch.Model), _options);
        return new ChatTranslator(Name, model, _options, log).TranslateAsync(request, ct);
    }

    /// <inheritdoc/>
    public async Task<EngineCheck> CheckAsync(CancellationToken ct)
    {
        if (Models() is not [var (launch, _), ..])
            return EngineCheck.NotConfigured(Name, "./aidub models list says which models it can use, and get brings one");
        try
        {
            // Loaded it has to be; what it says of a text would take some machines longer than anybody waits for a check.
            await engines.Of(launch).AskAsync<LlamaAnswer>(LlamaAsk.Nothing, null, ct);
            return new EngineCheck(Name, true, null, [Path.GetFileNameWithoutExtension(launch.Model)], "translates");
        }
        catch (NativeEngineException e)
        {
            return EngineCheck.Broken(Name, e);
        }
    }

    private IReadOnlySet<string> Targets(string from) => Models()
        .Where(model => model.Languages.Contains(from))
        .SelectMany(model => model.Languages)
        .Where(to => to != from)
        .ToHashSet();

    // The best first, with the languages that each knows.
    private IReadOnlyList<(EngineLaunch Launch, IReadOnlySet<string> Languages)> Models()
    {
        if (_options.ModelPath is { Length: > 0 } given)
            return [(new EngineLaunch(LlamaModel.Kind, given), Known(["*"]))];
        return
        [
            .. models.Of(Name).Select(here =>
                (new EngineLaunch(LlamaModel.Kind, here.Path, here.Sha256), Known(here.Model.Languages))),
        ];
    }

    private HashSet<string> Known(IReadOnlyList<string> model)
    {
        IEnumerable<string> known = model is ["*"] ? LanguageCode.All : model;
        return [.. _options.Languages.Count > 0 ? known.Intersect(_options.Languages) : known];
    }
}

/// <summary>Adds llama.cpp.</summary>
internal static class LlamaCppServices
{
    /// <summary>Adds the translator, with its options from <c>LlamaCpp</c> below the engines' section. It needs the native room.</summary>
    public static IServiceCollection AddLlamaCpp(this IServiceCollection services, IConfiguration engines)
    {
        services.AddSettings<LlamaCppOptions>(engines.GetSection(LlamaCppOptions.Section));
        return services.AddEngine<ITranslator, LlamaCppTranslator>();
    }
}
