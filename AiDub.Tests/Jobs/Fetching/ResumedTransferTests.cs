using System.IO.Compression;
using System.Text;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Outages;

namespace AiDub.Tests.Jobs.Fetching;

/// <summary>Servers that break off, stand still or change their minds: no byte comes twice and none is missing.</summary>
public sealed class ResumedTransferTests : FetchBench
{
    private static readonly string Whole = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i:D5}"));

    [Test]
    public async Task A_whole_file_as_a_part_is_taken()
    {
        await using var server = new RawServer(_ => Part(0, Whole.Length, ""));

        await FetchAsync(server);

        Assert.That(Text, Is.EqualTo(Whole));
    }

    [Test]
    public async Task A_file_that_a_proxy_changed_on_the_way_is_taken()
    {
        await using var server = new RawServer(_ => RawServer.Ok(Whole).Replace("200 OK", "203 Changed", StringComparison.Ordinal));

        await FetchAsync(server);

        Assert.That(Text, Is.EqualTo(Whole));
    }

    [TestCase("ETag: \"v1\"\r\n", "\"v1\"")]
    [TestCase("Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT\r\n", "Wed, 21 Oct 2015 07:28:00 GMT")]
    [TestCase("ETag: W/\"v1\"\r\nLast-Modified: Wed, 21 Oct 2015 07:28:00 GMT\r\n", "Wed, 21 Oct 2015 07:28:00 GMT")]
    [TestCase("", null)]
    public async Task What_broke_off_goes_on_where_it_was(string validator, string? condition)
    {
        await using var server = Breaking(validator, 60_000, 80_000, Whole.Length);

        await FetchAsync(server);

        Assert.That(Text, Is.EqualTo(Whole));
        Assert.That(server.Sent(1, "range"), Is.EqualTo("bytes=60000-"));
        Assert.That(server.Sent(2, "range"), Is.EqualTo("bytes=80000-"));
        Assert.That(server.Sent(1, "if-range"), Is.EqualTo(condition));
        Assert.That(Clock.Waits, Is.Empty, "what makes progress is not kept waiting");
    }

    [TestCase("Transfer-Encoding: chunked\r\n")]
    [TestCase("Connection: close\r\n")]
    public async Task What_broke_off_without_a_stated_length_goes_on_too(string header)
    {
        var (isFirst, isChunked) = (true, header.Contains("chunked", StringComparison.Ordinal));
        await using var server = new RawServer(async (_, stream, ct) =>
        {
            var answer = isFirst
                ? $"HTTP/1.1 200 OK\r\n{header}\r\n{(isChunked ? "EA60\r\n" : "")}{Whole[..60_000]}"
                : Part(60_000, Whole.Length, "");
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + (isChunked && isFirst ? "\r\nnonsense\r\n" : "")), ct);
            if (isFirst && !isChunked)
                stream.Socket.Close(0); // A reset.
            isFirst = false;
        });

        await FetchAsync(server);

        Assert.That(Text, Is.EqualTo(Whole));
    }

    [Test]
    public async Task A_server_that_sends_small_parts_only_is_asked_for_all_of_them()
    {
        RawServer server = null!;
        await using var made = server = new RawServer(_ =>
            Part(Asked(server), Math.Min(Asked(server) + 9_000, Whole.Length), "ETag: \"v1\"\r\n"));

        await FetchAsync(server);

        Assert.That(Text, Is.EqualTo(Whole));
        Assert.That(server.Accepted, Is.EqualTo(12));
    }

    [Test]
    public async Task A_server_that_ignores_ranges_is_taken_from_the_beginning()
    {
        var tries = 0;
        await using var server = new RawServer(_ => Head("", Whole.Length) + (++tries == 1 ? Whole[..60_000] : Whole));

        await FetchAsync(server);

        Assert.That(Text, Is.EqualTo(Whole));
        Assert.That(tries, Is.EqualTo(2));
    }

    [TestCase("ETag: \"v2\"\r\n", 100_000)]
    [TestCase("ETag: \"v1\"\r\n", 90_000)]
    public async Task A_source_that_changed_is_begun_anew(string validator, int length)
    {
        RawServer server = null!;
        await using var made = server = new RawServer(_ => server.Accepted switch
        {
            1 => Head("ETag: \"v1\"\r\n", Whole.Length) + Whole[..60_000],
            2 =>
                $"HTTP/1.1 206 Part\r\n{validator}Content-Range: bytes 60000-{length - 1}/{length}\r\nContent-Length: "
                    + $"{length - 60_000}\r\n\r\n{new string('x', length - 60_000)}",
            _ => Head(validator, length) + new string('y', length),
        });

        await FetchAsync(server);

        Assert.That(Text, Is.EqualTo(new string('y', length)));
        Assert.That(server.Sent(2, "range"), Is.Null);
    }

    [Test]
    public async Task A_part_of_another_place_is_not_taken()
    {
        RawServer server = null!;
        await using var made = server = new RawServer(_ => server.Accepted switch
        {
            1 => Head("", Whole.Length) + Whole[..60_000],
            2 => Part(50_000, Whole.Length, ""),
            _ => Head("", Whole.Length) + Whole,
        });

        await FetchAsync(server);

        Assert.That(Text, Is.EqualTo(Whole));
    }

    [Test]
    public async Task A_server_that_stands_still_is_asked_for_the_rest()
    {
        RawServer server = null!;
        await using var made = server = new RawServer(async (_, stream, ct) =>
        {
            var isFirst = server.Accepted == 1;
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(isFirst ? Head("", Whole.Length) + Whole[..60_000] : Part(60_000, Whole.Length, "")), ct);
            if (!isFirst)
                return;
            try
            {
                await stream.ReadExactlyAsync(new byte[1], ct);
            }
            catch (IOException)
            {
                // The other side went away, as it should.
            }
        });

        await FetchAsync(server, idleSeconds: 1);

        Assert.That(Text, Is.EqualTo(Whole));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Of_a_server_that_always_ends_at_the_same_byte_what_it_sends_is_taken_and_said(bool takesRanges)
    {
        RawServer server = null!;
        await using var made = server = new RawServer(_ => takesRanges && Asked(server) > 0
            ? Part(60_000, 60_000, "", Whole.Length)
            : Head("", Whole.Length) + Whole[..60_000]);

        var lacking = await FetchAsync(server);

        Assert.That(lacking, Is.EqualTo(new ShortFile(60_000, Whole.Length)));
        Assert.That(Text, Is.EqualTo(Whole[..60_000]));
        Assert.That(server.Accepted, Is.EqualTo(5));
        Assert.That(Clock.Waits, Is.Ordered.And.Count.EqualTo(3));
    }

    [Test]
    public async Task Of_chunks_that_never_end_what_is_sent_is_taken_and_said()
    {
        await using var server = new RawServer(_ => "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");

        Assert.That(await FetchAsync(server), Is.EqualTo(new ShortFile(5, null)));
        Assert.That(Text, Is.EqualTo("hello"));
    }

    [Test]
    public async Task Of_what_is_packed_and_always_ends_at_the_same_byte_what_can_be_unpacked_is_taken()
    {
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
            await zip.WriteAsync(Encoding.Latin1.GetBytes(Whole));
        var bytes = Encoding.Latin1.GetString(packed.ToArray());
        await using var server = new RawServer(_ => Head("Content-Encoding: gzip\r\n", bytes.Length) + bytes[..60_000]);

        Assert.That(await FetchAsync(server), Is.EqualTo(new ShortFile(60_000, bytes.Length)));
        Assert.That(Text, Has.Length.GreaterThan(10_000));
        Assert.That(Whole, Does.StartWith(Text));
    }

    [Test]
    public async Task A_stated_length_that_is_too_great_is_a_whole_file_where_nothing_lies_beyond_it()
    {
        RawServer server = null!;
        await using var made = server = new RawServer(_ => Asked(server) > 0
            ? RawServer.Status(416, "Content-Range: bytes */60000\r\n")
            : Head("", Whole.Length) + Whole[..60_000]);

        Assert.That(await FetchAsync(server), Is.Null);
        Assert.That(Text, Is.EqualTo(Whole[..60_000]));
    }

    [TestCase(59_000)]
    [TestCase(0)]
    public async Task A_server_that_ends_now_here_and_now_there_or_is_gone_is_given_up(int other)
    {
        RawServer server = null!;
        await using var made = server = new RawServer(_ => (server.Accepted, other) switch
        {
            (1, _) => Head("", Whole.Length) + Whole[..60_000],
            (_, 0) => RawServer.Status(503),
            ( > 3, _) => Head("", Whole.Length) + Whole[..(other + server.Accepted)],
            _ => Head("", Whole.Length) + Whole[..other],
        });

        Assert.ThrowsAsync<TransientDubException>(() => FetchAsync(server));
        Assert.That(System.IO.File.Exists(File), Is.False);
    }

    [TestCase("/proc/source")]
    [TestCase("/dev/shm/source")]
    public void Room_is_not_found_lacking_where_a_file_system_has_it_or_does_not_say_how_large_it_is(string path) =>
        Assert.That(() => FetchRoom.OfDisk.Require(path, 5), Throws.Nothing);

    [Test]
    public async Task A_source_that_the_disk_has_no_room_for_is_waited_for_without_filling_it()
    {
        Assume.That(new DriveInfo(Path.GetTempPath()).AvailableFreeSpace, Is.LessThan(Largest));
        await using var server = new RawServer(_ => Head("", Largest) + Whole);

        var error = Assert.ThrowsAsync<NoRoomException>(() => FetchAsync(server, maxBytes: Largest))!;

        Assert.That(OutageRules.Of(error), Is.EqualTo(new Outage(Dependency.Storage)));
        Assert.That(server.Accepted, Is.EqualTo(1));
        Assert.That(System.IO.File.Exists(File), Is.False);
    }

    [TestCase("", 20, TestName = "A source of which nobody says how long it is ends before the disk is full")]
    [TestCase("Content-Encoding: gzip\r\n", 20, TestName = "What is unpacked ends before the disk is full")]
    [TestCase("Content-Encoding: gzip\r\n", 160, TestName = "What becomes far longer when it is unpacked ends before the disk is full")]
    public async Task A_source_without_a_stated_length_ends_before_the_disk_is_full(string encoding, int megabytes)
    {
        var (plain, room) = (new byte[megabytes << 20], FetchRoom.Spare + ((long)megabytes << 19));
        for (var at = 0; at < plain.Length; at += 512)
            Random.Shared.NextBytes(plain.AsSpan(at, 8));
        await using var server = new RawServer(async (_, stream, ct) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{encoding}Connection: close\r\n\r\n"), ct);
            await using Stream body = encoding.Length == 0 ? stream : new GZipStream(stream, CompressionLevel.Fastest);
            await body.WriteAsync(plain, ct);
        });
        var fetcher = Fetcher(new SourceNetwork(), 30, new FetchRoom(_ => room - Written()), server.HostAndPort);

        for (var i = 0; i < 3; i++)
        {
            var error = Assert.ThrowsAsync<NoRoomException>(
                () => fetcher.FetchAsync(server.Address(), File, FetchedKind.Video, 1 << 30, new Progress<double>(), default))!;
            Assert.That(OutageRules.Of(error), Is.EqualTo(new Outage(Dependency.Storage)));
            Assert.That(Written(), Is.Zero, "nothing is left behind");
            Assert.That(server.Accepted, Is.EqualTo(1), "it is not asked for again before there is more room");
        }
        room = 1 << 30;
        await fetcher.FetchAsync(server.Address(), File, FetchedKind.Video, 1 << 30, new Progress<double>(), default);
        Assert.That(new FileInfo(File).Length, Is.EqualTo(plain.Length));

        long Written() => new DirectoryInfo(Path.GetDirectoryName(File)!).EnumerateFiles().Sum(f => f.Length);
    }

    [Test]
    public async Task A_part_that_would_make_it_too_large_is_refused()
    {
        await using var server = Breaking("", 60_000, Whole.Length);

        Assert.That(Code(() => FetchAsync(server, maxBytes: 99_999)), Is.EqualTo("source_too_large"));
    }

    [Test]
    public async Task A_name_that_is_rebound_before_the_rest_is_asked_for_is_refused()
    {
        await using var server = new RawServer(_ => Head("", Whole.Length) + Whole[..60_000]);
        var network = new FakeNetwork(HostileAddresses.Names, server.Port);
        network.Rebound["public.example"] = "127.0.0.1";

        Assert.That(Code(() => FetchAsync(network, "http://public.example/a")), Is.EqualTo("source_forbidden"));
        Assert.That(network.Connections, Has.Count.EqualTo(1));
    }

    // Breaks off at each of these, and begins where it is asked to.
    private static RawServer Breaking(string validator, params int[] ends)
    {
        RawServer server = null!;
        return server = new RawServer(_ =>
        {
            var end = ends[server.Accepted - 1];
            return server.Accepted == 1 ? Head(validator, Whole.Length) + Whole[..end] : Part(Asked(server), end, validator, Whole.Length);
        });
    }

    private static int Asked(RawServer server) =>
        server.Headers.Last().TryGetValue("range", out var range) ? int.Parse(range["bytes=".Length..^1]) : 0;

    private static string Head(string headers, long length) =>
        $"HTTP/1.1 200 OK\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n";

    private static string Part(int from, int to, string headers, int? stated = null) =>
        $"HTTP/1.1 206 Part\r\n{headers}Content-Range: bytes {from}-{(stated ?? to) - 1}/{Whole.Length}\r\nContent-Length: "
            + $"{(stated ?? to) - from}\r\n"
        + $"Connection: close\r\n\r\n{Whole[from..to]}";
}
