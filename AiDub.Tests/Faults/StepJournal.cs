using System.Globalization;

namespace AiDub.Tests.Faults;

/// <summary>What the steps of several processes wrote as they began: a file a process, so that no write meets another.</summary>
internal sealed class StepJournal(string folder)
{
    private static readonly Lock Turn = new();

    public IReadOnlyList<(Guid Dub, string Step, int Process)> Read() =>
    [
        .. Directory.GetFiles(folder, "journal-*").SelectMany(ReadWhole)
            .Select(line => line.Split(' '))
            .OrderBy(parts => long.Parse(parts[0], CultureInfo.InvariantCulture))
            .Select(parts => (Guid.Parse(parts[1]), parts[2], int.Parse(parts[3], CultureInfo.InvariantCulture))),
    ];

    public void Begin(Guid dub, string step)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        lock (Turn)
        {
            using var file = new FileStream(
                Path.Combine(folder, $"journal-{Environment.ProcessId}"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{now} {dub} {step} {Environment.ProcessId}\n"));
        }
    }

    // A line that is being written has no end yet.
    private static IEnumerable<string> ReadWhole(string path)
    {
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = file.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
