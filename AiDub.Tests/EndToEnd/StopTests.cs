using System.Net.Sockets;
using System.Text;

namespace AiDub.Tests.EndToEnd;

/// <summary>A service that is stopped as operators stop it.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
public sealed class StopTests
{
    [Test]
    public async Task A_service_whose_client_never_sends_the_rest_of_its_request_stops_without_a_fault()
    {
        await using var server = new DubServer(("Workers__ShutdownSeconds", "1"));
        await server.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.BaseAddress.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /ai_dub/uploads?user_id=51 HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                + "Content-Length: 1000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n\r\nvideo"));
        await DubServer.UntilAsync("the upload has begun", () => Task.FromResult(server.FilesUnder("scratch").Any()));

        // Kestrel waits for 30.
        await server.StopAsync(withinSeconds: 25);

        Assert.That(server.ExitCode, Is.Zero, server.Log);
        Assert.That(server.Log, Does.Not.Contain("Unhandled exception"));
    }
}
