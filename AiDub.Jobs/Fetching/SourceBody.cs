using AiDub.Domain.Errors;

namespace AiDub.Jobs.Fetching;

/// <summary>Writes the body of an answer into a file as it arrives.</summary>
internal static class SourceBody
{
    private const int BufferBytes = 128 << 10;

    /// <summary>Writes at most <paramref name="limit"/> bytes, whatever length the server states.</summary>
    /// <exception cref="PermanentDubException">There is more (<c>source_too_large</c>).</exception>
    /// <exception cref="TransientDubException">The server broke off.</exception>
    public static async Task WriteAsync(HttpContent content, string path, long limit, IProgress<double> progress, CancellationToken ct)
    {
        var stated = content.Headers.ContentLength;
        if (stated > limit)
            throw TooLarge(limit);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        await using var body = await content.ReadAsStreamAsync(ct);
        var buffer = new byte[BufferBytes];
        long written = 0;
        while (await ReadAsync(body, buffer, ct) is var read and > 0)
        {
            if (written + read > limit)
                throw TooLarge(limit);
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
            written += read;
            if (stated > 0)
                progress.Report((double)written / stated.Value);
        }
        if (stated is not null && written != stated)
            throw BrokenOff(null);
    }

    // Only what fails here is the server's fault; a full disk is not.
    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken ct)
    {
        try
        {
            return await body.ReadAsync(buffer, ct);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw BrokenOff(e);
        }
    }

    private static TransientDubException BrokenOff(Exception? cause) => new("The source server broke off the transfer.", cause);

    /// <summary>The refusal of a source that is larger than <paramref name="limit"/> bytes.</summary>
    public static PermanentDubException TooLarge(long limit) =>
        new("source_too_large", FormattableString.Invariant($"The source is larger than the {limit / 1048576.0:0.#} MB that are allowed."));
}
