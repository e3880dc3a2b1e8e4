namespace AiDub.Jobs.Storage;

/// <summary>Some room on the disk that is given up when it is full, so that what frees more can still be written down.</summary>
/// <remarks>A file in the data folder; the next process to start, or the next deletion that found room, makes it again.</remarks>
public sealed class DiskReserve(DataDirectory data)
{
    // What the database's journal grows by for some deletions, several times over.
    private const int Bytes = 1 << 20;

    private readonly string _path = data.File("aidub.reserve");

    /// <summary>Takes the room, where there is any.</summary>
    public void Take()
    {
        if (File.Exists(_path))
            return;
        var draft = $"{_path}.{Guid.NewGuid():N}";
        try
        {
            File.WriteAllBytes(draft, new byte[Bytes]);
            OwnerOnly.File(draft);
            File.Move(draft, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft); // There is none, or another process was quicker.
        }
    }

    /// <summary>Gives the room up; false when there is none to give.</summary>
    public bool GiveUp()
    {
        if (!File.Exists(_path))
            return false;
        File.Delete(_path);
        return true;
    }
}
