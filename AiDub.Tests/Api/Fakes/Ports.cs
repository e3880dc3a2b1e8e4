using System.Collections.Concurrent;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Outages;

namespace AiDub.Tests.Api.Fakes;

public sealed class RecordingQueue : IDubQueue
{
    public ConcurrentQueue<Guid> Queued { get; } = [];

    public Task<QueuedJob> EnqueueAsync(Guid requestId, string? likeJob, CancellationToken ct)
    {
        Queued.Enqueue(requestId);
        return Task.FromResult(new QueuedJob($"job-{requestId}", "default"));
    }

    public Task DropAsync(string jobId, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>Durable records that a test puts there.</summary>
public sealed class InMemoryDubStore : IDubStore
{
    public ConcurrentDictionary<Guid, DubRecord> Records { get; } = [];

    public Task<bool> PutAsync(DubRecord record, CancellationToken ct) => throw new NotSupportedException("The API writes no records.");

    public Task ShutOutAsync(Guid requestId, int attempt, CancellationToken ct) => Task.CompletedTask;

    public Task<int> FindShutOutAsync(Guid requestId, CancellationToken ct) => Task.FromResult(0);

    public Task RemoveAsync(Guid requestId, int attempt, CancellationToken ct)
    {
        Records.TryRemove(requestId, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<DubRecord>> FindFinishedAsync(DateTimeOffset before, int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<DubRecord>>(
            [.. Records.Values.Where(dub => dub.FinishedAt < before).OrderBy(dub => dub.FinishedAt).Take(limit)]);

    public Task<IReadOnlyList<DubRecord>> FindLatestAsync(int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<DubRecord>>([.. Records.Values.OrderByDescending(dub => dub.FinishedAt).Take(limit)]);

    public Task<IReadOnlyList<DubRecord>> FindEditableAsync(DateTimeOffset until, int limit, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<DubRecord>>(
            [.. Records.Values.Where(dub => dub.EditableUntil <= until).OrderBy(dub => dub.EditableUntil).Take(limit)]);

    public Task<IReadOnlyList<DubRecord>> FindEditableOfAsync(long userId, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<DubRecord>>(
            [.. Records.Values.Where(dub => dub.Order.UserId == userId && dub.EditableUntil is not null)]);

    public Task<bool> EndEditingAsync(Guid requestId, int revision, CancellationToken ct) =>
        throw new NotSupportedException("The API ends no editing.");

    public Task<DubRecord?> FindAsync(Guid requestId, CancellationToken ct) => Task.FromResult(Records.GetValueOrDefault(requestId));

    public Task<IReadOnlyList<DubRecord>> FindAsync(IReadOnlyCollection<Guid> requestIds, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<DubRecord>>([.. requestIds.Select(id => Records.GetValueOrDefault(id)).OfType<DubRecord>()]);

    public Task<IReadOnlyList<DubRecord>> ListAsync(DubQuery query, CancellationToken ct) => Task.FromResult<IReadOnlyList<DubRecord>>(
        [.. Records.Values.Where(dub => dub.Order.UserId == query.UserId
            && (query.ProjectId is null || dub.Order.ProjectId == query.ProjectId)
            && (query.After is null || dub.Cursor.CompareTo(query.After.Value) > 0))
            .OrderBy(dub => dub.Cursor).Take(query.Limit)]);
}

/// <summary>Idempotency keys in memory.</summary>
public sealed class InMemorySubmissionClaims : ISubmissionClaims
{
    public ConcurrentDictionary<(long, string), SubmissionClaim> Claims { get; } = [];

    public async Task<SubmissionClaim?> FindAsync(long userId, string key, DateTimeOffset now, CancellationToken ct)
    {
        await Task.Yield(); // A store answers later; let other requests in between.
        return Claims.TryGetValue((userId, key), out var claim) && claim.ExpiresAt > now ? claim : null;
    }

    public Task<SubmissionClaim> ClaimAsync(SubmissionClaim claim, DateTimeOffset now, CancellationToken ct) => Task.FromResult(
        Claims.AddOrUpdate((claim.UserId, claim.Key), claim, (_, held) => held.ExpiresAt > now ? held : claim));

    public Task AcceptAsync(long userId, string key, CancellationToken ct)
    {
        Claims[(userId, key)] = Claims[(userId, key)] with { IsAccepted = true };
        return Task.CompletedTask;
    }
}

/// <summary>An object store that makes addresses and holds texts.</summary>
public sealed class AddressingObjectStore : IObjectStore
{
    /// <summary>Thrown by everything while it is set.</summary>
    public Exception? Fault { get; set; }

    public Task<Uri> AddressAsync(string key, Uri publicBase, CancellationToken ct) =>
        Fault is null ? Task.FromResult(new Uri(publicBase, $"files/{key}?expires=1&signature=a+b")) : throw Fault;

    public string? KeyOf(string address) => null;

    public Task<long?> SizeAsync(string key, CancellationToken ct) =>
        Fault is null ? Task.FromResult<long?>(Texts.TryGetValue(key, out var text) ? text.Length : null) : throw Fault;

    /// <summary>What was stored, by key.</summary>
    public ConcurrentDictionary<string, string> Texts { get; } = [];

    public async Task PutAsync(string key, string path, string contentType, CancellationToken ct) =>
        Texts[key] = await File.ReadAllTextAsync(path, ct);

    public async Task<string> MaterializeAsync(string key, string directory, CancellationToken ct)
    {
        if (!Texts.TryGetValue(key, out var text))
            throw new FileNotFoundException($"There is no object '{key}'.");
        var path = Path.Combine(directory, Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(path, text, ct);
        return path;
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken ct) => throw new NotSupportedException();

    public Task<long> MeasureAsync(string prefix, CancellationToken ct) =>
        Task.FromResult(Texts.Where(text => text.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(text => (long)text.Value.Length));

    public Task DeleteAsync(string key, CancellationToken ct)
    {
        Texts.TryRemove(key, out _);
        return Task.CompletedTask;
    }
}

/// <summary>
/// Engines that recognise English, translate it into Spanish, Catalan, French and in draft Indonesian, and speak English, Spanish, Catalan
/// and Indonesian.
/// </summary>
public sealed class FixedEngines : IRecognizer, ITranslator, ISynthesizer
{
    public string Name => "fixed";

    /// <summary>Thrown by every question while it is set.</summary>
    public Exception? Fault { get; set; }

    Task<IReadOnlySet<string>> IRecognizer.LanguagesAsync(CancellationToken ct) => Set("en");

    Task<IReadOnlySet<string>> ITranslator.TargetsAsync(string from, CancellationToken ct) =>
        from == "en" ? Set("es", "ca", "fr", "id") : Set();

    Task<TranslationQuality> ITranslator.QualityAsync(string from, string to, CancellationToken ct) =>
        Task.FromResult(to == "id" ? TranslationQuality.Draft : TranslationQuality.Standard);

    Task<IReadOnlySet<string>> ISynthesizer.LanguagesAsync(CancellationToken ct) => Set("en", "es", "ca", "de", "id");

    public Task<Transcript> RecognizeAsync(RecognitionRequest request, IProgress<double> progress, CancellationToken ct) =>
        throw new NotSupportedException();

    public Task<TranslatedTexts> TranslateAsync(TranslationRequest request, CancellationToken ct) => throw new NotSupportedException();

    public Task<string> SpeakAsync(SpeechRequest request, string wavPath, CancellationToken ct) => throw new NotSupportedException();

    private Task<IReadOnlySet<string>> Set(params string[] codes) =>
        Fault is null ? Task.FromResult<IReadOnlySet<string>>(codes.ToHashSet()) : throw Fault;
}

/// <summary>A probe whose answers are never kept, so that a test sees its faults at once.</summary>
internal sealed class FakeProbe(Dependency of, Func<CancellationToken, Task> reach) : IReachProbe
{
    public Outage Of => new(of);

    public TimeSpan KeepFor => TimeSpan.Zero;

    public Task ReachAsync(CancellationToken ct) => reach(ct);
}
