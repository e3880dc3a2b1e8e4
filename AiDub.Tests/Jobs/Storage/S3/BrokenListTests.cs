using AiDub.Domain.Errors;
using AiDub.Tests.EndToEnd;
using Microsoft.AspNetCore.Http;

namespace AiDub.Tests.Jobs.Storage.S3;

/// <summary>Servers, or something between us and them, that answer lists with what is none.</summary>
public sealed class BrokenListTests
{
    [TestCase("<?xml ListBucketResult><oops")]
    [TestCase("<ListBucketResult><Name>aidub-objects</Name><Contents><Key>a</K")]
    [TestCase("Please log in.")]
    public async Task A_list_that_cannot_be_read_is_a_fault_of_the_store_and_not_an_empty_one(string body)
    {
        await using var server = await ClipServer.StartAsync();
        foreach (var name in new[] { "aidub-objects", "aidub-objects/" })
        {
            server.On(name, context =>
            {
                context.Response.ContentType = "application/xml";
                return context.Response.WriteAsync(body);
            });
        }
        using var bench = S3Bench.At(server);

        var error = Assert.ThrowsAsync<TransientDubException>(() => bench.Store.ListAsync("a", default));
        Assert.That(error.Message, Does.Contain("did not answer as it should"));
    }
}
