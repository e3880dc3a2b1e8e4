using System.Text.Json;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage;

namespace AiDub.Jobs.Dubbing;

/// <summary>Reads and writes one dub's artifacts: JSON values and files by key, through the attempt's scratch folder.</summary>
/// <param name="objects">Where they are kept.</param>
/// <param name="scratch">The attempt's folder.</param>
public sealed class DubArtifacts(IObjectStore objects, string scratch)
{
    /// <summary>The value at a key, or null when it is not there.</summary>
    public async Task<T?> TryReadAsync<T>(string key, CancellationToken ct)
        where T : class
    {
        if (await objects.SizeAsync(key, ct) is null)
            return null;
        var path = await objects.MaterializeAsync(key, scratch, ct);
        await using var file = File.OpenRead(path);
        return await JsonSerializer.DeserializeAsync<T>(file, StoredJson.Options, ct);
    }

    /// <summary>The value at a key.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public async Task<T> ReadAsync<T>(string key, CancellationToken ct)
        where T : class =>
        await TryReadAsync<T>(key, ct) ?? throw new FileNotFoundException($"There is no object '{key}'.");

    /// <summary>Writes a value.</summary>
    public async Task WriteAsync<T>(string key, T value, CancellationToken ct)
    {
        var draft = NewFile(".json");
        await using (var file = File.Create(draft))
            await JsonSerializer.SerializeAsync(file, value, StoredJson.Options, ct);
        await objects.PutAsync(key, draft, "application/json", ct);
    }

    /// <summary>Writes a text as UTF-8.</summary>
    public async Task WriteTextAsync(string key, string text, string contentType, CancellationToken ct)
    {
        var draft = NewFile(".txt");
        await File.WriteAllTextAsync(draft, text, ct);
        await objects.PutAsync(key, draft, contentType, ct);
    }

    /// <summary>Stores a file; it may be moved.</summary>
    public Task PutAsync(string key, string path, string contentType, CancellationToken ct) => objects.PutAsync(key, path, contentType, ct);

    /// <summary>A local path at which an object can be read (not written).</summary>
    public Task<string> OpenAsync(string key, CancellationToken ct) => objects.MaterializeAsync(key, scratch, ct);

    /// <summary>Whether an object is there.</summary>
    public async Task<bool> HasAsync(string key, CancellationToken ct) => await objects.SizeAsync(key, ct) is not null;

    /// <summary>The size of an object in bytes, or null.</summary>
    public Task<long?> SizeAsync(string key, CancellationToken ct) => objects.SizeAsync(key, ct);

    /// <summary>The keys that begin with a prefix, in order.</summary>
    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken ct) => objects.ListAsync(prefix, ct);

    /// <summary>Removes what is under a prefix and passes the filter.</summary>
    public async Task RemoveAsync(string prefix, Func<string, bool> which, CancellationToken ct)
    {
        foreach (var key in (await objects.ListAsync(prefix, ct)).Where(which))
            await objects.DeleteAsync(key, ct);
    }

    /// <summary>The path of a new scratch file.</summary>
    public string NewFile(string extension) => Path.Combine(scratch, Guid.NewGuid().ToString("N") + extension);
}
