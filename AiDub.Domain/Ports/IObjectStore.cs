namespace AiDub.Domain.Ports;

/// <summary>The files of dubs by key. An object is there whole or not at all.</summary>
public interface IObjectStore
{
    /// <summary>Stores a local file under a key. The file may be moved: the caller does not use it again.</summary>
    Task PutAsync(string key, string path, string contentType, CancellationToken ct);

    /// <summary>Stores a local file under a key. The file may be moved, but not away from where this says that it can be read.</summary>
    /// <returns>A local path at which the object can be read, as of <see cref="MaterializeAsync"/>.</returns>
    async Task<string> PutAndOpenAsync(string key, string path, string contentType, string directory, CancellationToken ct)
    {
        await PutAsync(key, path, contentType, ct);
        return await MaterializeAsync(key, directory, ct);
    }

    /// <summary>The size of an object in bytes, or null when it is not there.</summary>
    Task<long?> SizeAsync(string key, CancellationToken ct);

    /// <summary>A local path at which an object can be read: its own, or a copy in <paramref name="directory"/>.</summary>
    /// <exception cref="FileNotFoundException">There is no such object.</exception>
    Task<string> MaterializeAsync(string key, string directory, CancellationToken ct);

    /// <summary>The keys that begin with <paramref name="prefix"/>, in order.</summary>
    Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken ct);

    /// <summary>How many bytes the objects take whose keys begin with <paramref name="prefix"/>.</summary>
    async Task<long> MeasureAsync(string prefix, CancellationToken ct)
    {
        var total = 0L;
        foreach (var key in await ListAsync(prefix, ct))
            total += await SizeAsync(key, ct) ?? 0;
        return total;
    }

    /// <summary>Removes an object; one that is not there is no error.</summary>
    Task DeleteAsync(string key, CancellationToken ct);

    /// <summary>Removes objects, in any order; when it breaks off, some of them may be gone.</summary>
    async Task DeleteAsync(IReadOnlyList<string> keys, CancellationToken ct)
    {
        foreach (var key in keys)
            await DeleteAsync(key, ct);
    }

    /// <summary>An address at which a browser can open an object for a limited time.</summary>
    /// <param name="key">The object.</param>
    /// <param name="publicBase">Where the service that asks is reached, such as <c>http://127.0.0.1:5080</c>; for stores that it serves
    /// itself.</param>
    /// <param name="ct">Ends the wait.</param>
    Task<Uri> AddressAsync(string key, Uri publicBase, CancellationToken ct);

    /// <summary>An address as of the other method, at which a browser calls the object by a name; a store may not be able to.</summary>
    Task<Uri> AddressAsync(string key, Uri publicBase, ServedName name, CancellationToken ct) => AddressAsync(key, publicBase, ct);

    /// <summary>
    /// The key of an address that was made of an upload, which can be submitted for as long as it is kept; null for addresses that were not
    /// made here. Of other objects a store may tell the key too, while their address opens.
    /// </summary>
    string? KeyOf(string address);
}
