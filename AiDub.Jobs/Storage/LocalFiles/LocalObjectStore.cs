using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Outages;

namespace AiDub.Jobs.Storage.LocalFiles;

/// <summary>Objects as files below a folder; a put is a rename, so an object is there whole or not at all.</summary>
public sealed class LocalObjectStore(DataDirectory data, SignedUrls addresses) : IObjectStore
{
    private readonly ObjectFolder _folder = new(data.File("objects"));

    /// <inheritdoc />
    public async Task PutAsync(string key, string path, string contentType, CancellationToken ct)
    {
        var target = PathOf(key);
        _folder.Make();
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (!FileRename.TryReplace(path, target))
            await CopyAsync(path, target, ct);
        await DiskFlush.FlushAsync(target, ct);
    }

    // From another file system: copied beside the target first, so that the rename is still the only way in.
    private async Task CopyAsync(string path, string target, CancellationToken ct)
    {
        var copy = Path.Combine(_folder.Incoming, Guid.NewGuid().ToString("N"));
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
        OwnerOnly.Folder(_folder.Root);
        addresses.Prepare();
    }

    /// <summary>Puts a small object in place and removes it: returns when the folder takes objects.</summary>
    public async Task ProbeAsync(CancellationToken ct)
    {
        _folder.Make();
        var name = $"probe-{Guid.NewGuid():N}";
        var (probe, place) = (Path.Combine(_folder.Incoming, name), Path.Combine(_folder.Root, $".{name}"));
        try
        {
            await File.WriteAllTextAsync(probe, "written to see whether it can be", ct);
            FileRename.TryReplace(probe, place);
        }
        finally
        {
            File.Delete(probe);
            File.Delete(place);
        }
    }

    /// <summary>Returns when there is room for a file of some size in the folder, which may lie on a disk of its own.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public async Task ProbeRoomAsync(CancellationToken ct)
    {
        try
        {
            _folder.Make();
            await DataDirectory.ProbeAsync(_folder.Incoming, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !NoSpaceLeft.Is(e))
        {
            // What else is wrong with it is found by who looks at the objects.
        }
    }

    /// <summary>
    /// Sees at a start whether this user may write to the folder: a full disk gets room again, this does not come right by waiting.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">It may not.</exception>
    public async Task CheckRightsAsync(CancellationToken ct)
    {
        try
        {
            await ProbeAsync(ct);
        }
        catch (IOException)
        {
            // Whoever stores something says what is wrong.
        }
    }

    /// <summary>Removes the copies that processes which were killed had begun.</summary>
    public void ClearUnfinished()
    {
        if (!Directory.Exists(_folder.Incoming))
            return;
        foreach (var copy in Directory.EnumerateFiles(_folder.Incoming))
        {
            try
            {
                using var orphan = new FileStream(copy, FileMode.Open, FileAccess.Write, FileShare.None);
                File.Delete(copy);
            }
            catch (IOException)
            {
                // Its process lives, or has just put it in place.
            }
        }
    }

    /// <inheritdoc />
    public Task<long?> SizeAsync(string key, CancellationToken ct)
    {
        var file = new FileInfo(PathOf(key));
        if (file.Exists)
            return Task.FromResult<long?>(file.Length);
        _folder.ThrowIfGone();
        return Task.FromResult<long?>(null);
    }

    /// <inheritdoc />
    public Task<string> MaterializeAsync(string key, string directory, CancellationToken ct)
    {
        var path = PathOf(key);
        if (File.Exists(path))
            return Task.FromResult(path);
        _folder.ThrowIfGone();
        throw new FileNotFoundException($"There is no object '{key}'.");
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken ct)
    {
        // The folder part narrows the walk; the rest of the prefix is compared.
        var folder = PathOf(prefix[..(prefix.LastIndexOf('/') + 1)]);
        _folder.ThrowIfGone();
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
        _folder.ThrowIfGone();
        return Task.FromResult(!folder.Exists ? 0 : folder.EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => KeyAt(file.FullName).StartsWith(prefix, StringComparison.Ordinal)).Sum(file => SizeOf(file)));
    }

    /// <inheritdoc />
    public Task DeleteAsync(string key, CancellationToken ct)
    {
        var path = PathOf(key);
        _folder.ThrowIfGone();
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            return Task.CompletedTask;
        File.Delete(path);
        for (var folder = Path.GetDirectoryName(path)!; folder.Length > _folder.Root.Length; folder = Path.GetDirectoryName(folder)!)
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
        _folder.ThrowIfGone();
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

    private string KeyAt(string path) => Path.GetRelativePath(_folder.Root, path).Replace(Path.DirectorySeparatorChar, '/');

    private string PathOf(string key)
    {
        if (key.Split('/').Any(part => part is "." or "..") || key.StartsWith('/') || key.Contains('\0') || key.Contains('\\'))
            throw new ArgumentException("A key is a relative path.", nameof(key));
        return Path.Combine(_folder.Root, key);
    }
}
