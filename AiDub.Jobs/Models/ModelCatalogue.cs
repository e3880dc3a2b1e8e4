using System.Text.Json;

namespace AiDub.Jobs.Models;

/// <summary>A file of a model.</summary>
/// <param name="Path">Its path in the hub's repository.</param>
/// <param name="To">Its path in the folder of models; null: its name.</param>
/// <param name="Bytes">Its size where it is known.</param>
/// <param name="Sha256">Its SHA-256 in hex where it is known; else the hub says it when the file is first brought.</param>
/// <param name="AboutMb">About how large it is, in MB, where its size is not known.</param>
public sealed record CatalogueFile(string Path, string? To = null, long? Bytes = null, string? Sha256 = null, int? AboutMb = null)
{
    /// <summary>Its path in the folder of models.</summary>
    public string Local => To ?? System.IO.Path.GetFileName(Path);

    /// <summary>How large it is, in bytes; by its order of magnitude where it is not known.</summary>
    public long Size => Bytes ?? (AboutMb ?? 0) * 1_000_000L;
}

/// <summary>Terms that whoever takes a model has to accept.</summary>
/// <param name="Name">What they are called.</param>
/// <param name="Address">Where they are read.</param>
public sealed record ModelTerms(string Name, string Address);

/// <summary>A model that can be brought.</summary>
/// <param name="Name">What <c>./aidub models</c> calls it.</param>
/// <param name="Stage">What it is for, such as <c>recognition</c>.</param>
/// <param name="Engine">The engine that uses it.</param>
/// <param name="Repository">The hub's repository, <c>owner/name</c>.</param>
/// <param name="Revision">A branch, tag or commit of it.</param>
/// <param name="Licence">Its licence.</param>
/// <param name="Languages">The languages it can do, as ISO 639-1; <c>*</c>: all that its engine knows.</param>
/// <param name="MemoryMb">About how much memory it takes, in MB.</param>
/// <param name="Rank">How good it is among those of its stage: the higher the better.</param>
/// <param name="Improves">What is better with it.</param>
/// <param name="Files">Its files; the first is the model, others lie beside it.</param>
public sealed record CatalogueModel(
    string Name, string Stage, string Engine, string Repository, string Revision, string Licence, IReadOnlyList<string> Languages,
    int MemoryMb, int Rank, string Improves, IReadOnlyList<CatalogueFile> Files)
{
    /// <summary>Terms to accept before it is brought; null when there are none beyond the licence.</summary>
    public ModelTerms? Terms { get; init; }

    /// <summary>A file that does as well, where it is here; null where there is none.</summary>
    public CatalogueFile? Instead { get; init; }

    /// <summary>How large it is, in bytes.</summary>
    public long Size => Files.Sum(f => f.Size);

    /// <summary>Whether it can do a language (ISO 639-1).</summary>
    public bool Does(string language) => Languages is ["*"] || Languages.Contains(language);
}

/// <summary>Models that go together.</summary>
/// <param name="Name">What <c>./aidub models</c> calls it.</param>
/// <param name="Summary">What it comes to.</param>
/// <param name="Models">Models by name, whatever the language.</param>
/// <param name="ByLanguage">Stages of which it takes the best model of each language that is wanted.</param>
public sealed record ModelProfile(string Name, string Summary, IReadOnlyList<string> Models, IReadOnlyList<string> ByLanguage);

/// <summary>Every model that can be brought by name: <c>catalogue.json</c>.</summary>
/// <param name="Profiles">What is brought together, the smallest first.</param>
/// <param name="Models">In the order in which they are listed.</param>
public sealed record ModelCatalogue(IReadOnlyList<ModelProfile> Profiles, IReadOnlyList<CatalogueModel> Models)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly Lazy<ModelCatalogue> Own = new(() =>
    {
        using var file = typeof(ModelCatalogue).Assembly.GetManifestResourceStream("AiDub.Jobs.Models.catalogue.json")!;
        return JsonSerializer.Deserialize<ModelCatalogue>(file, Json)!;
    });

    /// <summary>The one that this version carries.</summary>
    public static ModelCatalogue Carried => Own.Value;

    /// <summary>A model by its name, whatever its case; null when there is none.</summary>
    public CatalogueModel? Find(string name) => Models.FirstOrDefault(m => string.Equals(m.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A profile by its name; null when there is none.</summary>
    public ModelProfile? FindProfile(string name) =>
        Profiles.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The models of a profile for some languages, each once. Those that have terms to accept are brought by their names alone.
    /// </summary>
    /// <param name="profile">The profile.</param>
    /// <param name="languages">The languages to dub into, as ISO 639-1.</param>
    public IReadOnlyList<CatalogueModel> Pick(ModelProfile profile, IEnumerable<string> languages)
    {
        var spoken = from stage in profile.ByLanguage
                     from language in languages
                     select Models.Where(m => m.Stage == stage && m.Terms is null && m.Does(language)).MaxBy(m => m.Rank);
        return [.. Models.Where(m => profile.Models.Contains(m.Name)).Concat(spoken.OfType<CatalogueModel>()).Distinct()];
    }
}
