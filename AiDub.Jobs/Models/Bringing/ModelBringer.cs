using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Models.Bringing;

/// <summary>How models are brought.</summary>
/// <param name="From">A folder or a hub's address instead of the hub that is set; null: that one.</param>
/// <param name="Accept">Whether terms are accepted.</param>
/// <param name="Renew">Whether a file that was replaced at its source may be taken.</param>
internal sealed record BringWish(string? From = null, bool Accept = false, bool Renew = false);

/// <summary>Brings whole models into the folder of models.</summary>
internal sealed class ModelBringer(ModelFolder folder, FileBringer files, DiskRoom room, IOptions<ModelsOptions> options)
{
    /// <summary>Brings what is missing of some models, or is not what it should be.</summary>
    /// <exception cref="ModelException">Terms are not accepted, there is no room, or a file cannot be had.</exception>
    public async Task BringAsync(IReadOnlyList<CatalogueModel> models, BringWish wish, IBringProgress progress, CancellationToken ct)
    {
        if (!wish.Accept && models.Where(m => m.Terms is not null && !folder.Has(m)).ToList() is { Count: > 0 } bound)
        {
            var terms = bound.Select(m => $"{m.Name}: {m.Terms!.Name}, {m.Terms.Address}");
            throw new ModelException($"these have terms: read them, then say --accept\n  {string.Join("\n  ", terms)}");
        }
        var missing = models.SelectMany(m => m.Files).Where(f => !File.Exists(folder.PathOf(f.Local))).ToList();
        if (missing.Count > 0)
            room.Need(folder.PathOf("all"), missing.Sum(Missing), "what is missing");
        foreach (var model in models)
        {
            foreach (var file in model.Files)
                await BringAsync(model, file, wish, progress, ct);
            progress.Say($"{model.Name} is here: {model.Improves}");
        }
    }

    private long Missing(CatalogueFile file) =>
        Math.Max(0, file.Size - (new FileInfo(folder.PathOf(file.Local) + ".part") is { Exists: true } part ? part.Length : 0));

    private async Task BringAsync(CatalogueModel model, CatalogueFile file, BringWish wish, IBringProgress progress, CancellationToken ct)
    {
        var place = folder.PathOf(file.Local);
        var expected = file.Sha256 ?? (wish.Renew ? null : ModelFolder.Expected(file, ModelsLock.Read(folder.Root!)));
        if (!wish.Renew && expected is not null && File.Exists(place)
            && string.Equals(await ModelFolder.HashAsync(place, ct), expected, StringComparison.OrdinalIgnoreCase))
            return;
        var brought = Source(wish) is Uri hub
            ? await files.BringAsync(hub, model, file, place, expected, progress, ct)
            : await CopyAsync(wish.From!, file, place, expected, progress, ct);
        // Remembered first: a file in its place that nobody knows would be taken as it is.
        await ModelsLock.SetAsync(folder.Root!, file.Local, brought, ct);
        PartFile.PutInPlace(place);
    }

    private Uri? Source(BringWish wish) => wish.From is null
        ? new Uri(options.Value.Hub)
        : Uri.TryCreate(wish.From, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    // By its path as it lies in a folder of models, or by its name alone.
    private async Task<LockedFile> CopyAsync(
        string from, CatalogueFile file, string place, string? expected, IBringProgress progress, CancellationToken ct)
    {
        var source = new[] { file.Local, Path.GetFileName(file.Local), file.Path }.Select(name => Path.Combine(from, name))
            .FirstOrDefault(File.Exists) ?? throw new ModelException($"there is no {Path.GetFileName(file.Local)} in {from}");
        await using var read = File.OpenRead(source);
        room.Need(place, read.Length, file.Local);
        await using var part = PartFile.Open(place);
        part.Clear();
        var buffer = new byte[1 << 20];
        while (await read.ReadAsync(buffer, ct) is > 0 and var count)
        {
            await part.AddAsync(buffer.AsMemory(0, count), ct);
            progress.Tell(file.Local, part.Length, read.Length);
        }
        if (expected is null || string.Equals(part.Hash(), expected, StringComparison.OrdinalIgnoreCase))
        {
            part.Keep();
            return new LockedFile(part.Hash(), part.Length, Path.GetFullPath(from));
        }
        part.Clear();
        throw new ModelException($"{source} is not {file.Local}: its SHA-256 is not {expected}. Nothing of it was kept");
    }
}
