using System.IO.Compression;
using System.Text;
using AiDub.Domain.Errors;

namespace AiDub.Tests.Jobs.Fetching;

/// <summary>What browsers do without being asked, and servers rely on.</summary>
public sealed class AsBrowsersDoTests : FetchBench
{
    [TestCase(300)]
    [TestCase(301)]
    [TestCase(302)]
    [TestCase(303)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task Ten_redirects_are_followed_and_an_eleventh_is_not(int status)
    {
        await using var server = new RawServer(asked =>
            asked == "/0" ? RawServer.Ok("there") : RawServer.Status(status, $"Location: {int.Parse(asked[1..]) - 1}#at\r\n"));

        await FetchAsync(server, "/10");

        Assert.That(Text, Is.EqualTo("there"));
        Assert.That(server.Asked, Has.Count.EqualTo(11));
        Assert.That(Code(() => FetchAsync(server, "/11")), Is.EqualTo("source_redirects"));
    }

    [Test]
    public async Task A_redirect_to_itself_that_sets_a_cookie_is_followed()
    {
        RawServer server = null!;
        await using var made = server = new RawServer(_ => server.Headers.Last().GetValueOrDefault("cookie") == "seen=1; a=b"
            ? RawServer.Ok("there")
            : RawServer.Status(
                302,
                "Location: /x/video.mp4\r\nSet-Cookie: seen=1; Path=/x; HttpOnly; Max-Age=60\r\nSet-Cookie: a=b; SameSite=Lax; "
                    + "path=/\r\n"));

        await FetchAsync(server, "/x/video.mp4");

        Assert.That(Text, Is.EqualTo("there"));
    }

    [Test]
    public async Task A_cookie_goes_to_no_other_origin()
    {
        await using var server = new RawServer(asked => asked switch
        {
            "/a" => RawServer.Status(302, "Location: http://other.example/b\r\nSet-Cookie: secret=1; Domain=example; Path=/\r\n"),
            "/b" => RawServer.Status(302, "Location: http://public.example/c\r\n"),
            _ => RawServer.Ok("there"),
        });
        var network = new FakeNetwork(
            new Dictionary<string,
            string[]>
            { ["public.example"] = ["93.184.216.34"], ["other.example"] = ["93.184.216.35"] },
            server.Port);

        await FetchAsync(network, "http://public.example/a");

        Assert.That(
            new[] { server.Sent(0, "cookie"), server.Sent(1, "cookie"), server.Sent(2, "cookie") },
            Is.EqualTo(new[] { null, null, "secret=1" }));
        await FetchAsync(network, "http://public.example/c");
        Assert.That(server.Sent(3, "cookie"), Is.Null, "nothing outlives a fetch");
    }

    [Test]
    public async Task A_server_is_asked_as_a_browser_asks_for_a_video()
    {
        await using var server = new RawServer(_ => RawServer.Ok("there"));

        await FetchAsync(server);

        Assert.That(server.Sent(0, "accept"), Does.Contain("video/*").And.Contain("*/*"));
        Assert.That(server.Sent(0, "user-agent"), Does.StartWith("Mozilla/5.0 ").And.EndWith("AiDub/1.0"));
        Assert.That(server.Sent(0, "accept-language"), Is.Not.Null);
        Assert.That(server.Sent(0, "accept-encoding"), Is.EqualTo("identity;q=1, *;q=0"));
    }

    [TestCase("gzip")]
    [TestCase("x-gzip")]
    [TestCase("br")]
    [TestCase("deflate")]
    [TestCase("zlib", "deflate")]
    [TestCase("gzip, br")]
    [TestCase("identity")]
    public async Task What_is_compressed_for_the_way_is_decompressed(string how, string? said = null)
    {
        var body = Encoding.ASCII.GetBytes(string.Join(' ', Enumerable.Range(0, 5000)));
        await using var server = Sending(Encode(body, how), $"Content-Encoding: {said ?? how}\r\n");

        await FetchAsync(server);

        Assert.That(await System.IO.File.ReadAllBytesAsync(File), Is.EqualTo(body));
    }

    [TestCase("gzip", TestName = "A file that was never compressed stays as it is")]
    [TestCase("utf-8", TestName = "An encoding that is none leaves the file as it is")]
    public async Task An_encoding_that_is_not_there_changes_nothing(string said)
    {
        await using var server = Sending("plain bytes"u8.ToArray(), $"Content-Encoding: {said}\r\n");

        await FetchAsync(server);

        Assert.That(Text, Is.EqualTo("plain bytes"));
    }

    [TestCase("gzip", 2 << 20, 1 << 20)]
    [TestCase("br", 64 << 20, 1 << 30)]
    public async Task A_body_that_unpacks_beyond_measure_is_refused(string how, int size, long maxBytes)
    {
        await using var server = Sending(Encode(new byte[size], how), $"Content-Encoding: {how}\r\n");

        Assert.That(Code(() => FetchAsync(server, maxBytes: maxBytes)), Is.EqualTo("source_too_large"));
    }

    [Test]
    public async Task A_compressed_body_that_is_damaged_is_refused()
    {
        await using var server = Sending([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff, 0xff], "Content-Encoding: gzip\r\n");

        Assert.That(Code(() => FetchAsync(server)), Is.EqualTo("source_encoding_invalid"));
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task A_busy_server_is_asked_again_when_it_says(int status)
    {
        var tries = 0;
        await using var server = new RawServer(_ => ++tries < 3 ? RawServer.Status(status, "Retry-After: 7\r\n") : RawServer.Ok("there"));

        await FetchAsync(server);

        Assert.That(Text, Is.EqualTo("there"));
        Assert.That(Clock.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7) }));
    }

    [TestCase("Retry-After: 7\r\n", 4)]
    [TestCase("Retry-After: 3600\r\n", 1)]
    [TestCase("", 1)]
    public async Task A_server_that_stays_busy_is_left_to_another_try_of_the_dub(string header, int asked)
    {
        await using var server = new RawServer(_ => RawServer.Status(503, header));

        Assert.ThrowsAsync<TransientDubException>(() => FetchAsync(server));
        Assert.That(server.Asked, Has.Count.EqualTo(asked));
    }

    [Test]
    public async Task An_international_host_is_asked_for_by_its_ASCII_name()
    {
        await using var server = new RawServer(_ => RawServer.Ok("there"));
        var network = new FakeNetwork(new Dictionary<string, string[]> { ["xn--bcher-kva.example"] = ["93.184.216.34"] }, server.Port);

        await FetchAsync(network, "http://Bücher.example/a");

        Assert.That(server.Sent(0, "host"), Is.EqualTo("xn--bcher-kva.example"));
    }

    [Test]
    public async Task An_address_of_IPv6_is_connected_to_as_such()
    {
        await using var server = new RawServer(_ => RawServer.Ok("there"));
        var network = new FakeNetwork(new Dictionary<string, string[]>(), server.Port);

        await FetchAsync(network, "http://[2606:2800:220:1::1]/a");

        Assert.That(network.Connections.Single().ToString(), Is.EqualTo("[2606:2800:220:1::1]:80"));
        Assert.That(server.Sent(0, "host"), Is.EqualTo("[2606:2800:220:1::1]"));
    }

    [Test]
    public async Task What_was_copied_along_with_an_address_is_no_part_of_what_is_asked()
    {
        await using var server = new RawServer(_ => RawServer.Ok("there"));
        var network = new FakeNetwork(HostileAddresses.Names, server.Port);

        await FetchAsync(network, " <http://public.example/My+Video%2B.mp4>\n");

        Assert.That(server.Asked, Is.EqualTo(new[] { "/My+Video%2B.mp4" }));
    }

    [TestCase(400)]
    [TestCase(416)]
    public async Task A_server_that_sends_nothing_but_parts_is_asked_for_the_one_that_is_all(int status)
    {
        RawServer server = null!;
        await using var made = server = new RawServer(_ => server.Headers.Last().GetValueOrDefault("range") == "bytes=0-"
            ? "HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-4/5\r\nContent-Length: 5\r\nConnection: close\r\n\r\nthere"
            : RawServer.Status(status));

        await FetchAsync(server);

        Assert.That(Text, Is.EqualTo("there"));
        Assert.That(server.Asked, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task To_ask_for_the_part_that_is_all_is_no_redirect()
    {
        RawServer server = null!;
        await using var made = server = new RawServer(asked =>
            asked != "/0" ? RawServer.Status(302, $"Location: {int.Parse(asked[1..]) - 1}\r\n")
            : server.Headers.Last().GetValueOrDefault("range") == "bytes=0-" ? RawServer.Ok("there")
            : RawServer.Status(400));

        await FetchAsync(server, "/10");

        Assert.That(Text, Is.EqualTo("there"));
    }

    [Test]
    public async Task A_server_that_refuses_the_part_that_is_all_too_is_asked_no_third_time()
    {
        await using var server = new RawServer(_ => RawServer.Status(416));

        Assert.That(Code(() => FetchAsync(server)), Is.EqualTo("source_refused"));
        Assert.That(server.Asked, Has.Count.EqualTo(2));
    }

    [TestCase("ICY 200 OK\r\nContent-Type: audio/mpeg\r\n\r\nsound", TestName = "The answer of a web radio of old is said to be no HTTP")]
    [TestCase("HTTP/1.1 200 OK\r\nA Name: of two\r\n\r\nthere", TestName = "An answer whose head cannot be read is said to be no HTTP")]
    public async Task An_answer_that_is_no_HTTP_is_not_told_as_none_at_all(string answer)
    {
        await using var server = new RawServer(_ => answer);

        var error = Assert.ThrowsAsync<TransientDubException>(() => FetchAsync(server));

        Assert.That(error.Message, Does.Contain("not HTTP"));
    }

    private static RawServer Sending(byte[] body, string headers) => new((_, stream, ct) => stream.WriteAsync(
        new byte[][] { Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{headers}Content-Length: {body.Length}\r\nConnection: "
            + "close\r\n\r\n"), body }.SelectMany(b => b).ToArray(), ct).AsTask());

    private static byte[] Encode(byte[] body, string how)
    {
        foreach (var layer in how.Split(", ").Where(layer => layer != "identity"))
        {
            using var encoded = new MemoryStream();
            using (Stream encoder = layer switch
            {
                "br" => new BrotliStream(encoded, CompressionLevel.Fastest),
                "deflate" => new DeflateStream(encoded, CompressionLevel.Fastest),
                "zlib" => new ZLibStream(encoded, CompressionLevel.Fastest),
                _ => new GZipStream(encoded, CompressionLevel.Fastest),
            })
                encoder.Write(body);
            body = encoded.ToArray();
        }
        return body;
    }
}
