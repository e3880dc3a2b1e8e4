using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiDub.Tests.Documents;

/// <summary>What documents may name: what there is in the tree.</summary>
internal static partial class KnownNames
{
    private static readonly string[] Sources = [".cs", ".csproj", ".props", ".yaml", ".py", ".sh", ".js", ".json"];

    // .NET's own, and one that is read before there are options.
    private static readonly string[] OtherSettings = ["ConnectionStrings:Mongo", "Logging:LogLevel", "Logging:Console:FormatterName"];

    private static readonly Lazy<HashSet<string>> Words = new(ReadWords);
    private static readonly Lazy<HashSet<string>> Settings = new(() => [.. ConfigurationPage.Names(), .. OtherSettings]);
    private static readonly Lazy<List<string>> Folders = new(() =>
        [.. Tree().SelectMany(f => Parents(Path.GetRelativePath(Repository.Root, f))).Distinct()]);

    /// <summary>Why a quoted name is wrong; null when there is such a thing, or when it is no name.</summary>
    public static string? Fault(string quoted) =>
        Command().Match(quoted) is { Success: true } command ? FaultOfCommand(command)
        : Request().Match(quoted) is { Success: true } request ? FaultOfRequest(request)
        : Setting().Match(quoted) is { Success: true } setting ? FaultOfSetting(setting.Groups["name"].Value)
        : File().IsMatch(quoted) ? FaultOfFile(quoted)
        : Identifier().IsMatch(quoted) ? FaultOfWord(quoted.Split('.', '=')[0])
        : null;

    private static string? FaultOfCommand(Match command)
    {
        var (name, argument) = (command.Groups["name"].Value, command.Groups["argument"].Value);
        if (!Repository.Read("aidub").Contains($"  {name}) ", StringComparison.Ordinal))
            return $"./aidub has no command {name}";
        if (name == "bench" && Word().IsMatch(argument) && argument[0] != '['
            && Word().Matches(Repository.Read("aidub")).All(word => word.Value != argument))
            return $"./aidub bench has no {argument}";
        var filter = Filter().Match(argument);
        return filter.Success && !Words.Value.Any(w => w.Contains(filter.Groups["test"].Value, StringComparison.Ordinal))
            ? $"there is no test {filter.Groups["test"].Value}"
            : null;
    }

    private static string? FaultOfRequest(Match request)
    {
        var path = request.Groups["path"].Value;
        var row = $"| `{request.Groups["method"].Value} {path}` |";
        return path.Contains('…', StringComparison.Ordinal) || Repository.Read("docs/api.md").Contains(row, StringComparison.Ordinal)
            ? null
            : $"there is no {request.Value}";
    }

    private static string? FaultOfSetting(string name)
    {
        var parts = name.Replace("__", ":", StringComparison.Ordinal).Split(':').Where(p => !int.TryParse(p, out _) && p != "…");
        var path = string.Join(':', parts);
        var any = path.Replace("<name>", "OpenAiTranslator", StringComparison.Ordinal);
        return Settings.Value.Any(s => s == any || IsBelow(any, s) || IsBelow(s, any)) ? null : $"there is no setting {name}";

        static bool IsBelow(string section, string path) => path.StartsWith(section + ":", StringComparison.Ordinal);
    }

    private static string? FaultOfWord(string word) => Words.Value.Contains(word) ? null : $"nothing is called {word}";

    private static string? FaultOfFile(string path)
    {
        var whole = path.TrimEnd('/', '*');
        return Folders.Value.Any(f => f == whole || f.EndsWith("/" + whole, StringComparison.Ordinal)) ? null : $"there is no {path}";
    }

    // With the names of wire fields in snake case, and a pattern that people write for any such name.
    private static HashSet<string> ReadWords()
    {
        var words = Tree().Where(f => Sources.Contains(Path.GetExtension(f)) || Path.GetFileName(f) is "aidub" or "Dockerfile")
            .SelectMany(f => Word().Matches(System.IO.File.ReadAllText(f)).Select(m => m.Value)).ToHashSet();
        words.Add("AddXxx");
        words.UnionWith(words.Where(w => char.IsUpper(w[0])).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).ToList());
        return words;
    }

    private static IEnumerable<string> Tree() => new[] { "AiDub.Api", "AiDub.Domain", "AiDub.Jobs", "AiDub.Tests", "deploy", "docs", ".ci" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*", SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(Repository.Root))
        .Where(f => !Built().IsMatch(f));

    private static IEnumerable<string> Parents(string path)
    {
        for (var part = path; part is { Length: > 0 }; part = Path.GetDirectoryName(part))
            yield return part;
    }

    [GeneratedRegex(@"^\./aidub (?<name>[a-z]+) ?(?<argument>[^ ]*)", RegexOptions.NonBacktracking)]
    private static partial Regex Command();

    [GeneratedRegex(@"FullyQualifiedName~(?<test>\w+)", RegexOptions.NonBacktracking)]
    private static partial Regex Filter();

    [GeneratedRegex(@"^(?<method>GET|POST|PATCH|DELETE) (?<path>[^ ?]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Request();

    [GeneratedRegex(@"^(?<name>[A-Z]\w*((:|__)(\w+|…|<name>))+)(=|$)", RegexOptions.NonBacktracking)]
    private static partial Regex Setting();

    [GeneratedRegex(
        @"^(AiDub|deploy|docs|Engines|Media|Storage|Dubbing|Bench)[\w.]*(/[\w.\-]+)+/?$|^[\w\-]+\.(cs|md|json|props|js|sh)$|^\.\w+/\w+$",
        RegexOptions.NonBacktracking)]
    private static partial Regex File();

    [GeneratedRegex(@"^([A-Z]\w*[a-z]\w*[A-Z]\w*|[a-z]+(_[a-z0-9]+)+|AIDUB_\w+)(\.\w+)*(=\S*)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\w+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex(@"/(bin|obj|node_modules)/", RegexOptions.NonBacktracking)]
    private static partial Regex Built();
}
