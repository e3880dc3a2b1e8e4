using System.IO.Compression;
using AiDub.Domain.Errors;

namespace AiDub.Jobs.Fetching;

/// <summary>Undoes a Content-Encoding once all of it is there.</summary>
internal static class ContentDecoding
{
    private const int BufferBytes = 128 << 10;
    private const int MaxLayers = 3;

    // Media hardly compresses, texts do a hundredfold at most; what grows more than that is made to fill a disk.
    private const int MaxRatio = 200;
    private const long FreeBytes = 16 << 20;

    /// <summary>Decodes a file in its place; what is encoded in no known way stays as it is, as in browsers.</summary>
    /// <param name="fetched">The file; decoded too it has no more bytes than it may have.</param>
    /// <param name="encoding">The header's value; null for none.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="PermanentDubException">
    /// It is larger decoded (<c>source_too_large</c>), or not encoded as stated (<c>source_encoding_invalid</c>).
    /// </exception>
    /// <exception cref="NoRoomException">There is no room for it.</exception>
    public static async Task DecodeAsync(FetchedFile fetched, string? encoding, CancellationToken ct)
    {
        var (path, limit) = (fetched.Path, fetched.Limit);
        var layers = (encoding ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(layer => layer.ToLowerInvariant()).Where(layer => layer != "identity").Reverse().ToList();
        if (layers.Count is 0 or > MaxLayers || layers.Any(layer => Decoder(layer) is null))
            return;
        var decoded = path + ".decoded";
        try
        {
            await using (var from = File.OpenRead(path))
            {
                if (!await BeginsAsStatedAsync(from, layers[0], ct))
                    return;
                Stream body = from;
                foreach (var layer in layers)
                    body = Decoder(layer)!(body);
                var most = Math.Min(limit, Math.Max(FreeBytes, from.Length * MaxRatio));
                await using (body)
                    await WriteAsync(body, decoded, most, limit, fetched.Room.Watch(decoded), ct);
            }
            File.Move(decoded, path, overwrite: true);
        }
        catch (NoRoomException)
        {
            throw new NoRoomException { Unpacked = new FileInfo(decoded).Length };
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            throw new PermanentDubException(FailureCode.SourceEncodingInvalid, inner: e);
        }
        finally
        {
            File.Delete(decoded);
        }
    }

    private static Func<Stream, Stream>? Decoder(string layer) => layer switch
    {
        "gzip" or "x-gzip" => body => new GZipStream(body, CompressionMode.Decompress),
        "br" => body => new BrotliStream(body, CompressionMode.Decompress),
        "deflate" => Inflate,
        _ => null,
    };

    // Servers mean either of two formats by it. Zlib's header is a multiple of 31 (RFC 1950).
    private static Stream Inflate(Stream body)
    {
        if (!body.CanSeek)
            return new ZLibStream(body, CompressionMode.Decompress);
        var (first, second) = (body.ReadByte(), body.ReadByte());
        body.Seek(0, SeekOrigin.Begin);
        return (first & 0x0f) == 8 && (first * 256 + second) % 31 == 0
            ? new ZLibStream(body, CompressionMode.Decompress)
            : new DeflateStream(body, CompressionMode.Decompress);
    }

    // A server may send a file as it lies there and say that it compresses.
    private static async Task<bool> BeginsAsStatedAsync(FileStream file, string layer, CancellationToken ct)
    {
        if (file.Length == 0)
            return false;
        if (layer is not ("gzip" or "x-gzip"))
            return true;
        var head = new byte[2];
        await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        file.Seek(0, SeekOrigin.Begin);
        return head is [0x1f, 0x8b];
    }

    private static async Task WriteAsync(Stream body, string path, long most, long limit, Action<int> coming, CancellationToken ct)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        var buffer = new byte[BufferBytes];
        for (long length = 0; await body.ReadAsync(buffer, ct) is var read and > 0; length += read)
        {
            if (length + read > most)
                throw SourceBody.TooLarge(limit);
            coming(read);
            await file.WriteAsync(buffer.AsMemory(0, read), ct);
        }
    }
}
