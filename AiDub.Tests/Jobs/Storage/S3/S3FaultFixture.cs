using AiDub.Domain.Errors;
using AiDub.Jobs.Storage.S3;
using AiDub.Tests.EndToEnd;
using Microsoft.AspNetCore.Http;

namespace AiDub.Tests.Jobs.Storage.S3;

/// <summary>A server that a test lets fail, refuse or lie, and the store that asks it.</summary>
public abstract class S3FaultFixture
{
    protected const string Crc32Of123456789 = "y/Q5Jg==";

    private protected ClipServer Server { get; private set; } = null!;

    private protected TestData Data { get; private set; } = null!;

    [SetUp]
    public async Task Start()
    {
        Server = await ClipServer.StartAsync();
        Data = new TestData();
    }

    [TearDown]
    public async Task Stop()
    {
        Data.Dispose();
        await Server.DisposeAsync();
    }

    private protected void Serve(string key, string crc32) => Server.On("aidub-objects/" + key, context =>
    {
        context.Response.Headers["x-amz-checksum-crc32"] = crc32;
        context.Response.Headers["x-amz-checksum-type"] = "FULL_OBJECT";
        context.Response.ContentLength = 9;
        return context.Response.WriteAsync("123456789");
    });

    private protected void Answer(string key, int status, string code) => Server.On("aidub-objects/" + key, context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync($"<Error><Code>{code}</Code><Message>No.</Message></Error>");
    });

    private protected void AssertTransient(Task asked)
    {
        var error = Assert.ThrowsAsync<TransientDubException>(() => asked);
        Assert.That(error.Message, Does.Not.Contain("127.0.0.1").And.Not.Contain("aidub-objects").And.Not.Contain("/"));
        Assert.That(Directory.EnumerateFiles(Data.Root).Where(f => Path.GetFileName(f) != "a"), Is.Empty);
    }

    private protected S3Bench Bench(string? url = null, S3Checksums checksums = S3Checksums.Auto) => new(new S3Options
    {
        ServiceUrl = url ?? $"http://127.0.0.1:{Server.Port}",
        Bucket = "aidub-objects",
        AccessKey = "AKIAEXAMPLE",
        SecretKey = "s3cr3t",
        Checksums = checksums,
        IdleTimeoutSeconds = 1,
    });
}
