using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AiDub.Tests.Documents;

/// <summary>What AiDub is built with is locked, and named with its licence in docs/THIRD-PARTY.md.</summary>
public sealed partial class PackagesTests
{
    private static readonly string[] Projects = ["AiDub.Api", "AiDub.Domain", "AiDub.Jobs", "AiDub.Tests"];

    private static readonly Dictionary<string, string> Central = XDocument.Parse(Repository.Read("Directory.Packages.props"))
        .Descendants("PackageVersion").ToDictionary(p => p.Attribute("Include")!.Value, p => p.Attribute("Version")!.Value);

    [TestCaseSource(nameof(Projects))]
    public void The_lock_file_holds_the_packages_that_the_project_asks_for(string project)
    {
        var asked = References("Directory.Build.props").Concat(References($"{project}/{project}.csproj"))
            .ToDictionary(name => name, name => $"[{Central[name]}, )");

        using var locked = JsonDocument.Parse(Repository.Read($"{project}/packages.lock.json"));
        var direct = locked.RootElement.GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(p => p.Value.GetProperty("type").GetString() == "Direct")
            .ToDictionary(p => p.Name, p => p.Value.GetProperty("requested").GetString());

        Assert.That(direct, Is.EquivalentTo(asked), "run 'dotnet restore AiDub.sln' and commit every packages.lock.json");
    }

    [TestCaseSource(nameof(Projects))]
    public void The_lock_file_names_no_server(string project) =>
        Assert.That(Repository.Read($"{project}/packages.lock.json"), Does.Not.Contain("://"));

    [Test]
    public void Every_NuGet_package_is_named_with_its_licence() =>
        Assert.That(Named("NuGet packages"), Is.EquivalentTo(Central.Keys), "docs/THIRD-PARTY.md must name all, and no others");

    [Test]
    public void Every_Debian_package_that_the_script_installs_is_named_with_its_licence()
    {
        var script = Repository.Read("aidub");
        var installed = PackageLists().Matches(script)
            .SelectMany(m => m.Groups["names"].Value.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
            .Concat(["libicu", "nodejs", "npm", "wrk"]);

        Assert.That(Named("Debian packages"), Is.EquivalentTo(installed), "name it in docs/THIRD-PARTY.md");
    }

    [Test]
    public void Every_npm_package_that_is_fetched_is_named_with_its_licence()
    {
        var installed = ((string[])["AiDub.Tests", "AiDub.Jobs/Engines"])
            .SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "package.json", SearchOption.AllDirectories))
            .Where(f => !Path.GetRelativePath(Repository.Root, f).Split('/').Intersect(["node_modules", "bin"]).Any())
            .SelectMany(f => JsonDocument.Parse(File.ReadAllText(f)).RootElement.EnumerateObject())
            .Where(p => p.Name is "dependencies" or "optionalDependencies")
            .SelectMany(p => p.Value.EnumerateObject())
            .Select(p => p.Name);

        Assert.That(Named("npm packages"), Is.EquivalentTo(installed), "name it in docs/THIRD-PARTY.md");
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Parse(Repository.Read(project)).Descendants("PackageReference").Select(p => p.Attribute("Include")!.Value);

    // The names in the first column of the section's table; each row must have a licence.
    private static List<string> Named(string section)
    {
        var lines = Repository.Read("docs/THIRD-PARTY.md").Split($"## {section}\n")[1].Split("\n## ")[0].Split('\n');
        var rows = lines.Where(l => l.StartsWith("| `", StringComparison.Ordinal)).ToList();
        Assert.That(rows.Select(r => r.Split('|')[2].Trim()), Is.All.Not.Empty);
        return [.. rows.SelectMany(r => Quoted().Matches(r.Split('|')[1]).Select(m => m.Groups["name"].Value))];
    }

    [GeneratedRegex("`(?<name>[^`]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(run|test)_packages=\((?<names>[^)]*)\)", RegexOptions.NonBacktracking)]
    private static partial Regex PackageLists();
}
