using System.Security.Cryptography;

namespace AiDub.Jobs.Models;

/// <summary>What is known of a file of a model that is here.</summary>
/// <param name="Model">The model.</param>
/// <param name="Path">The full path of its first file.</param>
/// <param name="Sha256">The SHA-256 that this file must have, in hex; null for one that was put here by hand.</param>
public sealed record ModelHere(CatalogueModel Model, string Path, string? Sha256)
{
    /// <summary>The SHA-256 that each of its files must have, by full path; null for those that were put here by hand.</summary>
    public required IReadOnlyDictionary<string, string?> Hashes { get; init; }
}

/// <summary>The folder of models that <c>AIDUB_MODELS</c> names.</summary>
/// <param name="root">Its path; null: there is none, and nothing in it.</param>
/// <param name="catalogue">What may be in it.</param>
public sealed class ModelFolder(string? root, ModelCatalogue catalogue)
{
    /// <summary>The environment variable that names it.</summary>
    public const string Variable = "AIDUB_MODELS";

    /// <summary>The folder that the variable names, with the catalogue of this version.</summary>
    public static ModelFolder FromEnvironment() =>
        new(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null, ModelCatalogue.Carried);

    /// <summary>Its full path; null when the variable names none.</summary>
    public string? Root { get; } = root is null ? null : Path.GetFullPath(root);

    /// <summary>What may be in it.</summary>
    public ModelCatalogue Catalogue => catalogue;

    /// <summary>
    /// Why nothing in it is used, for its operator: what was remembered of its files cannot be read, so that nobody can say what they
    /// should be; null: that is not so.
    /// </summary>
    public string? Damage => Root is null ? null : Remember().Damage;

    /// <summary>The full path of a folder in it that an engine looks through by itself; null: there is none that is used.</summary>
    public string? Within(string local) => Root is null || Damage is not null ? null : PathOf(local);

    /// <summary>Whether it has files of an engine, be they used or not.</summary>
    public bool HasFilesOf(string engine) =>
        Root is not null && catalogue.Models.Any(m => m.Engine == engine && m.Files.Any(f => File.Exists(PathOf(f.Local))));

    /// <summary>The full path of a file.</summary>
    /// <exception cref="ModelException">No folder is named.</exception>
    public string PathOf(string local) =>
        Path.Combine(Root ?? throw new ModelException($"set {Variable} to the folder that models are kept in"), local);

    /// <summary>Whether a model is in it whole, or what does as well.</summary>
    public bool Has(CatalogueModel model) =>
        HasFiles(model) || (Root is not null && model.Instead is { } file && File.Exists(PathOf(file.Local)));

    /// <summary>
    /// The models of an engine that are in it, the best first; none while there is <see cref="Damage"/>.
    /// </summary>
    public IReadOnlyList<ModelHere> Of(string engine)
    {
        var here = catalogue.Models.Where(m => m.Engine == engine && HasFiles(m)).OrderByDescending(m => m.Rank).ToList();
        if (here.Count == 0)
            return [];
        if (Remember().Files is not { } remembered)
            return [];
        return
        [
            .. here.Select(m => new ModelHere(m, PathOf(m.Files[0].Local), Expected(m.Files[0], remembered))
            {
                Hashes = m.Files.ToDictionary(f => PathOf(f.Local), f => Expected(f, remembered)),
            }),
        ];
    }

    /// <summary>
    /// The SHA-256 that a file must have: the catalogue's, or the one that it had when it was first brought; null: neither.
    /// </summary>
    internal static string? Expected(CatalogueFile file, ModelsLock remembered) =>
        file.Sha256 ?? remembered.Files.GetValueOrDefault(file.Local)?.Sha256;

    /// <summary>The SHA-256 of a file, in lower-case hex.</summary>
    internal static async Task<string> HashAsync(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
    }

    private (ModelsLock? Files, string? Damage) Remember()
    {
        try
        {
            return (ModelsLock.Read(Root!), null);
        }
        catch (ModelException e)
        {
            return (null, e.Message);
        }
    }

    private bool HasFiles(CatalogueModel model) => Root is not null && model.Files.All(f => File.Exists(PathOf(f.Local)));
}
