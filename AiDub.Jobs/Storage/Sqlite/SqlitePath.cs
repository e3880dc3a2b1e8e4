using System.Text;
using AiDub.Domain.Errors;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>Where the database lies.</summary>
internal static class SqlitePath
{
    /// <summary>The name of its file in the data folder.</summary>
    public const string FileName = "aidub.db";

    // In bytes: SQLite has room for 512, of which the names of its journals take 8 more.
    private const int Longest = 504;

    /// <summary>Says that SQLite can open no file of so long a path; it says itself only that it cannot.</summary>
    /// <exception cref="StartRefusedException">The path is too long.</exception>
    public static void ThrowIfTooLong(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) <= Longest)
            return;
        throw new StartRefusedException(
            $"Data:Directory '{Path.GetDirectoryName(path)}' is too long for the database in it: choose a folder whose name has at most "
                + $"{Longest - FileName.Length - 1} bytes.");
    }
}
