using System.Net;
using AiDub.Jobs.Storage.S3;
using Microsoft.Extensions.Time.Testing;

namespace AiDub.Tests.Jobs.Storage.S3;

/// <summary>What takes long and gets on is let be, and what stands still is ended.</summary>
public sealed class S3PatienceTests
{
    private const string Server = "https://objects.example/bucket/";

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Nearly = Idle - TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = Samples.Clock();

    [Test]
    public async Task A_body_that_is_taken_slowly_is_sent_however_long_it_takes()
    {
        var slow = new SlowStream(() => _clock.Advance(Nearly));
        using var client = Client(async (request, ct) =>
        {
            await request.Content!.CopyToAsync(slow, ct);
            return new HttpResponseMessage(HttpStatusCode.OK);
        });

        using var sent = new PiecesContent(pieces: 10, bytes: 10);
        using var answer = await client.PutAsync(new Uri(Server + "a?partNumber=1&uploadId=u"), sent);

        Assert.That((answer.StatusCode, slow.Taken), Is.EqualTo((HttpStatusCode.OK, 100)));
    }

    [TestCase("GET", "a")]
    [TestCase("HEAD", "a")]
    [TestCase("DELETE", "a")]
    [TestCase("GET", "?list-type=2")]
    [TestCase("POST", "?delete")]
    [TestCase("POST", "a?uploads")]
    [TestCase("PUT", "a")]
    public void A_request_that_is_not_answered_is_given_up(string method, string target)
    {
        using var client = Client(async (request, ct) =>
        {
            if (request.Content is not null)
                await request.Content.CopyToAsync(Stream.Null, ct);
            _clock.Advance(Idle);
            await Task.Delay(Timeout.Infinite, ct);
            return new HttpResponseMessage(HttpStatusCode.OK);
        });

        using var request = new HttpRequestMessage(new HttpMethod(method), Server + target);
        request.Content = method is "PUT" or "POST" ? new StringContent("x") : null;
        var error = Assert.ThrowsAsync<HttpRequestException>(
            async () => await client.SendAsync(request).WaitAsync(TimeSpan.FromMinutes(1)));

        Assert.That(error.InnerException, Is.InstanceOf<TimeoutException>());
    }

    [Test]
    public void A_list_that_stops_in_its_middle_is_given_up()
    {
        using var client = Client((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StreamContent(new StoppedStream(() => _clock.Advance(Idle))),
        }));

        Assert.ThrowsAsync<HttpRequestException>(
            async () => await client.GetAsync(new Uri(Server + "?list-type=2"), HttpCompletionOption.ResponseHeadersRead)
                .WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task A_list_that_comes_slowly_is_read_to_its_end()
    {
        using var client = Client((_, _) =>
        {
            _clock.Advance(Nearly);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StreamContent(new SlowAnswer(pieces: 5, () => _clock.Advance(Nearly))) { Headers = { { "X-Of", "S3" } } },
            });
        });

        using var answer = await client.GetAsync(new Uri(Server + "?list-type=2"));

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo("....."));
        Assert.That(answer.Content.Headers.GetValues("X-Of"), Is.EqualTo(new[] { "S3" }));
    }

    [Test]
    public void Parts_of_which_nothing_is_heard_after_the_head_are_not_waited_for_without_end()
    {
        using var client = Client((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StreamContent(new StoppedStream(() => _clock.Advance(Idle * 10))),
        }));

        using var parts = new StringContent("<CompleteMultipartUpload/>");
        Assert.ThrowsAsync<HttpRequestException>(
            async () => await client.PostAsync(new Uri(Server + "a?uploadId=u"), parts).WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public async Task Parts_may_take_long_to_be_put_together()
    {
        using var client = Client((_, ct) =>
        {
            _clock.Advance(Idle * 5);
            ct.ThrowIfCancellationRequested();
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        });

        using var parts = new StringContent("<CompleteMultipartUpload/>");
        using var answer = await client.PostAsync(new Uri(Server + "a?uploadId=u"), parts);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("GET")]
    [TestCase("HEAD")]
    public async Task An_object_that_is_larger_than_any_list_is_left_to_who_reads_it(string method)
    {
        using var client = Client((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent([]) { Headers = { ContentLength = 5L << 30 } },
        }));

        using var request = new HttpRequestMessage(new HttpMethod(method), Server + "a");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.That(answer.Content.Headers.ContentLength, Is.EqualTo(5L << 30));
    }

    [Test]
    public void Who_gives_up_himself_is_told_so()
    {
        using var gone = new CancellationTokenSource();
        using var client = Client(async (_, ct) =>
        {
            await gone.CancelAsync();
            await Task.Delay(Timeout.Infinite, ct);
            return new HttpResponseMessage(HttpStatusCode.OK);
        });

        Assert.That(
            async () => await client.GetAsync(new Uri(Server + "a"), gone.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private HttpClient Client(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> server) =>
        new(new S3Patience(new ScriptedServer(server), Idle, Idle * 10, _clock));

    private sealed class ScriptedServer(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> server) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            server(request, cancellationToken);
    }

    private sealed class PiecesContent(int pieces, int bytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var i = 0; i < pieces; i++)
                await stream.WriteAsync(new byte[bytes]);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = pieces * bytes;
            return true;
        }
    }

    private sealed class SlowStream(Action took) : MemoryStream
    {
        public int Taken { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            took();
            cancellationToken.ThrowIfCancellationRequested();
            Taken += buffer.Length;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class SlowAnswer(int pieces, Action passes) : MemoryStream
    {
        private int _left = pieces;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            passes();
            cancellationToken.ThrowIfCancellationRequested();
            if (_left-- <= 0)
                return ValueTask.FromResult(0);
            buffer.Span[0] = (byte)'.';
            return ValueTask.FromResult(1);
        }
    }

    private sealed class StoppedStream(Action stops) : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            stops();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            stops();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
