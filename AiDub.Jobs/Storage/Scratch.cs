using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Storage;

/// <summary>Hands every attempt a private folder that is gone when the attempt ends. Processes may share the data folder.</summary>
public sealed class Scratch(DataDirectory data)
{
    private readonly string _root = data.Scratch;

    /// <summary>A new empty folder that only this process's user can read.</summary>
    /// <exception cref="TransientDubException">None may be made there: no dub's fault, it is waited for as room on the disk is.</exception>
    public ScratchFolder Create()
    {
        try
        {
            return new ScratchFolder(HeldFolders.Create(_root));
        }
        catch (Exception e) when (e is UnauthorizedAccessException || OutageRules.IsDiskAway(e))
        {
            var outage = new Outage(Dependency.Storage);
            throw new TransientDubException(outage.Message, e) { Outage = outage };
        }
    }

    /// <summary>
    /// Removes what processes that were killed left behind, engines' folders too, and ends the tools that they left running.
    /// </summary>
    /// <param name="log">Told what cannot be removed.</param>
    public void ClearOrphans(ILogger log)
    {
        foreach (var root in (string[])[_root, ToolFolder.Root])
        {
            if (HeldFolders.ClearOrphans(root) is [var first, ..] stay)
                log.LogWarning(
                    "{Count} of what killed processes left in {Folder} cannot be removed and takes room ({Reason}): remove it by hand.",
                    stay.Count, root, first.Message.TrimEnd('.'));
        }
    }
}

/// <summary>A folder that is removed, with all that is in it, when it is disposed.</summary>
public sealed class ScratchFolder : IDisposable
{
    private readonly HeldFolder _held;

    internal ScratchFolder(HeldFolder held) => _held = held;

    /// <summary>Its absolute path.</summary>
    public string Path => _held.Path;

    /// <inheritdoc />
    public void Dispose() => _held.Dispose();
}
