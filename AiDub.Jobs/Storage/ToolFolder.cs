using AiDub.Jobs.Outages;

namespace AiDub.Jobs.Storage;

/// <summary>A temporary folder for a short run of a tool that works on no files of a dub; gone with its content when disposed.</summary>
internal sealed class ToolFolder : IDisposable
{
    private readonly HeldFolder _held = HeldFolders.Create(Root);

    /// <summary>Where they are made, by this user: what a process leaves that is killed is found here by the next.</summary>
    public static string Root { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"aidub-engines-{Environment.UserName}");

    /// <summary>Why none can be made; null when one can be, or only room is missing, which may come back.</summary>
    public static string? Refusal()
    {
        try
        {
            using var one = new ToolFolder();
            return null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return NoSpaceLeft.Is(e) ? null
                : $"the folder for temporary files '{Root}' cannot be made or written ({e.Message.TrimEnd('.')}): let this user write it, "
                    + "or name another by TMPDIR.";
        }
    }

    /// <summary>Its full path.</summary>
    public string Path => _held.Path;

    public void Dispose() => _held.Dispose();
}
