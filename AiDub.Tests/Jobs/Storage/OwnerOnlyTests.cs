using System.Runtime.Versioning;
using AiDub.Domain.Errors;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.LocalFiles;
using AiDub.Jobs.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Storage;

/// <summary>What lies in the data folder is for the user of the service alone.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OwnerOnlyTests
{
    private const UnixFileMode OfFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OfFolder = OfFile | UnixFileMode.UserExecute;
    private const UnixFileMode Open =
        OfFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private TestData _data = null!;

    [SetUp]
    public void MakeFolder() => _data = new TestData();

    [TearDown]
    public void RemoveFolder() => _data.Dispose();

    [Test]
    public async Task Nobody_else_reads_the_database_its_journals_the_objects_or_the_key()
    {
        await StartAsync();

        AssertIsPrivate();
    }

    [Test]
    public async Task What_others_could_read_is_corrected_at_the_next_start()
    {
        await StartAsync();
        foreach (var file in Directory.EnumerateFiles(_data.Root))
            File.SetUnixFileMode(file, OfFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        File.SetUnixFileMode(Path.Combine(_data.Root, "objects"), Open);

        await StartAsync();

        AssertIsPrivate();
    }

    [Test]
    public void A_data_folder_that_is_made_is_private_and_one_that_is_shared_stays_so()
    {
        var made = Path.Combine(_data.Root, "a", "b");
        _ = new DataDirectory(Options.Create(new DataOptions { Directory = made }));
        Assert.That(File.GetUnixFileMode(made), Is.EqualTo(OfFolder));

        File.SetUnixFileMode(made, Open);
        _ = new DataDirectory(Options.Create(new DataOptions { Directory = made }));
        Assert.That(File.GetUnixFileMode(made), Is.EqualTo(Open));
    }

    [TestCase(0)]
    [TestCase(31)]
    [TestCase(33)]
    public void A_key_of_signed_addresses_that_is_none_stops_the_start(int bytes)
    {
        File.WriteAllBytes(Path.Combine(_data.Root, "signing.key"), new byte[bytes]);

        var error = Assert.Throws<StartRefusedException>(() => Objects().Prepare());

        Assert.That(error.Message, Does.Contain("signing.key").And.Contain("32 bytes").And.Not.Contain("\n"));
    }

    [Test]
    public async Task An_address_of_an_upload_may_be_submitted_after_it_opens_no_more()
    {
        var clock = Samples.Clock();
        var objects = Objects(clock);
        foreach (var key in new[] { "uploads/2026-11-25/a", "results/51/a/dubbed.mp4" })
            await objects.PutAsync(key, _data.Write("new", "x"), "video/mp4", default);
        var upload = (await objects.AddressAsync("uploads/2026-11-25/a", new Uri("http://h"), default)).AbsoluteUri;
        var result = (await objects.AddressAsync("results/51/a/dubbed.mp4", new Uri("http://h"), default)).AbsoluteUri;

        clock.Advance(TimeSpan.FromDays(6));

        Assert.That((objects.KeyOf(upload), objects.KeyOf(result)), Is.EqualTo(("uploads/2026-11-25/a", (string?)null)));
        Assert.That(objects.KeyOf(upload.Replace("11-25/a", "11-25/b", StringComparison.Ordinal)), Is.Null, "nobody signed that");
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(upload).Query);
        Assert.That(objects.TryOpen("uploads/2026-11-25/a", long.Parse(query["expires"]!), query["signature"]!, out _), Is.False);
    }

    private async Task StartAsync()
    {
        Objects().Prepare();
        var database = new SqliteDatabase(_data.Directory);
        await new SqliteProgressStore(database).FindAsync(Guid.NewGuid(), default);
    }

    private LocalObjectStore Objects(TimeProvider? clock = null) =>
        new(_data.Directory, new SignedUrls(_data.Directory, Options.Create(new ObjectOptions()), clock ?? TimeProvider.System));

    private void AssertIsPrivate()
    {
        var files = Directory.EnumerateFiles(_data.Root).ToDictionary(file => Path.GetFileName(file), File.GetUnixFileMode);
        Assert.That(files.Keys, Does.Contain("aidub.db").And.Contain("aidub.db-wal").And.Contain("signing.key"));
        Assert.That(files.Values, Is.All.EqualTo(OfFile));
        Assert.That(File.GetUnixFileMode(Path.Combine(_data.Root, "objects")), Is.EqualTo(OfFolder));
    }
}
