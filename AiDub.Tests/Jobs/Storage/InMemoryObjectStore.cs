using System.Collections.Concurrent;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Jobs.Storage;

/// <summary>Objects in memory, for tests of what reads and writes them; it keeps the contract of the real stores.</summary>
internal sealed class InMemoryObjectStore : IObjectStore
{
    private const string Scheme = "memory:///";

    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    /// <summary>All keys, in order.</summary>
    public IReadOnlyList<string> Keys => [.. _objects.Keys.Order(StringComparer.Ordinal)];

    public async Task PutAsync(string key, string path, string contentType, CancellationToken ct)
    {
        _objects[key] = await File.ReadAllBytesAsync(path, ct);
        File.Delete(path);
    }

    public Task<long?> SizeAsync(string key, CancellationToken ct) =>
        Task.FromResult(_objects.TryGetValue(key, out var bytes) ? bytes.Length : (long?)null);

    public async Task<string> MaterializeAsync(string key, string directory, CancellationToken ct)
    {
        if (!_objects.TryGetValue(key, out var bytes))
            throw new FileNotFoundException($"There is no object '{key}'.");
        var path = Path.Combine(directory, Guid.NewGuid().ToString("N") + Path.GetExtension(key));
        await File.WriteAllBytesAsync(path, bytes, ct);
        return path;
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<string>>([.. Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))]);

    public Task DeleteAsync(string key, CancellationToken ct)
    {
        _objects.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    public Task<Uri> AddressAsync(string key, Uri publicBase, CancellationToken ct) =>
        Task.FromResult(new Uri(Scheme + Uri.EscapeDataString(key)));

    public string? KeyOf(string address) =>
        address.StartsWith(Scheme, StringComparison.Ordinal) ? Uri.UnescapeDataString(address[Scheme.Length..]) : null;
}

[TestFixture]
public sealed class InMemoryObjectStoreTests : ObjectStoreContract
{
    private readonly InMemoryObjectStore _store = new();

    protected override IObjectStore Store => _store;

    [Test]
    public async Task An_address_leads_back_to_its_key_and_no_other_address_to_any()
    {
        var address = await _store.AddressAsync("uploads/2026-01-02/51/ä b", new Uri("http://127.0.0.1"), default);

        Assert.That(_store.KeyOf(address.AbsoluteUri), Is.EqualTo("uploads/2026-01-02/51/ä b"));
        Assert.That(_store.KeyOf("https://example.com/a.mp4"), Is.Null);
    }
}
