using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace AiDub.Api.Page;

/// <summary>
/// The files of another provider in one encoding, made when they are first asked for and kept in memory; only those that it makes smaller.
/// </summary>
/// <param name="files">Has them as they are.</param>
/// <param name="smallerThan">Has them in an encoding that this one has to beat, so that no two have one length, which their ETag is made
/// of; null: there is none.</param>
/// <param name="compress">Makes the encoding of a file.</param>
internal sealed class CompressedFiles(IFileProvider files, CompressedFiles? smallerThan, Func<byte[], byte[]> compress) : IFileProvider
{
    private const int LongestFile = 1 << 20;

    private static readonly string[] Texts = [".html", ".css", ".js", ".svg"];

    private readonly ConcurrentDictionary<string, Lazy<Twin>> _made = new(StringComparer.Ordinal);

    /// <summary>The files in gzip.</summary>
    public static CompressedFiles Gzip(IFileProvider files) => new(files, null, ToGzip);

    /// <summary>The files in Brotli, where that is smaller than gzip.</summary>
    public static CompressedFiles Brotli(IFileProvider files, CompressedFiles gzip) => new(files, gzip, ToBrotli);

    /// <inheritdoc/>
    public IFileInfo GetFileInfo(string subpath)
    {
        var file = files.GetFileInfo(subpath);
        if (!file.Exists || file.IsDirectory || file.Length > LongestFile || !Texts.Contains(Path.GetExtension(file.Name)))
            return new NotFoundFileInfo(subpath);
        var twin = Of(subpath, file);
        return twin.Body is { } body ? new InMemory(file, body) : new NotFoundFileInfo(subpath);
    }

    /// <inheritdoc/>
    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    /// <inheritdoc/>
    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    // One that was changed since, by who works on the page, is made anew. A path can be written in any number of ways, so that what was
    // made is known by the file's own; what could not be made is forgotten, or it would fail for good.
    private Twin Of(string subpath, IFileInfo file)
    {
        var path = file.PhysicalPath ?? subpath;
        var made = _made.GetOrAdd(path, _ => Make());
        try
        {
            if (made.Value.Of == file.LastModified && made.Value.Length == file.Length)
                return made.Value;
            var renewed = Make();
            made = _made.TryUpdate(path, renewed, made) ? renewed : _made.GetOrAdd(path, renewed);
            return made.Value;
        }
        catch
        {
            _made.TryRemove(KeyValuePair.Create(path, made));
            throw;
        }

        Lazy<Twin> Make() => new(() => Compress(subpath, file));
    }

    private Twin Compress(string path, IFileInfo file)
    {
        using var stream = file.CreateReadStream();
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        var smaller = compress(whole.ToArray());
        var limit = smallerThan?.GetFileInfo(path) is { Exists: true } other ? other.Length : file.Length;
        return new Twin(smaller.Length < limit ? smaller : null, file.LastModified, file.Length);
    }

    private static byte[] ToGzip(byte[] body)
    {
        using var smaller = new MemoryStream();
        using (var gzip = new GZipStream(smaller, CompressionLevel.SmallestSize))
            gzip.Write(body);
        return smaller.ToArray();
    }

    private static byte[] ToBrotli(byte[] body)
    {
        var smaller = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        return BrotliEncoder.TryCompress(body, smaller, out var length, quality: 11, window: 20) ? smaller[..length] : body;
    }

    /// <summary>A file in the encoding.</summary>
    /// <param name="Body">Null where the encoding is no smaller.</param>
    /// <param name="Of">When the file was changed that it was made of.</param>
    /// <param name="Length">The length of that file, in bytes.</param>
    private sealed record Twin(byte[]? Body, DateTimeOffset Of, long Length);

    private sealed class InMemory(IFileInfo file, byte[] body) : IFileInfo
    {
        public bool Exists => true;

        public long Length => body.Length;

        public string? PhysicalPath => null;

        public string Name => file.Name;

        public DateTimeOffset LastModified => file.LastModified;

        public bool IsDirectory => false;

        public Stream CreateReadStream() => new MemoryStream(body, writable: false);
    }
}
