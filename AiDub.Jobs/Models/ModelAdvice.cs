namespace AiDub.Jobs.Models;

/// <summary>Which one command would make better dubs.</summary>
public static class ModelAdvice
{
    /// <summary>The command; null when everything that the largest profile holds for a language is here.</summary>
    /// <param name="folder">What is here.</param>
    /// <param name="language">The language that is dubbed into, as ISO 639-1.</param>
    /// <param name="isWanted">Whether a model would be used; null: each would. A profile none of whose models is, is left out.</param>
    public static string? For(ModelFolder folder, string language, Func<CatalogueModel, bool>? isWanted = null) =>
        folder.Catalogue.Profiles.FirstOrDefault(profile => !IsHere(folder, profile, language, isWanted ?? (_ => true))) is { } better
            ? $"./aidub models get {better.Name} --to {language}"
            : null;

    // A better model of the same stage is as good.
    private static bool IsHere(ModelFolder folder, ModelProfile profile, string language, Func<CatalogueModel, bool> isWanted) =>
        folder.Catalogue.Pick(profile, [language]).Where(isWanted).All(wanted => folder.Catalogue.Models.Any(m =>
            m.Stage == wanted.Stage && m.Rank >= wanted.Rank && (m == wanted || m.Does(language)) && folder.Has(m)));
}
