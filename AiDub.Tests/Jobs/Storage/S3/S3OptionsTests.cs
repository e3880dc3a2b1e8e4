using AiDub.Jobs.Fetching;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.S3;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Storage.S3;

public sealed class S3OptionsTests
{
    private static readonly TestCaseData[] Bad =
    [
        Case("Bucket", o => o.Bucket = ""),
        Case("Bucket", o => o.Bucket = "No Bucket"),
        Case("ServiceUrl", o => o.ServiceUrl = "minio:9000"),
        Case("ServiceUrl", o => o.ServiceUrl = "https://key:secret@minio"),
        Case("PublicServiceUrl", o => o.PublicServiceUrl = "files.example.com"),
        Case("Region", o => (o.ServiceUrl, o.Region) = (null, null)),
        Case("SecretKey", o => o.SecretKey = null),
        Case("AccessKey", o => o.AccessKey = ""),
        Case("PublicBaseUrl", o => o.PublicBaseUrl = "https://videos.example.com?x=1"),
        Case("TrustedCertificateFile", o => o.TrustedCertificateFile = "/nothing/there.pem"),
    ];

    [TestCaseSource(nameof(Bad))]
    public void A_value_that_cannot_work_is_named_and_no_secret_is(string named, Action<S3Options> change)
    {
        var options = Good();
        change(options);

        var result = Validator(ObjectProvider.S3).Validate(null, options);

        Assert.That(result.Failures, Has.Exactly(1).Contain(named).And.None.Contain("s3cr3t"));
    }

    [Test]
    public void Good_options_pass_with_keys_or_without()
    {
        var withoutKeys = Good();
        (withoutKeys.AccessKey, withoutKeys.SecretKey) = (null, null);

        Assert.That(Validator(ObjectProvider.S3).Validate(null, Good()).Succeeded, Is.True);
        Assert.That(Validator(ObjectProvider.S3).Validate(null, withoutKeys).Succeeded, Is.True);
    }

    [Test]
    public void Nothing_is_asked_for_that_nothing_uses()
    {
        Assert.That(Validator(ObjectProvider.Local).Validate(null, new S3Options()).Succeeded, Is.True);
        Assert.That(Validator(ObjectProvider.Local, "clips").Validate(null, new S3Options()).Failures, Has.Exactly(1).Contain("Region"));
        Assert.That(Validator(ObjectProvider.Local, "clips").Validate(null, new S3Options { Region = "eu-west-1" }).Succeeded, Is.True);
    }

    [TestCase("http://minio.example:9000", true)]
    [TestCase("http://127.0.0.1:9", false)]
    [TestCase("https://minio.example:9000", false)]
    public async Task Plain_http_across_a_network_is_warned_of(string url, bool isWarned)
    {
        var options = Good();
        options.ServiceUrl = url;
        using var bench = new S3Bench(options);
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(bench.Log));
        using var start = new S3Start(
            bench.Store,
            bench.Connection,
            Options.Create(new ObjectOptions()),
            [Sources("clips")],
            logs.CreateLogger<S3Start>());

        await start.StartAsync(default);
        await start.ExecuteTask!;

        Assert.That(bench.Log.Entries.Any(e => e.Message.Contains("plain http", StringComparison.Ordinal)), Is.EqualTo(isWarned));
    }

    private static TestCaseData Case(string named, Action<S3Options> change) => new TestCaseData(named, change).SetArgDisplayNames(named);

    private static S3OptionsValidator Validator(ObjectProvider provider, params string[] buckets) => new(
        Options.Create(new ObjectOptions { Provider = provider }), [Sources(buckets)]);

    private static SourceBuckets Sources(params string[] buckets) => new(Options.Create(new SourceOptions { AllowedBuckets = buckets }));

    private static S3Options Good() => new()
    {
        ServiceUrl = "https://minio.example:9000",
        Bucket = "aidub-objects",
        AccessKey = "AKIAEXAMPLE",
        SecretKey = "s3cr3t",
    };
}
