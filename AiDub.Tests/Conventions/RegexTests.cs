using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AiDub.Domain.Speech;

namespace AiDub.Tests.Conventions;

/// <summary>No pattern can be made to take long: it never goes back, or has a time limit.</summary>
public sealed partial class RegexTests
{
    private static readonly Assembly[] Assemblies =
    [
        typeof(SpokenText).Assembly, typeof(AiDub.Jobs.Dubbing.DubbingJob).Assembly,
        typeof(AiDub.Api.Wire.SentText).Assembly,
    ];

    public static IEnumerable<TestCaseData> Generated() => Assemblies.SelectMany(a => a.GetTypes())
        .SelectMany(t =>
            t.GetMethods(
                BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Select(m => (Method: m, Pattern: m.GetCustomAttribute<GeneratedRegexAttribute>()))
        .Where(m => m.Pattern is not null)
        .Select(m => new TestCaseData(m.Pattern).SetArgDisplayNames($"{m.Method.DeclaringType!.Name}.{m.Method.Name}"));

    [TestCaseSource(nameof(Generated))]
    public void Every_generated_pattern_is_linear_or_limited_in_time(GeneratedRegexAttribute pattern) =>
        Assert.That(
            pattern.Options.HasFlag(RegexOptions.NonBacktracking) || pattern.MatchTimeoutMilliseconds > 0, Is.True, pattern.Pattern);

    [Test]
    public void Patterns_are_found_in_all_rooms() =>
        Assert.That(Generated().Count(), Is.GreaterThan(20));

    [Test]
    public void No_pattern_is_made_where_it_is_used_without_a_limit()
    {
        var files = Sources().ToList();
        Assert.That(files, Has.Count.GreaterThan(200), "the sources were not found");

        var unlimited = files.SelectMany(file =>
            File.ReadLines(file).Select((line, i) => (Place: $"{Path.GetFileName(file)}:{i + 1}", Line: line)))
            .Where(l =>
                Made().IsMatch(l.Line)
                    && !l.Line.Contains("NonBacktracking", StringComparison.Ordinal)
                    && !l.Line.Contains("Patience", StringComparison.Ordinal));

        Assert.That(unlimited.Select(l => $"{l.Place} {l.Line.Trim()}"), Is.Empty);
    }

    private static IEnumerable<string> Sources([CallerFilePath] string here = "")
    {
        var root = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(here)))!;
        return new[] { "AiDub.Domain", "AiDub.Jobs", "AiDub.Api" }
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(root, project), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\bnew Regex\(|\bRegex\.(IsMatch|Match|Matches|Replace|Split|Count|EnumerateMatches)\(", RegexOptions.NonBacktracking)]
    private static partial Regex Made();
}
