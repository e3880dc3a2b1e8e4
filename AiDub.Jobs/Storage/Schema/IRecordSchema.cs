namespace AiDub.Jobs.Storage.Schema;

/// <summary>What a record store has besides its records: the version of their shape, and indexes.</summary>
public interface IRecordSchema
{
    /// <summary>The version that is noted in the store; 0 when none is.</summary>
    Task<int> VersionAsync(CancellationToken ct);

    /// <summary>Notes the version of this program, unless a later one is noted.</summary>
    Task NoteVersionAsync(CancellationToken ct);

    /// <summary>The indexes that are not there, by the table or collection and their name.</summary>
    Task<IReadOnlyList<string>> FindMissingAsync(CancellationToken ct);

    /// <summary>
    /// Makes an index that <see cref="FindMissingAsync"/> named, however long that takes; it is no error when it is there by now.
    /// </summary>
    Task CreateAsync(string index, CancellationToken ct);
}

/// <summary>The versions of the records' shape. A fleet may run two of them side by side, so each reads what the next one writes.</summary>
public static class SchemaVersion
{
    /// <summary>
    /// What this program writes. 1 was noted nowhere; 2: documents hold their done steps, and records the attempt that wrote them.
    /// </summary>
    public const int Current = 2;

    /// <summary>The last that this program reads.</summary>
    public const int LastReadable = Current + 1;

    /// <summary>Refuses records that this program may misread.</summary>
    /// <exception cref="Domain.Errors.StartRefusedException">They are of a version after <see cref="LastReadable"/>.</exception>
    public static void ThrowIfUnreadable(int version)
    {
        if (version > LastReadable)
        {
            throw new Domain.Errors.StartRefusedException(
                $"the records are of version {version}, and this program reads none after {LastReadable}: run a later one.");
        }
    }
}
