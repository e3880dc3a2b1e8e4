namespace AiDub.Jobs.Models;

/// <summary>Looks after the models that are here.</summary>
internal static class ModelUpkeep
{
    /// <summary>Deletes a model; what its files were stays remembered. False when nothing of it was here.</summary>
    public static bool Remove(ModelFolder folder, CatalogueModel model)
    {
        var paths = model.Files.Select(f => folder.PathOf(f.Local)).SelectMany(p => new[] { p, p + ".part", p + ".part.note" });
        var there = paths.Where(File.Exists).ToList();
        there.ForEach(File.Delete);
        return there.Count > 0;
    }

    /// <summary>Reads the files of models that are here; says of each what it is, and whether all are what they should be.</summary>
    public static async Task<bool> CheckAsync(
        ModelFolder folder, IReadOnlyList<CatalogueModel> models, TextWriter output, CancellationToken ct)
    {
        if (folder.Root is null)
            throw new ModelException($"set {ModelFolder.Variable} to the folder that models are kept in");
        var (remembered, isRight, isEmpty) = (ModelsLock.Read(folder.Root), true, true);
        foreach (var model in models)
        {
            if (model.Instead is { } instead && File.Exists(folder.PathOf(instead.Local)))
            {
                var isIt = string.Equals(
                    await ModelFolder.HashAsync(folder.PathOf(instead.Local), ct), instead.Sha256, StringComparison.OrdinalIgnoreCase);
                await TellAsync(isIt, instead.Local + (isIt ? "" : " is not what it should be: delete it and run ./aidub run"));
            }
            var files = model.Files.Where(f => File.Exists(folder.PathOf(f.Local))).ToList();
            if (files.Count == 0)
                continue;
            foreach (var missing in model.Files.Except(files))
                await TellAsync(false, $"{missing.Local} of {model.Name} is missing: ./aidub models get {model.Name}");
            foreach (var file in files)
            {
                var expected = ModelFolder.Expected(file, remembered);
                var hash = await ModelFolder.HashAsync(folder.PathOf(file.Local), ct);
                var isSame = expected is null || string.Equals(hash, expected, StringComparison.OrdinalIgnoreCase);
                await TellAsync(isSame, expected is null ? $"{file.Local}: put here by hand, what it should be is not known"
                    : isSame ? $"{file.Local}" : $"{file.Local} changed since it was brought: ./aidub models get {model.Name}");
            }
        }
        if (isEmpty)
            await output.WriteLineAsync($"there is nothing to check in {folder.Root}");
        return isRight;

        async Task TellAsync(bool isSame, string line)
        {
            (isRight, isEmpty) = (isRight && isSame, false);
            await output.WriteLineAsync($"{(isSame ? "ok  " : "fail")}  {line}");
        }
    }
}
