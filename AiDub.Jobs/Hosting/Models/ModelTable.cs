using System.Text;
using AiDub.Jobs.Models;
using AiDub.Jobs.Models.Bringing;

namespace AiDub.Jobs.Hosting.Models;

/// <summary>The models as a table for people.</summary>
internal static class ModelTable
{
    private const int MostLanguages = 6;
    private static readonly string[] Head = ["", "name", "for", "languages", "size", "memory", "licence", "better with it"];

    /// <summary>The table, with the profiles below it.</summary>
    /// <param name="folder">What is here.</param>
    /// <param name="languages">Only what can do one of these; empty: all.</param>
    public static string Of(ModelFolder folder, IReadOnlyList<string> languages)
    {
        var models = folder.Catalogue.Models.Where(m => languages.Count == 0 || languages.Any(m.Does)).ToList();
        var rows = models.Select(m => new[]
        {
            folder.Has(m) ? "here" : "", m.Name, m.Stage, Languages(m), BringProgress.Megabytes(m.Size),
            BringProgress.Megabytes(m.MemoryMb * 1_000_000L), m.Licence + (m.Terms is null ? "" : " (--accept)"), m.Improves,
        }).Prepend(Head).ToList();
        var widths = Enumerable.Range(0, Head.Length).Select(i => rows.Max(r => r[i].Length)).ToArray();
        var table = new StringBuilder();
        foreach (var row in rows)
            table.AppendLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        table.AppendLine();
        foreach (var profile in folder.Catalogue.Profiles)
        {
            var picked = folder.Catalogue.Pick(profile, languages);
            var size = BringProgress.Megabytes(picked.Sum(m => m.Size));
            var also = languages.Count > 0 ? "" : $" and, for each --to, {string.Join(", ", profile.ByLanguage)}";
            table.AppendLine($"{profile.Name}: {size}, {string.Join(", ", picked.Select(m => m.Name))}{also}");
        }
        table.AppendLine($"in {folder.Root ?? $"no folder yet: set {ModelFolder.Variable}"}");
        return table.ToString();
    }

    private static string Languages(CatalogueModel model) => model.Languages switch
    {
        ["*"] => "all its engine knows",
        { Count: > MostLanguages } many => $"{string.Join(' ', many.Take(MostLanguages))} and {many.Count - MostLanguages} more",
        var few => string.Join(' ', few),
    };
}
