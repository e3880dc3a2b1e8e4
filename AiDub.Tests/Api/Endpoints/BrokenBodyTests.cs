using System.Net.Sockets;
using System.Text;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Api.Endpoints;

public sealed class BrokenBodyTests
{
    private ApiHost _api = null!;

    [OneTimeSetUp]
    public void Start() => _api = new ApiHost();

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [TestCase("application/json; charset=")]
    [TestCase("application/json; x=")]
    public async Task A_type_that_is_not_written_as_types_are_is_unsupported_and_no_fault_of_ours(string type)
    {
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        await (await _api.Client.PostAsync("/ai_dub/progress", content)).ReadErrorAsync(415, "unsupported_media_type");
    }

    [TestCase("ZZ")]
    [TestCase("FFFFFFFFFFFFFFFF")]
    [TestCase("1\r\n{\r\nFFFFFFFFFFFFFFFF")]
    public async Task A_body_in_chunks_that_are_none_is_refused_and_no_fault_of_ours(string size)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", _api.Client.BaseAddress!.Port);
        var stream = client.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /ai_dub/progress HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + $"Transfer-Encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n"));

        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.That(await reader.ReadLineAsync(), Is.EqualTo("HTTP/1.1 400 Bad Request"));
    }
}
