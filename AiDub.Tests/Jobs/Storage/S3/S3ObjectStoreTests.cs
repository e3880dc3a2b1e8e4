using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using AiDub.Domain.Ports;
using AiDub.Jobs.Storage;

namespace AiDub.Tests.Jobs.Storage.S3;

[TestFixture]
public sealed class S3ObjectStoreTests : ObjectStoreContract
{
    private static readonly Uri Ignored = new("http://127.0.0.1:5080");

    private S3Server _server = null!;
    private S3Bench _bench = null!;
    private TestData _data = null!;

    protected override IObjectStore Store => _bench.Store;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await S3Server.StartAsync();
        _bench = new S3Bench(_server.Options(), new ObjectOptions { AddressLifetimeSeconds = 600 });
        _data = new TestData();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _data.Dispose();
        _bench.Dispose();
        await _server.DisposeAsync();
    }

    [TearDown]
    public async Task Clear() => await Store.DeleteAsync(await Store.ListAsync(Prefix, default), default);

    [Test]
    public async Task A_put_leaves_no_local_file_behind()
    {
        var path = _data.Write("a.json", "{}");

        await Store.PutAsync(Prefix + "a.json", path, "application/json", default);

        Assert.That(File.Exists(path), Is.False);
    }

    [TestCase("with space/ä ö.wav")]
    [TestCase("日本語/🎬+plus%20percent.wav")]
    [TestCase("quote'(and)!*~=&?#.wav")]
    public async Task A_key_may_hold_any_character(string name)
    {
        await PutAsync(name, "what is in it");

        Assert.That(await Store.SizeAsync(Prefix + name, default), Is.EqualTo(13));
        Assert.That(await Store.ListAsync(Prefix, default), Is.EqualTo(new[] { Prefix + name }));
        var path = await Store.MaterializeAsync(Prefix + name, _data.Root, default);
        Assert.That(await File.ReadAllTextAsync(path), Is.EqualTo("what is in it"));
        var address = await Store.AddressAsync(Prefix + name, Ignored, default);
        using var browser = _server.Browser();
        Assert.That(await browser.GetStringAsync(address), Is.EqualTo("what is in it"));
    }

    [Test]
    public async Task An_object_of_several_parts_arrives_as_it_was_sent()
    {
        var path = Path.Combine(_data.Root, "large");
        var sent = new byte[(17 << 20) + 3];
        Random.Shared.NextBytes(sent);
        await File.WriteAllBytesAsync(path, sent);

        await Store.PutAsync(Prefix + "large.mp4", path, "video/mp4", default);

        Assert.That(await Store.SizeAsync(Prefix + "large.mp4", default), Is.EqualTo(sent.Length));
        var head = await _bench.Connection.Client.GetObjectMetadataAsync(_server.Bucket, Prefix + "large.mp4");
        Assert.That(head.ETag.Trim('"'), Does.Match("^[0-9a-f]{32}").Or.Contain("-4"));
        var arrived = await Store.MaterializeAsync(Prefix + "large.mp4", _data.Root, default);
        await using var file = File.OpenRead(arrived);
        Assert.That(await SHA256.HashDataAsync(file), Is.EqualTo(SHA256.HashData(sent)));
        Assert.That(await UploadsAsync(), Is.Empty);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task An_upload_that_is_cancelled_leaves_no_parts_behind(CancellationToken test)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(test);
        var upload = Store.PutAsync(Prefix + "large.mp4", LargeFile(400), "video/mp4", cancel.Token);
        while (!(await UploadsAsync()).Any())
            Assert.That(upload.IsCompleted, Is.False, "the upload was over before it could be cancelled");

        await cancel.CancelAsync();

        Assert.That(async () => await upload, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await UploadsAsync(), Is.Empty);
        Assert.That(await Store.SizeAsync(Prefix + "large.mp4", test), Is.Null);
    }

    [Test]
    public async Task An_upload_that_is_cancelled_while_it_begins_leaves_no_parts_behind([Range(0, 40, 4)] int milliseconds)
    {
        using var cancel = new CancellationTokenSource();
        var upload = Store.PutAsync(Prefix + "large.mp4", LargeFile(40), "video/mp4", cancel.Token);
        cancel.CancelAfter(milliseconds);

        Assert.That(async () => await upload, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await UploadsAsync(), Is.Empty);
    }

    [Test]
    [NonParallelizable] // It weighs the heap of the whole process.
    public async Task Memory_stays_flat_whatever_the_size()
    {
        const int Megabytes = 200;
        var path = LargeFile(Megabytes);
        await PutAsync("warm.up", "x");
        GC.Collect();
        var (before, allocated) = (GC.GetTotalMemory(true), GC.GetTotalAllocatedBytes());
        using var done = new CancellationTokenSource();
        var peak = PeakAsync(done.Token);

        await Store.PutAsync(Prefix + "large.mp4", path, "video/mp4", default);
        var arrived = await Store.MaterializeAsync(Prefix + "large.mp4", _data.Root, default);

        await done.CancelAsync();
        var grown = (await peak - before) / 1048576.0;
        var used = (GC.GetTotalAllocatedBytes() - allocated) / 1048576.0;
        TestContext.Out.WriteLine(
            $"{Megabytes} MB up and down: {grown:0.0} MB more of the heap were in use at most, {used:0.0} MB were allocated in all");
        Assert.That(new FileInfo(arrived).Length, Is.EqualTo(Megabytes << 20));
        Assert.That(grown, Is.LessThan(24));
        File.Delete(arrived);
    }

    [Test]
    public async Task A_listing_and_a_deletion_go_beyond_a_thousand_keys()
    {
        var names = Enumerable.Range(1, 1_005).Select(i => $"speech/{i:0000}.wav").ToList();
        await Parallel.ForEachAsync(
            names, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (name, _) => await PutAsync(name, "x"));

        var keys = await Store.ListAsync(Prefix + "speech/", default);

        Assert.That(keys, Is.EqualTo(names.Select(name => Prefix + name)));
        await Store.DeleteAsync(keys, default);
        Assert.That(await Store.ListAsync(Prefix, default), Is.Empty);
    }

    [Test]
    public async Task An_address_opens_in_a_browser_as_what_it_is_and_in_ranges()
    {
        await Store.PutAsync(Prefix + "dubbed.mp4", _data.Write("dubbed", "0123456789"), "video/mp4", default);
        using var browser = _server.Browser();
        var address = await Store.AddressAsync(Prefix + "dubbed.mp4", Ignored, default);

        using var whole = await browser.GetAsync(address);
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new RangeHeaderValue(2, 4) } };
        using var range = await browser.SendAsync(request);

        Assert.That(address.Query, Does.Match("X-Amz-Expires=(599|60[01])(&|$)"));
        Assert.That(whole.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(whole.Content.Headers.ContentType!.ToString(), Is.EqualTo("video/mp4"));
        Assert.That(whole.Content.Headers.ContentDisposition!.ToString(), Is.EqualTo("inline; filename=\"dubbed.mp4\""));
        Assert.That(range.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
        Assert.That(await range.Content.ReadAsStringAsync(), Is.EqualTo("234"));
    }

    [TestCase(false, "inline; filename=\"d_a 1.es.mp4\"; filename*=UTF-8''d%C3%ADa%201.es.mp4")]
    [TestCase(true, "attachment; filename=\"d_a 1.es.mp4\"; filename*=UTF-8''d%C3%ADa%201.es.mp4")]
    public async Task An_address_says_what_a_browser_calls_it_and_until_when_it_may_keep_it(bool isSaved, string disposition)
    {
        await Store.PutAsync(Prefix + "dubbed.mp4", _data.Write("dubbed", "0123456789"), "video/mp4", default);
        using var browser = _server.Browser();

        using var answer = await browser.GetAsync(
            await Store.AddressAsync(Prefix + "dubbed.mp4", Ignored, new ServedName("día 1.es.mp4", isSaved), default));

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Content.Headers.NonValidated["Content-Disposition"].ToString(), Is.EqualTo(disposition));
        Assert.That(answer.Headers.CacheControl!.ToString(), Is.EqualTo("private"));
        var ends = TimeProvider.System.GetUtcNow().AddSeconds(600);
        Assert.That(answer.Content.Headers.Expires, Is.EqualTo(ends).Within(TimeSpan.FromSeconds(60)));
    }

    // What is in use: how much garbage gathers meanwhile is the machine's to say, by the size of its caches. Collecting holds the transfer
    // up, so it has half a second between.
    private static async Task<long> PeakAsync(CancellationToken done)
    {
        var peak = 0L;
        while (!done.IsCancellationRequested)
        {
            GC.Collect();
            peak = Math.Max(peak, GC.GetTotalMemory(false));
            await Task.Delay(TimeSpan.FromSeconds(0.5), done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return peak;
    }

    // Sparse: it takes no time to make, and is sent like any other.
    private string LargeFile(int megabytes)
    {
        var path = Path.Combine(_data.Root, Guid.NewGuid().ToString("N"));
        using var file = File.Create(path);
        file.SetLength((long)megabytes << 20);
        return path;
    }

    private async Task<IEnumerable<string>> UploadsAsync() =>
        ((await _bench.Connection.Client.ListMultipartUploadsAsync(_server.Bucket)).MultipartUploads ?? [])
            .Select(upload => upload.Key).Where(key => key.StartsWith(Prefix, StringComparison.Ordinal));
}
