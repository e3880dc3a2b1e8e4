using System.ComponentModel.DataAnnotations;
using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Storage;

/// <summary>Where the embedded stores keep their data, and every attempt its scratch files.</summary>
public sealed class DataOptions
{
    /// <summary>
    /// The folder, relative to the current one or absolute. Default <c>data</c>; the environment variable <c>AIDUB_DATA</c> overrides.
    /// </summary>
    [Required]
    public string Directory { get; set; } = "data";

    /// <summary>
    /// How many bytes must stay free on its file system for submissions and uploads to be taken, so that dubs under way can be finished: 0
    /// (no such limit) to 1 TiB. Default 1 GiB.
    /// </summary>
    [Range(0, 1L << 40)]
    public long MinFreeBytes { get; set; } = 1L << 30;
}

/// <summary>The data folder. One process holds it at a time.</summary>
public sealed class DataDirectory : IDisposable
{
    // What the smallest dub takes.
    private const int ProbeBytes = 256 << 10;

    private FileStream? _lock;

    /// <summary>Makes the folder.</summary>
    public DataDirectory(IOptions<DataOptions> options)
    {
        Root = Path.GetFullPath(options.Value.Directory);
        try
        {
            // One that is there may be shared with others; what lies in it is not.
            if (!Directory.Exists(Root))
                OwnerOnly.Folder(Root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    /// <summary>Sees at a start whether something can be made in the folder; a full disk gets room again.</summary>
    /// <exception cref="StartRefusedException">It is read-only, or this user may not write to it.</exception>
    public void CheckRights()
    {
        var probe = File($".probe-{Guid.NewGuid():N}");
        try
        {
            using var made = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException)
        {
            throw Unusable("this user may not write there");
        }
        catch (IOException e) when (OutageRules.IsReadOnly(e))
        {
            throw Unusable("its file system is read-only");
        }
        catch (IOException)
        {
            // Whoever stores something says what is wrong.
        }
    }

    /// <summary>Its absolute path.</summary>
    public string Root { get; }

    /// <summary>The absolute path of something in it.</summary>
    public string File(string name) => Path.Combine(Root, name);

    /// <summary>The folder in it that attempts and requests work in.</summary>
    internal string Scratch => File("scratch");

    /// <summary>Returns when there is room for a file of some size, here and where attempts and requests work.</summary>
    /// <exception cref="IOException">There is none, or the folder cannot be written to.</exception>
    public async Task ProbeAsync(CancellationToken ct)
    {
        await ProbeAsync(Root, ct);
        // A link to a disk that is not there cannot be made a folder.
        Directory.CreateDirectory(Scratch);
        await ProbeAsync(Scratch, ct);
    }

    /// <summary>Returns when there is room for a file of some size in a folder.</summary>
    internal static async Task ProbeAsync(string folder, CancellationToken ct)
    {
        var probe = Path.Combine(folder, $".probe-{Guid.NewGuid():N}");
        try
        {
            await System.IO.File.WriteAllBytesAsync(probe, new byte[ProbeBytes], ct);
        }
        finally
        {
            System.IO.File.Delete(probe);
        }
    }

    /// <summary>Takes the folder for this process, until it ends however it ends.</summary>
    /// <exception cref="StartRefusedException">Another process holds it.</exception>
    public void TakeExclusively()
    {
        try
        {
            _lock ??= new FileStream(File("aidub.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (HeldFolders.IsHeld(e))
        {
            throw new StartRefusedException(
                $"Data:Directory '{Root}' is in use by another AiDub process. Stop it, or choose another folder.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _lock?.Dispose();

    private StartRefusedException Unusable(Exception cause) => Unusable(cause.Message.TrimEnd('.'));

    private StartRefusedException Unusable(string why) => new(
        $"Data:Directory '{Root}' cannot be written ({why}): choose a folder of this user's, or give it to them.");
}
