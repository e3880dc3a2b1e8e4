using System.Net;

namespace AiDub.Jobs.Storage.S3;

/// <summary>
/// Ends requests at which nothing happens: no more of the body is taken, or no answer begins. What takes long and gets on is let be.
/// </summary>
/// <remarks>
/// The SDK's own limit is one for the whole request, so it has to be as long as a large part takes on a slow line; and it ends with the
/// answer's head, so that an answer that stops in its middle would be waited for without end.
/// </remarks>
/// <param name="inner">Sends the requests.</param>
/// <param name="idle">How long nothing may happen.</param>
/// <param name="assembly">How long nothing may happen while the server puts the parts of a large object together.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class S3Patience(HttpMessageHandler inner, TimeSpan idle, TimeSpan assembly, TimeProvider clock) : DelegatingHandler(inner)
{
    // Lists of keys and errors; more is no answer of S3.
    private const int MostAnswerBytes = 32 << 20;

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var patience = request.Method == HttpMethod.Post && Asks(request, "uploadId=") ? assembly : idle;
        using var still = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(still.Token, cancellationToken);
        if (request.Content is { } content)
            request.Content = new WatchedContent(content, () => still.CancelAfter(patience));
        try
        {
            var response = await base.SendAsync(request, either.Token);
            if (HasBodyOfItsOwn(request, response))
                await ReadAsync(response, () => still.CancelAfter(patience), either.Token);
            return response;
        }
        catch (OperationCanceledException e) when (still.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(
                HttpRequestError.Unknown, "The server did nothing for too long.", new TimeoutException("Nothing happened.", e));
        }
    }

    // An answer that comes slowly comes all the same.
    private static async Task ReadAsync(HttpResponseMessage response, Action read, CancellationToken ct)
    {
        read();
        using var body = await response.Content.ReadAsStreamAsync(ct);
        using var whole = new MemoryStream();
        var buffer = new byte[16 << 10];
        for (int count; (count = await body.ReadAsync(buffer, ct)) > 0; read())
        {
            if (whole.Length + count > MostAnswerBytes)
                throw new HttpRequestException("The server's answer is larger than any of S3.");
            whole.Write(buffer, 0, count);
        }
        var content = new ByteArrayContent(whole.ToArray());
        foreach (var (name, values) in response.Content.Headers)
            content.Headers.TryAddWithoutValidation(name, values);
        response.Content.Dispose();
        response.Content = content;
    }

    // The body of an object is watched by who reads it, and the answer to a HEAD has only its length.
    private static bool HasBodyOfItsOwn(HttpRequestMessage request, HttpResponseMessage response) =>
        request.Method != HttpMethod.Head
        && (request.Method != HttpMethod.Get || Asks(request, "list-type=") || !response.IsSuccessStatusCode);

    private static bool Asks(HttpRequestMessage request, string what) =>
        request.RequestUri?.Query.Contains(what, StringComparison.Ordinal) == true;

    /// <summary>A body that tells whenever some of it was taken.</summary>
    private sealed class WatchedContent : HttpContent
    {
        private readonly HttpContent _content;
        private readonly Action _taken;

        public WatchedContent(HttpContent content, Action taken)
        {
            (_content, _taken) = (content, taken);
            foreach (var (name, values) in content.Headers)
                Headers.TryAddWithoutValidation(name, values);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            _content.CopyToAsync(new WatchedStream(stream, _taken), context, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = _content.Headers.ContentLength ?? 0;
            return _content.Headers.ContentLength is not null;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _content.Dispose();
            base.Dispose(disposing);
        }
    }
}
