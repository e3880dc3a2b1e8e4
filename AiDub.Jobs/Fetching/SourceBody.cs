using AiDub.Domain.Errors;

namespace AiDub.Jobs.Fetching;

/// <summary>Writes the body of an answer into a file as it arrives.</summary>
internal static class SourceBody
{
    private const int BufferBytes = 128 << 10;

    /// <summary>
    /// Appends a body to the file's first <paramref name="at"/> bytes and says how long it is; the whole is at most
    /// <paramref name="limit"/> bytes.
    /// </summary>
    /// <param name="content">The body.</param>
    /// <param name="path">The file.</param>
    /// <param name="at">How many bytes of the file stay.</param>
    /// <param name="limit">The most bytes that the file may have, whatever length the server states.</param>
    /// <param name="idle">How long the server may send nothing.</param>
    /// <param name="coming">Told how long every piece is before it is written; may end the transfer.</param>
    /// <param name="advance">Told of every piece that is in the file.</param>
    /// <param name="ct">Ends the transfer.</param>
    /// <exception cref="PermanentDubException">There is more (<c>source_too_large</c>).</exception>
    /// <exception cref="TransientDubException">The server broke off or stood still.</exception>
    public static async Task<long> AppendAsync(
        HttpContent content, string path, long at, long limit, TimeSpan idle, Action<int>? coming, Action<int> advance,
        CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        file.SetLength(at);
        file.Seek(at, SeekOrigin.Begin);
        await using var body = await content.ReadAsStreamAsync(ct);
        var buffer = new byte[BufferBytes];
        long length = 0;
        while (await ReadAsync(body, buffer, idle, ct) is var read and > 0)
        {
            if (at + length + read > limit)
                throw TooLarge(limit);
            coming?.Invoke(read);
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
            length += read;
            advance(read);
        }
        return length;
    }

    // Only what fails here is the server's fault; a full disk is not.
    private static async Task<int> ReadAsync(Stream body, byte[] buffer, TimeSpan idle, CancellationToken ct)
    {
        using var still = CancellationTokenSource.CreateLinkedTokenSource(ct);
        still.CancelAfter(idle);
        try
        {
            return await body.ReadAsync(buffer, still.Token);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is IOException or HttpRequestException or OperationCanceledException)
        {
            throw BrokenOff(e);
        }
    }

    /// <summary>The fault of a server that does not send the whole.</summary>
    public static TransientDubException BrokenOff(Exception? cause) => new("The source server broke off the transfer.", cause);

    /// <summary>The refusal of a source that is larger than <paramref name="limit"/> bytes.</summary>
    public static PermanentDubException TooLarge(long limit) =>
        new(
            FailureCode.SourceTooLarge,
            FormattableString.Invariant($"The source is larger than the {limit / 1048576.0:0.#} MB that are allowed."));
}
