using System.Security.Cryptography;
using AiDub.Jobs.Storage;

namespace AiDub.Tests.Jobs.Storage.S3;

/// <summary>A server without TLS that refuses bodies signed in chunks, as OpenStack Swift does.</summary>
public sealed class PlainHttpTests
{
    [TestCase(0)]
    [TestCase(13)]
    [TestCase(12 << 20)]
    public async Task An_object_arrives_as_it_was_sent_over_plain_HTTP(int bytes)
    {
        await using var server = await S3Server.StartStandInAsync(isPlain: true);
        using var bench = new S3Bench(server.Options(), new ObjectOptions());
        using var data = new TestData();
        var sent = RandomNumberGenerator.GetBytes(bytes);
        var path = Path.Combine(data.Root, "sent");
        await File.WriteAllBytesAsync(path, sent);

        await bench.Store.PutAsync("work/a", path, "application/octet-stream", default);

        Assert.That(await bench.Store.SizeAsync("work/a", default), Is.EqualTo(bytes));
        var received = await bench.Store.MaterializeAsync("work/a", data.Root, default);
        Assert.That((await File.ReadAllBytesAsync(received)).SequenceEqual(sent));
    }
}
