using System.Text.Json;

namespace AiDub.Jobs.Models;

/// <summary>What a file was when it was first brought.</summary>
/// <param name="Sha256">Its SHA-256 in lower-case hex.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="From">Where it came from: <c>owner/name@revision</c>, or the folder.</param>
public sealed record LockedFile(string Sha256, long Bytes, string From);

/// <summary><c>models.lock.json</c> in the folder of models: the hash of every file that was brought, by its path in the folder.</summary>
public sealed record ModelsLock(IReadOnlyDictionary<string, LockedFile> Files)
{
    private const string Name = "models.lock.json";
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    /// <summary>Reads it; empty where there is none.</summary>
    /// <exception cref="ModelException">It cannot be read.</exception>
    public static ModelsLock Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return new ModelsLock(new Dictionary<string, LockedFile>());
        try
        {
            return JsonSerializer.Deserialize<ModelsLock>(File.ReadAllText(path), Json) is { Files: not null } read
                ? read
                : throw new ModelException($"{path} names no files: correct or delete it");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ModelException($"{path} cannot be read: correct or delete it", e);
        }
    }

    /// <summary>Remembers a file, or forgets it (null); other files, which others may be bringing, stay as they are.</summary>
    public static async Task SetAsync(string folder, string local, LockedFile? file, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        await using var turn = await TakeTurnAsync(Path.Combine(folder, ".models.lock"), ct);
        var files = new SortedDictionary<string, LockedFile>(Read(folder).Files.ToDictionary(), StringComparer.Ordinal);
        if (file is null)
            files.Remove(local);
        else
            files[local] = file;
        var draft = Path.Combine(folder, $"{Name}.{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(draft, JsonSerializer.Serialize(new ModelsLock(files), Json) + "\n", ct);
        File.Move(draft, Path.Combine(folder, Name), overwrite: true);
    }

    // Held for a moment only.
    private static async Task<FileStream> TakeTurnAsync(string path, CancellationToken ct)
    {
        for (var tried = 0; ; tried++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (tried < 100)
            {
                await Task.Delay(50, ct);
            }
        }
    }
}
