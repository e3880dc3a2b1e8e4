using AiDub.Domain.Errors;
using AiDub.Domain.Ports;

namespace AiDub.Jobs.Storage.LocalFiles;

/// <summary>Objects as files below a folder; a put is a rename, so an object is there whole or not at all.</summary>
public sealed class LocalObjectStore(DataDirectory data, SignedUrls addresses) : IObjectStore
{
    /// <summary>The folder that the objects are in.</summary>
    internal ObjectFolder Folder { get; } = new(data.File("objects"));

    /// <inheritdoc />
    public async Task PutAsync(string key, string path, string contentType, CancellationToken ct)
    {
        var target = PathOf(key);
        Folder.Make();
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (!FileRename.TryReplace(path, target))
            await CopyAsync(path, target, ct);
        await DiskFlush.FlushAsync(target, ct);
    }

    // From another file system: copied beside the target first, so that the rename is still the only way in.
    private async Task CopyAsync(string path, string target, CancellationToken ct)
    {
        var copy = Path.Combine(Folder.Incoming, Guid.NewGuid().ToString("N"));
        try
        {
            // Locked for as long as this process lives, which tells it from what a killed one left.
            await using var to = new FileStream(copy, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await using (var from = File.OpenRead(path))
                await from.CopyToAsync(to, ct);
            await to.FlushAsync(ct);
            if (!FileRename.TryReplace(copy, target))
                throw new IOException($"'{target}' is on another file system than the folder of objects.");
            File.Delete(path);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <inheritdoc />
    public async Task<string> PutAndOpenAsync(string key, string path, string contentType, string directory, CancellationToken ct)
    {
        await PutAsync(key, path, contentType, ct);
        return PathOf(key);
    }

    /// <summary>Makes the folder and the key of signed addresses what they should be, before anything is stored or signed.</summary>
    /// <exception cref="StartRefusedException">The key is no key.</exception>
    public void Prepare()
    {
        OwnerOnly.Folder(Folder.Root);
        addresses.Prepare();
    }

    /// <inheritdoc />
    public Task<long?> SizeAsync(string key, CancellationToken ct)
    {
        var file = new FileInfo(PathOf(key));
        if (file.Exists)
            return Task.FromResult<long?>(file.Length);
        Folder.ThrowIfGone();
        return Task.FromResult<long?>(null);
    }

    /// <inheritdoc />
    public Task<string> MaterializeAsync(string key, string directory, CancellationToken ct)
    {
        var path = PathOf(key);
        if (File.Exists(path))
            return Task.FromResult(path);
        Folder.ThrowIfGone();
        throw new FileNotFoundException($"There is no object '{key}'.");
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken ct)
    {
        // The folder part narrows the walk; the rest of the prefix is compared.
        var folder = PathOf(prefix[..(prefix.LastIndexOf('/') + 1)]);
        Folder.ThrowIfGone();
        var start = prefix[(prefix.LastIndexOf('/') + 1)..] + "*";
        IReadOnlyList<string> keys = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, start)
                .Concat(Directory.EnumerateDirectories(folder,
                    start).SelectMany(below => Directory.EnumerateFiles(below, "*", SearchOption.AllDirectories)))
                .Select(KeyAt)
                    .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && !ObjectFolder.IsOurs(key))
                    .Order(StringComparer.Ordinal)]
            : [];
        return Task.FromResult(keys);
    }

    /// <inheritdoc />
    public Task<long> MeasureAsync(string prefix, CancellationToken ct)
    {
        var folder = new DirectoryInfo(PathOf(prefix[..(prefix.LastIndexOf('/') + 1)]));
        Folder.ThrowIfGone();
        return Task.FromResult(!folder.Exists ? 0 : folder.EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => KeyAt(file.FullName).StartsWith(prefix, StringComparison.Ordinal)).Sum(file => SizeOf(file)));
    }

    /// <inheritdoc />
    public Task DeleteAsync(string key, CancellationToken ct)
    {
        var path = PathOf(key);
        Folder.ThrowIfGone();
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            return Task.CompletedTask;
        File.Delete(path);
        for (var folder = Path.GetDirectoryName(path)!; folder.Length > Folder.Root.Length; folder = Path.GetDirectoryName(folder)!)
        {
            if (Directory.EnumerateFileSystemEntries(folder).Any())
                break;
            try
            {
                Directory.Delete(folder);
            }
            catch (IOException)
            {
                break; // another put has just used it
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<Uri> AddressAsync(string key, Uri publicBase, CancellationToken ct) => Task.FromResult(addresses.Sign(key, publicBase));

    /// <inheritdoc />
    public Task<Uri> AddressAsync(string key, Uri publicBase, ServedName name, CancellationToken ct)
    {
        var address = addresses.Sign(key, publicBase, name.FileName);
        return Task.FromResult(name.IsSaved ? new Uri($"{address.AbsoluteUri}&{SignedUrls.SavedField}=1") : address);
    }

    /// <inheritdoc />
    public string? KeyOf(string address) => addresses.KeyOf(address);

    /// <summary>The local file of a signed address; false when the signature is not ours, has expired, or the object is gone.</summary>
    public bool TryOpen(string key, long expires, string signature, out string path) => TryOpen(key, expires, signature, null, out path);

    /// <summary>The same of an address that names its file.</summary>
    public bool TryOpen(string key, long expires, string signature, string? name, out string path)
    {
        path = "";
        if (!addresses.Verify(key, expires, signature, name))
            return false;
        path = PathOf(key);
        if (File.Exists(path))
            return true;
        Folder.ThrowIfGone();
        return false;
    }

    // A file may go while it is looked at.
    private static long SizeOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    private string KeyAt(string path) => Path.GetRelativePath(Folder.Root, path).Replace(Path.DirectorySeparatorChar, '/');

    private string PathOf(string key)
    {
        if (key.Split('/').Any(part => part is "." or "..") || key.StartsWith('/') || key.Contains('\0') || key.Contains('\\'))
            throw new ArgumentException("A key is a relative path.", nameof(key));
        return Path.Combine(Folder.Root, key);
    }
}
