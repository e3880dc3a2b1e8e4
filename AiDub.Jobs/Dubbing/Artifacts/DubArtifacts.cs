using System.Text.Json;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage;

namespace AiDub.Jobs.Dubbing.Artifacts;

/// <summary>Reads and writes one dub's artifacts: JSON values and files by name, through the attempt's scratch folder.</summary>
/// <remarks>
/// Names are those of <see cref="ObjectKeys"/>. An attempt writes under keys of its own, and reads what it wrote, or what the done steps
/// say; any other name is a key itself, as it was for all artifacts in versions before. What it wrote, or has read, is not asked for again,
/// but for what results from the dub, which no step reads.
/// </remarks>
/// <param name="objects">Where they are kept.</param>
/// <param name="scratch">The attempt's folder.</param>
/// <param name="steps">The steps that are done.</param>
/// <param name="attempt">The attempt; null for one who only reads, or writes before there is any.</param>
public sealed class DubArtifacts(IObjectStore objects, string scratch, IReadOnlyList<StepRecord>? steps = null, DubProgress? attempt = null)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _keys = KeysOf(steps ?? []);
    private readonly HashSet<string> _committed = [.. (steps ?? []).SelectMany(step => step.Artifacts ?? [])];
    private readonly HashSet<string> _parts = [];
    private readonly ArtifactCopies _copies = new(objects, scratch, attempt is null ? null : ObjectKeys.Partials(attempt.RequestId));
    private List<string> _written = [];

    /// <summary>What this attempt wrote of a step that is not committed.</summary>
    public IReadOnlyList<string> Uncommitted
    {
        get
        {
            lock (_lock)
                return [.. _written];
        }
    }

    /// <summary>The parts that this attempt wrote, committed or not: a later attempt may go on from them.</summary>
    public IReadOnlyList<string> Parts
    {
        get
        {
            lock (_lock)
                return [.. _parts];
        }
    }

    /// <summary>Where an artifact lies, by its name.</summary>
    public string KeyOf(string name)
    {
        lock (_lock)
            return _keys.GetValueOrDefault(name, name);
    }

    /// <summary>Whether a step that is done, or this attempt, wrote an artifact.</summary>
    public bool IsWritten(string name)
    {
        lock (_lock)
            return _keys.ContainsKey(name);
    }

    /// <summary>Learns of further steps that are done.</summary>
    public void Recall(IReadOnlyList<StepRecord> done)
    {
        lock (_lock)
        {
            foreach (var (name, key) in KeysOf(done))
                _keys[name] = key;
            _committed.UnionWith(done.SelectMany(step => step.Artifacts ?? []));
        }
    }

    /// <summary>Where this attempt writes an artifact.</summary>
    public string Own(string name) => attempt is null ? name : AttemptKeys.Own(name, attempt.Order, attempt.Attempt);

    /// <summary>The value of a name, or null when it is not there.</summary>
    /// <exception cref="TransientDubException">
    /// A step that is done had written it: it is <see cref="TransientDubException.Lost"/>.
    /// </exception>
    public async Task<T?> TryReadAsync<T>(string name, CancellationToken ct)
        where T : class
    {
        var key = KeyOf(name);
        if (await _copies.TryOpenAsync(key, ct) is not { } path)
            return IsCommitted(key) ? throw Lost(key, null) : null;
        await using var file = File.OpenRead(path);
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(file, StoredJson.Options, ct);
        }
        catch (JsonException e) when (IsCommitted(key))
        {
            // Empty or in part, as a disk has it that was cut off before all was on it.
            throw Lost(key, e);
        }
    }

    /// <summary>The value of a name.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public async Task<T> ReadAsync<T>(string name, CancellationToken ct)
        where T : class =>
        await TryReadAsync<T>(name, ct) ?? throw new FileNotFoundException($"There is no object '{name}'.");

    /// <summary>Writes a value.</summary>
    public async Task WriteAsync<T>(string name, T value, CancellationToken ct)
    {
        var draft = NewFile(".json");
        await using (var file = File.Create(draft))
            await JsonSerializer.SerializeAsync(file, value, StoredJson.Options, ct);
        await PutAsync(name, draft, "application/json", ct);
    }

    /// <summary>Writes a text as UTF-8.</summary>
    public async Task WriteTextAsync(string name, string text, string contentType, CancellationToken ct)
    {
        var draft = NewFile(".txt");
        await File.WriteAllTextAsync(draft, text, ct);
        await PutAsync(name, draft, contentType, ct);
    }

    /// <summary>Stores a file; it may be moved.</summary>
    public async Task PutAsync(string name, string path, string contentType, CancellationToken ct)
    {
        var key = Own(name);
        // Before it is there, so that whoever cleans up knows of it however this ends.
        lock (_lock)
        {
            if (key.Contains(ObjectKeys.PartialFolder, StringComparison.Ordinal))
                _parts.Add(key);
            else if (AttemptKeys.AttemptOf(key) is not null)
                _written.Add(key);
            _keys[AttemptKeys.Name(key)] = key;
        }
        if (key.StartsWith(ObjectKeys.AllWork, StringComparison.Ordinal))
            await _copies.PutAsync(key, path, contentType, ct);
        else
            await objects.PutAsync(key, path, contentType, ct);
    }

    /// <summary>Stores a file that one of the dub's lists will name; a later attempt may go on from it. It may be moved.</summary>
    /// <returns>Its key.</returns>
    public async Task<string> PutPartAsync(string name, string path, string contentType, CancellationToken ct)
    {
        var key = Own(name);
        lock (_lock)
            _parts.Add(key);
        await _copies.PutAsync(key, path, contentType, ct);
        return key;
    }

    /// <summary>Ends a step: returns what it wrote, which from now on is the dub's and no longer this attempt's to remove.</summary>
    public IReadOnlyList<string> Commit()
    {
        lock (_lock)
        {
            var written = _written;
            _committed.UnionWith(written);
            _written = [];
            return written;
        }
    }

    /// <summary>Takes back what <see cref="Commit"/> returned, because it was refused.</summary>
    public void Withdraw(IReadOnlyList<string> committed)
    {
        lock (_lock)
        {
            _committed.ExceptWith(committed);
            _written.AddRange(committed);
        }
    }

    /// <summary>A local path at which an object can be read (not written), by its name or key.</summary>
    /// <exception cref="FileNotFoundException">There is no such object.</exception>
    /// <exception cref="TransientDubException">It was made of the dub: it is <see cref="TransientDubException.Lost"/>.</exception>
    public async Task<string> OpenAsync(string name, CancellationToken ct)
    {
        var key = KeyOf(name);
        try
        {
            return await _copies.OpenAsync(key, ct);
        }
        catch (FileNotFoundException e) when (attempt is not null && key.StartsWith(ObjectKeys.AllWork, StringComparison.Ordinal))
        {
            throw Lost(key, e);
        }
    }

    /// <summary>Whether an object is there.</summary>
    public async Task<bool> HasAsync(string name, CancellationToken ct) => await SizeAsync(name, ct) is not null;

    /// <summary>The size of an object in bytes, or null.</summary>
    public Task<long?> SizeAsync(string name, CancellationToken ct) => objects.SizeAsync(KeyOf(name), ct);

    /// <summary>The keys that begin with a prefix, in order.</summary>
    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken ct) => objects.ListAsync(prefix, ct);

    /// <summary>Removes what is under a prefix and passes the filter.</summary>
    public async Task RemoveAsync(string prefix, Func<string, bool> which, CancellationToken ct)
    {
        await objects.DeleteAsync([.. (await objects.ListAsync(prefix, ct)).Where(which)], ct);
    }

    private bool IsCommitted(string key)
    {
        lock (_lock)
            return attempt is not null && _committed.Contains(key);
    }

    private static TransientDubException Lost(string key, Exception? cause) =>
        new("What was made of the dub is not where it was stored.", cause) { Lost = key };

    private static Dictionary<string, string> KeysOf(IReadOnlyList<StepRecord> done) =>
        done.SelectMany(step => step.Artifacts ?? []).GroupBy(AttemptKeys.Name).ToDictionary(same => same.Key, same => same.Last());

    /// <summary>The path of a new scratch file.</summary>
    public string NewFile(string extension) => Path.Combine(scratch, Guid.NewGuid().ToString("N") + extension);
}
