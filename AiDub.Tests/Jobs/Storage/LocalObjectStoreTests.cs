using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Hosting;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.LocalFiles;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace AiDub.Tests.Jobs.Storage;

[TestFixture]
public sealed class LocalObjectStoreTests : ObjectStoreContract
{
    private static readonly Uri Base = new("http://127.0.0.1:5080");

    private TestData _data = null!;
    private FakeTimeProvider _clock = null!;
    private LocalObjectStore _store = null!;

    protected override IObjectStore Store => _store;

    [SetUp]
    public void Open()
    {
        _data = new TestData();
        _clock = Samples.Clock();
        var addresses = new SignedUrls(_data.Directory, Options.Create(new ObjectOptions { AddressLifetimeSeconds = 60 }), _clock);
        _store = new LocalObjectStore(_data.Directory, addresses);
    }

    [TearDown]
    public void Close() => _data.Dispose();

    [Test]
    public async Task A_signed_address_opens_its_object_until_it_expires()
    {
        await PutAsync("dubbed.mp4", "picture");
        var (expires, signature) = Parts(await _store.AddressAsync(Prefix + "dubbed.mp4", Base, default));

        Assert.That(_store.TryOpen(Prefix + "dubbed.mp4", expires, signature, out var path), Is.True);
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("picture"));
        _clock.Advance(TimeSpan.FromSeconds(61));
        Assert.That(_store.TryOpen(Prefix + "dubbed.mp4", expires, signature, out _), Is.False);
    }

    [Test]
    public void A_start_is_refused_where_this_user_may_not_write_to_the_folder()
    {
        // Nobody makes a file there, root included.
        Directory.CreateSymbolicLink(Path.Combine(_data.Root, "objects"), "/sys");

        var error = Assert.CatchAsync(() => _store.Folder.CheckRightsAsync(default));

        Assert.That(StartRefusal.Explain(error), Does.Contain("objects").And.Contain("let this user read and write it"));
    }

    [Test]
    public async Task A_folder_that_is_gone_or_an_empty_one_in_its_place_is_away_and_not_begun_anew([Values] bool isEmpty)
    {
        await PutAsync("dubbed.mp4", "picture");
        var (expires, signature) = Parts(await _store.AddressAsync(Prefix + "dubbed.mp4", Base, default));
        var (objects, kept) = (Path.Combine(_data.Root, "objects"), Path.Combine(_data.Root, "kept"));
        Directory.Move(objects, kept);
        if (isEmpty)
            Directory.CreateDirectory(objects);

        Func<Task>[] calls =
        [
            () => _store.PutAsync(Prefix + "new", _data.Write("new", "x"), "text/plain", default),
            () => _store.SizeAsync(Prefix + "dubbed.mp4", default),
            () => _store.MaterializeAsync(Prefix + "dubbed.mp4", _data.Root, default),
            () => _store.ListAsync(Prefix, default),
            () => _store.MeasureAsync(Prefix, default),
            () => _store.DeleteAsync(Prefix + "dubbed.mp4", default),
            () => _store.Folder.ProbeAsync(default),
            () => Task.FromResult(_store.TryOpen(Prefix + "dubbed.mp4", expires, signature, out _)),
        ];
        foreach (var call in calls)
            Assert.That(OutageRules.Of(Assert.CatchAsync(() => call()))?.What, Is.EqualTo(Dependency.Objects));
        Assert.That(Directory.Exists(objects) ? Directory.GetFileSystemEntries(objects) : [], Is.Empty);

        if (isEmpty)
            Directory.Delete(objects);
        Directory.Move(kept, objects);
        Assert.That(await _store.SizeAsync(Prefix + "dubbed.mp4", default), Is.EqualTo("picture".Length));
        await _store.Folder.ProbeAsync(default);
    }

    [Test]
    public async Task An_object_that_comes_from_another_file_system_is_never_seen_in_part()
    {
        const int bytes = 128 << 20;
        var elsewhere = Path.Combine(TemporaryFolder.OnAnotherFileSystem!, $"aidub-test-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(elsewhere);
            Directory.CreateSymbolicLink(Path.Combine(_data.Root, "objects"), elsewhere);
            await File.WriteAllBytesAsync(Path.Combine(_data.Root, "new"), new byte[bytes]);

            var put = Task.Run(() => _store.PutAsync(Prefix + "dubbed.mp4", Path.Combine(_data.Root, "new"), "video/mp4", default));
            var seen = new List<long?>();
            while (!put.IsCompleted)
                seen.Add(await _store.SizeAsync(Prefix + "dubbed.mp4", default));
            await put;

            Assert.That(seen.Where(size => size is not (null or bytes)), Is.Empty);
            Assert.That(seen, Does.Contain(null), "it was looked for while it was put");
            Assert.That(await _store.SizeAsync(Prefix + "dubbed.mp4", default), Is.EqualTo(bytes));
            Assert.That(await _store.ListAsync("", default), Is.EqualTo(new[] { Prefix + "dubbed.mp4" }));
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }

    [Test]
    public void A_copy_that_a_killed_process_had_begun_is_cleared_and_one_that_is_being_made_is_not()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_data.Root, "objects", ".incoming")).FullName;
        File.WriteAllText(Path.Combine(folder, "dead"), "x");
        using var living = new FileStream(Path.Combine(folder, "living"), FileMode.CreateNew, FileAccess.Write, FileShare.None);

        _store.Folder.ClearUnfinished();

        Assert.That(Directory.EnumerateFiles(folder).Select(Path.GetFileName), Is.EqualTo(new[] { "living" }));
    }

    [Test]
    public async Task A_signature_opens_no_other_object_and_for_no_longer()
    {
        await PutAsync("dubbed.mp4", "picture");
        await PutAsync("other.mp4", "picture");
        var (expires, signature) = Parts(await _store.AddressAsync(Prefix + "dubbed.mp4", Base, default));

        Assert.That(_store.TryOpen(Prefix + "other.mp4", expires, signature, out _), Is.False);
        Assert.That(_store.TryOpen(Prefix + "dubbed.mp4", expires + 1, signature, out _), Is.False);
        Assert.That(_store.TryOpen(Prefix + "dubbed.mp4", expires, "00", out _), Is.False);
    }

    [Test]
    public void A_key_that_could_not_be_made_is_made_once_it_can_be()
    {
        var inTheWay = Directory.CreateDirectory(_data.Directory.File("signing.key"));
        var signer = new SignedUrls(_data.Directory, Options.Create(new ObjectOptions()), _clock);
        Assert.That(signer.Prepare, Throws.Exception);
        inTheWay.Delete();

        Assert.That(signer.Prepare, Throws.Nothing);
    }

    [Test]
    public void Processes_that_begin_at_once_on_one_folder_open_each_others_addresses()
    {
        // Often, because the moment in which two of them could each make a key is short.
        for (var round = 0; round < 100; round++)
        {
            File.Delete(Path.Combine(_data.Root, "signing.key"));
            var (signed, together) = (new Uri[8], new Barrier(8));
            var processes = signed.Select((_, i) => new Thread(() =>
            {
                var signer = new SignedUrls(_data.Directory, Options.Create(new ObjectOptions()), _clock);
                together.SignalAndWait();
                signed[i] = signer.Sign(Prefix + "dubbed.mp4", Base);
            })).ToList();
            processes.ForEach(process => process.Start());
            processes.ForEach(process => process.Join());

            Assert.That(signed.Distinct(), Has.Exactly(1).Items);
            Assert.That(Directory.EnumerateFiles(_data.Root, "signing.key*"), Has.Exactly(1).Items);
        }
    }

    [TestCase("https://dub.example.com")]
    [TestCase("https://dub.example.com/dubs")]
    [TestCase("https://dub.example.com/dubs/")]
    [TestCase("https://dub.example.com/files/of/dubs")]
    public async Task An_address_is_known_as_ones_own_under_whatever_public_address_it_was_made(string publicBase)
    {
        const string Key = "uploads/2026-01-02/51/5e1d9f34-7c52-4b0f-8f5e-6a3b2c1d0e9f";
        var address = (await _store.AddressAsync(Key, new Uri(publicBase), default)).AbsoluteUri;

        Assert.That(_store.KeyOf(address), Is.EqualTo(Key));
        Assert.That(_store.KeyOf(address.Replace("/51/", "/52/", StringComparison.Ordinal)), Is.Null, "nobody signed that");
    }

    [TestCase("../aidub.db")]
    [TestCase("work/../../aidub.db")]
    [TestCase("/etc/passwd")]
    public void A_key_cannot_leave_the_folder(string key) =>
        Assert.That(async () => await _store.SizeAsync(key, default), Throws.ArgumentException);

    private static (long Expires, string Signature) Parts(Uri address)
    {
        var query = System.Web.HttpUtility.ParseQueryString(address.Query);
        return (long.Parse(query["expires"]!), query["signature"]!);
    }
}
