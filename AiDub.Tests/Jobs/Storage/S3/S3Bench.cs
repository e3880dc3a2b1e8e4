using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.S3;
using AiDub.Tests.Api.Fakes;
using AiDub.Tests.EndToEnd;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Storage.S3;

/// <summary>The S3 object store as the service puts it together, with a log that can be read.</summary>
internal sealed class S3Bench : IDisposable
{
    private readonly ILoggerFactory _logs;

    public S3Bench(S3Options options, ObjectOptions? objects = null)
    {
        _logs = LoggerFactory.Create(logging => logging.AddProvider(Log));
        Connection = new S3Connection(Options.Create(options), _logs.CreateLogger<S3Connection>());
        Addresses = new S3Urls(Connection, Options.Create(objects ?? new ObjectOptions()), TimeProvider.System);
        Store = new S3ObjectStore(Connection, Addresses, new S3Faults(_logs.CreateLogger<S3Faults>()));
    }

    /// <summary>The store of a service whose bucket, <c>aidub-objects</c>, is at a server of the test's own.</summary>
    public static S3Bench At(ClipServer server) => new(new S3Options
    {
        ServiceUrl = $"http://127.0.0.1:{server.Port}",
        Bucket = "aidub-objects",
        AccessKey = "AKIAEXAMPLE",
        SecretKey = "s3cr3t",
    });

    public CapturedLog Log { get; } = new();

    public S3Connection Connection { get; }

    public S3Urls Addresses { get; }

    public S3ObjectStore Store { get; }

    public void Dispose()
    {
        Connection.Dispose();
        _logs.Dispose();
    }
}
