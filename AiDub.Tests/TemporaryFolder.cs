namespace AiDub.Tests;

/// <summary>
/// Every temporary file of a run lies in one folder, in memory where there is room for it: on a disk, tests would wait until each small
/// write is safe there, which none of them can see. Whatever a test leaves behind goes with the folder.
/// </summary>
[SetUpFixture]
[Parallelizable(ParallelScope.Self | ParallelScope.Fixtures)] // Of the assembly's, nothing holds below an attribute of its own.
public sealed class TemporaryFolder
{
    private const string Variable = "TMPDIR";
    private const string InMemory = "/dev/shm";
    private const string Prefix = "aidub-run-";
    private const long Room = 3L << 30;

    private static readonly string Usual = Path.GetTempPath();
    private static readonly bool IsInMemory = MayBeInMemory();

    private string _folder = null!;

    /// <summary>A folder of another file system than temporary files are on; null when there is none.</summary>
    internal static string? OnAnotherFileSystem => IsInMemory ? Usual : Directory.Exists(InMemory) ? InMemory : null;

    [OneTimeSetUp]
    public void Make()
    {
        var parent = IsInMemory ? InMemory : Usual;
        foreach (var left in Directory.GetDirectories(parent, Prefix + "*").Where(folder => !IsAlive(folder)))
            Directory.Delete(left, recursive: true);
        _folder = Directory.CreateDirectory(Path.Combine(parent, $"{Prefix}{Environment.ProcessId}")).FullName;
        Environment.SetEnvironmentVariable(Variable, _folder);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        Environment.SetEnvironmentVariable(Variable, Usual);
        Directory.Delete(_folder, recursive: true);
    }

    // A run that was killed could not remove its own.
    private static bool IsAlive(string folder) => Directory.Exists(Path.Combine("/proc", Path.GetFileName(folder)[Prefix.Length..]));

    // Tests write programs too, and run them.
    private static bool MayBeInMemory() =>
        File.ReadLines("/proc/mounts")
            .Select(line => line.Split(' '))
            .LastOrDefault(mount => mount[1] == InMemory) is [_, _, "tmpfs", var options, ..]
        && !options.Split(',').Contains("noexec")
        && new DriveInfo(InMemory).AvailableFreeSpace > Room;
}
