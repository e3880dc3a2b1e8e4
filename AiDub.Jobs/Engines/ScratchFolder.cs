namespace AiDub.Jobs.Engines;

/// <summary>A temporary folder for a short run of a tool that works on no files of a dub; gone with its content when disposed.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>Its full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("aidub-engine-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
