using AiDub.Domain.Dubbing;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Artifacts;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.LocalFiles;
using AiDub.Tests.Jobs.Storage;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Dubbing.Artifacts;

/// <summary>What an attempt asks of the object store.</summary>
[TestFixture]
public sealed class ArtifactCopiesTests
{
    private readonly CountedCalls _calls = new();
    private readonly DubProgress _attempt = DubProgress.Accept(Samples.Order(), DateTimeOffset.UnixEpoch) with { Attempt = 2 };

    private TestData _data = null!;
    private LocalObjectStore _store = null!;
    private DubArtifacts _artifacts = null!;

    private Guid Dub => _attempt.RequestId;

    [SetUp]
    public void Open()
    {
        _data = new TestData();
        _store = new LocalObjectStore(
            _data.Directory, new SignedUrls(_data.Directory, Options.Create(new ObjectOptions()), TimeProvider.System));
        _calls.Made.Clear();
        _artifacts = new DubArtifacts(
            Port<IObjectStore>.Around(_store, _calls),
            Directory.CreateDirectory(Path.Combine(_data.Root, "scratch")).FullName,
            [],
            _attempt);
    }

    [TearDown]
    public void Close() => _data.Dispose();

    [Test]
    public async Task What_it_wrote_it_does_not_ask_for()
    {
        await _artifacts.WriteAsync(ObjectKeys.Media(Dub), new Note("said"), default);

        var read = (
            await _artifacts.ReadAsync<Note>(ObjectKeys.Media(Dub), default),
            await _artifacts.ReadAsync<Note>(ObjectKeys.Media(Dub), default));

        Assert.That(read, Is.EqualTo((new Note("said"), new Note("said"))));
        Assert.That(_calls.Made, Is.EqualTo(new[] { "PutAndOpenAsync" }));
    }

    [Test]
    public async Task What_it_wrote_again_is_what_it_reads()
    {
        await _artifacts.WriteAsync(ObjectKeys.Media(Dub), new Note("before"), default);
        await _artifacts.ReadAsync<Note>(ObjectKeys.Media(Dub), default);

        await _artifacts.WriteAsync(ObjectKeys.Media(Dub), new Note("after"), default);

        Assert.That(await _artifacts.ReadAsync<Note>(ObjectKeys.Media(Dub), default), Is.EqualTo(new Note("after")));
    }

    [Test]
    public async Task What_was_not_there_it_asks_for_once_until_it_writes_it()
    {
        var before = (
            await _artifacts.TryReadAsync<Note>(ObjectKeys.GivenTexts(Dub), default),
            await _artifacts.TryReadAsync<Note>(ObjectKeys.GivenTexts(Dub), default));
        await _artifacts.WriteAsync(ObjectKeys.GivenTexts(Dub), new Note("given"), default);

        Assert.That(before, Is.EqualTo(((Note?)null, (Note?)null)));
        Assert.That(await _artifacts.TryReadAsync<Note>(ObjectKeys.GivenTexts(Dub), default), Is.EqualTo(new Note("given")));
        Assert.That(_calls.Made, Is.EqualTo(new[] { "MaterializeAsync", "PutAndOpenAsync" }));
    }

    [Test]
    public void What_a_step_that_is_done_wrote_is_not_taken_for_what_was_never_there()
    {
        var key = ObjectKeys.GivenTexts(Dub);
        _artifacts.Recall([new StepRecord("texts", 1, 0, []) { Artifacts = [key] }]);

        Assert.That(
            () => _artifacts.TryReadAsync<Note>(key, default),
            Throws.TypeOf<TransientDubException>().With.Property("Lost").EqualTo(key), "else what was given would be recognised instead");
    }

    [Test]
    public async Task The_parts_that_attempts_before_left_it_lists_and_reads_those_that_are_there()
    {
        var scratch = Directory.CreateDirectory(Path.Combine(_data.Root, "before")).FullName;
        await new DubArtifacts(_store, scratch, [], _attempt with { Attempt = 1 })
            .WriteAsync(ObjectKeys.SpokenPart(Dub, 1), new Note("spoken"), default);

        var parts = new List<Note?>();
        for (var i = 0; i < 4; i++)
            parts.Add(await _artifacts.TryReadAsync<Note>(ObjectKeys.SpokenPart(Dub, i), default));

        Assert.That(parts, Is.EqualTo(new[] { null, new Note("spoken"), null, null }));
        Assert.That(_calls.Made, Is.EqualTo(new[] { "ListAsync", "MaterializeAsync" }));
    }

    private sealed record Note(string Text);

    private sealed class CountedCalls : PortCalls
    {
        public List<string> Made { get; } = [];

        public override Task<T> CallAsync<T>(string method, Func<CancellationToken, Task<T>> call, CancellationToken ct)
        {
            Made.Add(method);
            return call(ct);
        }
    }
}
