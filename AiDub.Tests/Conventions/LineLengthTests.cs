using AiDub.Tests.Documents;

namespace AiDub.Tests.Conventions;

/// <summary>Lines are as long as <c>.editorconfig</c> allows, which no tool of the SDK looks at.</summary>
public sealed class LineLengthTests
{
    [Test]
    public void No_line_of_code_is_longer_than_editorconfig_allows()
    {
        var longest = Longest();
        var files = new[] { "AiDub.Domain", "AiDub.Jobs", "AiDub.Api", "AiDub.Tests" }
            .SelectMany(project => Directory.EnumerateFiles(Repository.File(project), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .ToList();
        Assert.That(files, Has.Count.GreaterThan(600), "the sources were not found");

        var longer = files.SelectMany(file => File.ReadLines(file)
            .Select((line, i) => (Place: $"{Path.GetFileName(file)}:{i + 1}", line.Length))
            .Where(line => line.Length > longest));

        Assert.That(longer.Select(line => $"{line.Place} has {line.Length} characters"), Is.Empty);
    }

    private static int Longest()
    {
        var setting = File.ReadLines(Path.Combine(Repository.Root, ".editorconfig"))
            .Single(line => line.StartsWith("max_line_length", StringComparison.Ordinal));
        return int.Parse(setting.Split('=')[1].Trim(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
