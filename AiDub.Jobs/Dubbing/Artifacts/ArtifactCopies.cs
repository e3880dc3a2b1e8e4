using AiDub.Domain.Ports;

namespace AiDub.Jobs.Dubbing.Artifacts;

/// <summary>
/// What an attempt has here of the objects that it wrote or read, so that it asks for each of them once: every request takes time, and
/// costs.
/// </summary>
/// <param name="objects">Where they are kept.</param>
/// <param name="scratch">The attempt's folder.</param>
/// <param name="parts">How the keys begin of what attempts before may have left for this one; null for one who only reads.</param>
internal sealed class ArtifactCopies(IObjectStore objects, string scratch, string? parts)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _here = [];
    private readonly HashSet<string> _missing = [];
    private Task<HashSet<string>>? _before;

    /// <summary>A local path at which an object can be read (not written).</summary>
    /// <exception cref="FileNotFoundException">There is no such object.</exception>
    public async Task<string> OpenAsync(string key, CancellationToken ct)
    {
        lock (_lock)
        {
            // The folder may have been emptied since.
            if (_here.TryGetValue(key, out var here) && File.Exists(here))
                return here;
        }
        var path = await objects.MaterializeAsync(key, scratch, ct);
        lock (_lock)
            _here[key] = path;
        return path;
    }

    /// <summary>A local path at which an object can be read (not written), or null when there is none.</summary>
    public async Task<string?> TryOpenAsync(string key, CancellationToken ct)
    {
        if (await IsMissingAsync(key, ct))
            return null;
        try
        {
            return await OpenAsync(key, ct);
        }
        catch (FileNotFoundException)
        {
            lock (_lock)
                _missing.Add(key);
            return null;
        }
    }

    /// <summary>Stores a file, and keeps it here.</summary>
    public async Task PutAsync(string key, string path, string contentType, CancellationToken ct)
    {
        // Whoever made it may make another at the same place.
        var kept = Path.Combine(scratch, Guid.NewGuid().ToString("N") + Path.GetExtension(path));
        File.Move(path, kept);
        var here = await objects.PutAndOpenAsync(key, kept, contentType, scratch, ct);
        lock (_lock)
        {
            _missing.Remove(key);
            _here[key] = here;
        }
    }

    // Nobody but the attempt itself writes what it looks for, so what was not there once is not later. What attempts before left of a step
    // that was not done are many objects: they are listed instead.
    private async Task<bool> IsMissingAsync(string key, CancellationToken ct)
    {
        if (parts is null)
            return false;
        lock (_lock)
        {
            if (_missing.Contains(key) || _here.ContainsKey(key))
                return _missing.Contains(key);
        }
        return key.StartsWith(parts, StringComparison.Ordinal) && !(await BeforeAsync(parts, ct)).Contains(key);
    }

    private Task<HashSet<string>> BeforeAsync(string prefix, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_before is null or { IsCompleted: true, IsCompletedSuccessfully: false })
                _before = ListAsync(prefix, ct);
            return _before;
        }
    }

    private async Task<HashSet<string>> ListAsync(string prefix, CancellationToken ct) => [.. await objects.ListAsync(prefix, ct)];
}
