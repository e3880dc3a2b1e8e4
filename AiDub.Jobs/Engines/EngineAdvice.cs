using AiDub.Jobs.Models;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines;

/// <summary>Which one command would give dubs better engines than those that are asked first now.</summary>
/// <param name="folder">The models that are here.</param>
/// <param name="options">The engines in their order of preference.</param>
public sealed class EngineAdvice(ModelFolder folder, IOptions<EnginesOptions> options)
{
    /// <summary>
    /// The command for a target, as <see cref="ModelAdvice"/> makes it; null when no model that could be brought would be asked before what
    /// is here, because it is here, or its engine is not configured, or another one is preferred.
    /// </summary>
    /// <param name="now">What can be dubbed now.</param>
    /// <param name="target">What is dubbed into.</param>
    public string? For(LanguageCatalogue now, TargetLanguage target)
    {
        var (listens, translates, speaks) = (options.Value.Recognizer, options.Value.Translator, options.Value.Synthesizer);
        return ModelAdvice.For(folder, target.Code, model =>
            IsBefore(model.Engine, now.Sources.Select(source => source.Recognizers), listens)
            || IsBefore(model.Engine, target.From.Select(from => from.Translators), translates)
            || IsBefore(model.Engine, [target.Synthesizers], speaks));
    }

    // Before any that is asked first, or that one itself, with a better model.
    private static bool IsBefore(string engine, IEnumerable<IReadOnlyList<string>> able, IReadOnlyList<string> order)
    {
        var place = Place(engine);
        return place >= 0 && able.Any(engines => engines.Count > 0 && place <= Place(engines[0]));

        int Place(string name) => order.ToList().FindIndex(other => string.Equals(other, name, StringComparison.OrdinalIgnoreCase));
    }
}
