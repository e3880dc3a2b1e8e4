using AiDub.Jobs.Tools;
using Microsoft.Data.Sqlite;

namespace AiDub.Jobs.Outages;

/// <summary>Tells a full disk from other faults: it is transient, and an operator has to do something about it.</summary>
public static class NoSpaceLeft
{
    private const int SqliteFull = 13;

    // What the C library calls ENOSPC, which tools repeat on standard error.
    private const string Said = "No space left";

    // ENOSPC, EDQUOT and ERROR_DISK_FULL.
    private static readonly int[] Codes = [28, 122, unchecked((int)0x80070070)];

    /// <summary>Whether it, or what caused it, says that there is no room left.</summary>
    public static bool Is(Exception? error) => error switch
    {
        null => false,
        IOException e when Codes.Contains(e.HResult) => true,
        SqliteException { SqliteErrorCode: SqliteFull } => true,
        ToolFailedException e when e.StandardErrorTail.Contains(Said, StringComparison.Ordinal) => true,
        _ => Is(error.InnerException),
    };
}
