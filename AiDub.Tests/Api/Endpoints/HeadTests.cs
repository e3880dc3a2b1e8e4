using AiDub.Tests.Api.Fakes;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AiDub.Tests.Api.Endpoints;

/// <summary>HEAD is answered wherever GET is: the same, without a body.</summary>
public sealed class HeadTests
{
    // What differs from one answer to the next, or says how a body is sent.
    private static readonly string[] Own = ["Date", "X-Request-Id", "Transfer-Encoding", "Content-Length"];

    private ApiHost _api = null!;
    private Guid _dub;

    [OneTimeSetUp]
    public void Start()
    {
        _api = new ApiHost();
        var dub = SampleDubs.Complete();
        _api.Progress.Put(dub);
        _dub = dub.RequestId;
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [TestCase("/ai_dub?user_id=51")]
    [TestCase("/ai_dub/languages")]
    [TestCase("/ai_dub/{id}?user_id=51")]
    [TestCase("/ai_dub/{id}/events?user_id=51")]
    [TestCase("/ai_dub/0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90?user_id=51")]
    [TestCase("/samples/talk.mp4")]
    public async Task It_has_the_headers_of_GET_and_no_body(string path)
    {
        path = path.Replace("{id}", $"{_dub}", StringComparison.Ordinal);

        var (get, head) = (await SendAsync(HttpMethod.Get, path), await SendAsync(HttpMethod.Head, path));

        Assert.That(head.StatusCode, Is.EqualTo(get.StatusCode));
        Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
        Assert.That(Headers(head), Is.EquivalentTo(Headers(get)));
    }

    [Test]
    public async Task The_events_of_a_dub_that_runs_end_at_once()
    {
        var dub = SampleDubs.Accepted();
        _api.Progress.Put(dub);

        var head = await SendAsync(HttpMethod.Head, $"/ai_dub/{dub.RequestId}/events?user_id=51").WaitAsync(TimeSpan.FromMinutes(1));

        Assert.That(head.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/event-stream"));
    }

    [Test]
    public void Every_address_that_takes_GET_takes_HEAD_at_one_endpoint()
    {
        var controllers = _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null).ToList();
        var taken = (string method) => controllers
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains(method))
            .Select(endpoint => endpoint.RoutePattern.RawText).ToList();

        Assert.That(taken("GET"), Is.Not.Empty.And.Unique);
        Assert.That(taken("HEAD"), Is.EquivalentTo(taken("GET")));
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path) =>
        _api.Client.SendAsync(new HttpRequestMessage(method, path));

    private static IEnumerable<string> Headers(HttpResponseMessage answer) =>
        from header in answer.Headers.Concat(answer.Content.Headers)
        where !Own.Contains(header.Key, StringComparer.OrdinalIgnoreCase)
        select $"{header.Key}: {string.Join(", ", header.Value)}";
}
