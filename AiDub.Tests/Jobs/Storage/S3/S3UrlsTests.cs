using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.S3;

namespace AiDub.Tests.Jobs.Storage.S3;

/// <summary>Making and recognising addresses needs no server.</summary>
public sealed class S3UrlsTests
{
    private const string Key = "results/51/0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90/dubbed.mp4";
    private const string Upload = "uploads/2026-11-25/51/0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90";

    private static readonly string[] Servers = ["https://minio.example:9000", "http://127.0.0.1:9000/s3", ""];

    [TestCaseSource(nameof(Servers))]
    public async Task An_address_of_an_upload_is_recognised_after_it_opens_no_more_and_its_credentials_were_replaced(string server)
    {
        using var bench = Bench(server);
        using var replaced = Bench(server, secret: "another secret");
        var address = (await bench.Addresses.OfAsync(Upload)).AbsoluteUri;

        Assert.That(bench.Addresses.KeyOf(address), Is.EqualTo(Upload));
        Assert.That(replaced.Addresses.KeyOf(address), Is.EqualTo(Upload));
    }

    [TestCaseSource(nameof(Servers))]
    public async Task An_address_that_names_no_upload_here_is_fetched_like_any_other(string server)
    {
        using var bench = Bench(server);
        var address = (await bench.Addresses.OfAsync(Upload)).AbsoluteUri;

        Assert.That(bench.Addresses.KeyOf((await bench.Addresses.OfAsync(Key)).AbsoluteUri), Is.Null, "a result");
        Assert.That(bench.Addresses.KeyOf(address.Replace("-4c0e-", "-", StringComparison.Ordinal)), Is.Null, "no id of an upload");
        Assert.That(bench.Addresses.KeyOf(address.Replace("/51/", "/../", StringComparison.Ordinal)), Is.Null, "a way out");
        Assert.That(bench.Addresses.KeyOf(address.Replace("://", "://evil.", StringComparison.Ordinal)), Is.Null, "another host");
        Assert.That(bench.Addresses.KeyOf(address[..address.IndexOf('?')]), Is.Null, "no signature");
        Assert.That(bench.Addresses.KeyOf(address + "#part"), Is.Null, "a fragment");
        Assert.That(bench.Addresses.KeyOf("https://example.com/video.mp4"), Is.Null, "another place");
    }

    [Test]
    public async Task An_address_may_live_as_long_as_can_be_asked_for()
    {
        using var bench = Bench("https://minio.example:9000", seconds: 604_800);

        Assert.That((await bench.Addresses.OfAsync(Key)).Query, Does.Match("X-Amz-Expires=60[34][0-9]{3}(&|$)"));
    }

    [Test]
    public async Task On_AWS_an_address_names_bucket_and_region_in_its_host()
    {
        using var bench = Bench("");

        Assert.That((await bench.Addresses.OfAsync(Key)).Host, Is.EqualTo("aidub-objects.s3.eu-west-1.amazonaws.com"));
    }

    [Test]
    public async Task Below_a_public_base_addresses_are_plain_and_only_uploads_are_recognised()
    {
        using var bench = Bench("https://minio.example:9000", publicBase: "https://videos.example.com/media");

        Assert.That(
            (await bench.Addresses.OfAsync("results/51/a b.mp4")).AbsoluteUri,
            Is.EqualTo("https://videos.example.com/media/results/51/a%20b.mp4"));
        Assert.That(bench.Addresses.KeyOf($"https://videos.example.com/media/{Upload}"), Is.EqualTo(Upload));
        Assert.That(bench.Addresses.KeyOf("https://videos.example.com/media/work/x/source"), Is.Null);
    }

    [TestCase("http://objects:9000", "https://files.example.com")]
    [TestCase("https://objects:9000", "http://127.0.0.1:9000")]
    [TestCase("", "https://files.example.com/s3")]
    public async Task An_address_is_made_for_the_server_as_browsers_reach_it(string server, string reached)
    {
        using var bench = Bench(server, reached: reached);
        using var inside = Bench(server);

        var address = (await bench.Addresses.OfAsync(Key)).AbsoluteUri;

        Assert.That(address, Does.StartWith($"{reached}/aidub-objects/{Key}?"));
        Assert.That(bench.Addresses.KeyOf((await bench.Addresses.OfAsync(Upload)).AbsoluteUri), Is.EqualTo(Upload));
        Assert.That(bench.Addresses.KeyOf((await inside.Addresses.OfAsync(Upload)).AbsoluteUri), Is.Null, "one for another host");
    }

    [Test]
    public async Task The_secret_is_in_no_address_and_no_log()
    {
        using var bench = Bench("https://minio.example:9000");

        var address = await bench.Addresses.OfAsync(Key);

        Assert.That(address.AbsoluteUri, Does.Not.Contain("s3cr3t"));
        Assert.That(bench.Log.Entries.Select(e => e.Message), Has.None.Contain("s3cr3t"));
    }

    private static S3Bench Bench(
        string server, string secret = "s3cr3t", string? publicBase = null, int seconds = 60, string? reached = null) => new(
        new S3Options
        {
            ServiceUrl = server,
            PublicServiceUrl = reached,
            Region = "eu-west-1",
            Bucket = "aidub-objects",
            AccessKey = "AKIAEXAMPLE",
            SecretKey = secret,
            PublicBaseUrl = publicBase,
        },
        new ObjectOptions { AddressLifetimeSeconds = seconds });
}
