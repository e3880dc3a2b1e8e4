using System.Diagnostics;
using System.Globalization;
using AiDub.Tests.EndToEnd;
using Microsoft.Data.Sqlite;

namespace AiDub.Tests.Faults;

/// <summary>The service on a small file system of its own, which the test fills and empties. Needs user namespaces.</summary>
internal sealed class FullDisk : IAsyncDisposable
{
    private const string Mount = "mount -t tmpfs -o size=\"$0\" tmpfs \"$AIDUB_DATA\" && exec dotnet \"$@\"";

    private readonly string _data = Directory.CreateTempSubdirectory("aidub-full-").FullName;

    /// <param name="megabytes">The size of the file system.</param>
    /// <param name="settings">Of the service.</param>
    public FullDisk(int megabytes, params (string, string)[] settings) => Server = new DubServer(
        "AiDub.Api.dll", _data, [("Data__MinFreeBytes", "0"), .. settings])
    {
        Launcher = ["unshare", "-rm", "sh", "-c", Mount, $"{megabytes}m"],
    };

    public DubServer Server { get; }

    /// <summary>The data folder as the service sees it.</summary>
    public string Folder => $"/proc/{Server.ProcessId}/root{_data}";

    /// <summary>Whether file systems can be made here.</summary>
    public static async Task<bool> CanBeMadeAsync()
    {
        using var tried = Process.Start(
            new ProcessStartInfo("unshare", ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]) { RedirectStandardError = true })!;
        await tried.WaitForExitAsync();
        return tried.ExitCode == 0;
    }

    /// <summary>Fills the file system but for some bytes.</summary>
    public void Fill(long leaving)
    {
        using var ballast = new FileStream(
            Path.Combine(Folder, "ballast"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            for (var free = new DriveInfo(Folder).AvailableFreeSpace; free > leaving; free -= block.Length)
                ballast.Write(block);
        }
        catch (IOException)
        {
            // The service wrote something meanwhile: it is full.
        }
    }

    public void Empty() => File.Delete(Path.Combine(Folder, "ballast"));

    /// <summary>What SQLite finds wrong with the records ("ok" when nothing is), and how many there are. No dub may run.</summary>
    public async Task<(string State, int Dubs, int Documents)> CheckRecordsAsync()
    {
        // SQLite would look for the link to this file system in the test's own.
        var copy = Directory.CreateTempSubdirectory("aidub-full-").FullName;
        foreach (var file in Directory.EnumerateFiles(Folder, "aidub.db*").Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        var source = new SqliteConnectionStringBuilder { DataSource = Path.Combine(copy, "aidub.db"), Pooling = false }.ToString();
        await using (var connection = new SqliteConnection(source))
        {
            await connection.OpenAsync();
            var answer = (
                await AskAsync(connection, "PRAGMA integrity_check"),
                await CountAsync(connection, "dubs"),
                await CountAsync(connection, "progress"));
            await connection.CloseAsync();
            Directory.Delete(copy, recursive: true);
            return answer;
        }
    }

    /// <summary>Files that are there though no dub runs.</summary>
    public IEnumerable<string> Leftovers() => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder, path))
        .Where(path => path.StartsWith("scratch/", StringComparison.Ordinal) || path.Contains("/.incoming/", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private static async Task<int> CountAsync(SqliteConnection connection, string table) =>
        int.Parse(await AskAsync(connection, $"SELECT count(*) FROM {table}"), CultureInfo.InvariantCulture);

    private static async Task<string> AskAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture)!;
    }
}
