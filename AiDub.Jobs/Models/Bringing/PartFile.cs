using System.Security.Cryptography;

namespace AiDub.Jobs.Models.Bringing;

/// <summary>What is here of a file that is being brought: beside its place, until it is whole and is what it should be.</summary>
/// <remarks>Beside it a note keeps what it is a part of, so that no bytes of one version are joined to those of another.</remarks>
internal sealed class PartFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private PartFile(string place, FileStream file) => (_path, _file, Place) = (PathOf(place), file, place);

    /// <summary>Where the whole file will be.</summary>
    public string Place { get; }

    /// <summary>How many bytes are here.</summary>
    public long Length => _file.Length;

    private string NotePath => _path + ".note";

    /// <summary>Opens it; while it is open nobody else can.</summary>
    /// <exception cref="ModelException">Somebody else is bringing the file.</exception>
    public static PartFile Open(string place)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        try
        {
            return new PartFile(place, new FileStream(PathOf(place), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new ModelException($"{Path.GetFileName(place)} cannot be written, or is being brought already: {e.Message}", e);
        }
    }

    /// <summary>
    /// What its bytes were told apart by, when they are of the version that is wanted now; null: they are not, or nobody knows.
    /// </summary>
    public async Task<string?> TagOfAsync(string? version, CancellationToken ct) =>
        File.Exists(NotePath) && await File.ReadAllLinesAsync(NotePath, ct) is [var of, var tag] && (version is null || of == version)
            ? tag
            : null;

    /// <summary>Notes what its bytes are from now on.</summary>
    public Task NoteAsync(string version, string tag, CancellationToken ct) => File.WriteAllLinesAsync(NotePath, [version, tag], ct);

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _file.SetLength(0);
        File.Delete(NotePath);
        _hash.GetHashAndReset();
    }

    /// <summary>Reads what is here, so that what comes is hashed together with it.</summary>
    public async Task RehashAsync(CancellationToken ct)
    {
        _hash.GetHashAndReset();
        _file.Position = 0;
        var buffer = new byte[1 << 20];
        while (await _file.ReadAsync(buffer, ct) is > 0 and var read)
            _hash.AppendData(buffer, 0, read);
    }

    /// <summary>Adds bytes.</summary>
    public async Task AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        _hash.AppendData(bytes.Span);
        await _file.WriteAsync(bytes, ct);
    }

    /// <summary>The SHA-256 of what is here, in lower-case hex.</summary>
    public string Hash() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>The name of what is here in git, a SHA-1 in lower-case hex.</summary>
    public async Task<string> GitHashAsync(CancellationToken ct)
    {
        _file.Position = 0;
        using var git = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        git.AppendData(System.Text.Encoding.ASCII.GetBytes($"blob {Length}\0"));
        var buffer = new byte[1 << 16];
        while (await _file.ReadAsync(buffer, ct) is > 0 and var read)
            git.AppendData(buffer, 0, read);
        return Convert.ToHexStringLower(git.GetHashAndReset());
    }

    /// <summary>Sees that all of it is on the disk.</summary>
    public void Keep() => _file.Flush(flushToDisk: true);

    /// <summary>Puts a whole file, which is closed, in its place, where there is one.</summary>
    public static void PutInPlace(string place)
    {
        if (File.Exists(PathOf(place)))
            File.Move(PathOf(place), place, overwrite: true);
        File.Delete(PathOf(place) + ".note");
    }

    /// <summary>Closes it; what is here stays, unless that is nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        var isEmpty = Length == 0;
        await _file.DisposeAsync();
        _hash.Dispose();
        if (isEmpty)
            File.Delete(_path);
    }

    private static string PathOf(string place) => place + ".part";
}
