using AiDub.Jobs.Tools;
using Microsoft.Data.Sqlite;

namespace AiDub.Jobs.Outages;

/// <summary>
/// Tells a full disk, and to tools one that turned read-only, from other faults: it is transient, and an operator has to do something
/// about it.
/// </summary>
public static class NoSpaceLeft
{
    private const int SqliteFull = 13;

    // What the C library calls ENOSPC and EROFS, which tools repeat on standard error: of neither is it the file's fault that they failed.
    private static readonly string[] Said = ["No space left", "Read-only file system"];

    // ENOSPC, EDQUOT and ERROR_DISK_FULL.
    private static readonly int[] Codes = [28, 122, unchecked((int)0x80070070)];

    /// <summary>Whether it, or what caused it, says that there is no room left.</summary>
    public static bool Is(Exception? error) => error switch
    {
        null => false,
        IOException e when Codes.Contains(e.HResult) => true,
        SqliteException { SqliteErrorCode: SqliteFull } => true,
        ToolFailedException e when Said.Any(words => e.StandardErrorTail.Contains(words, StringComparison.Ordinal)) => true,
        _ => Is(error.InnerException),
    };
}
