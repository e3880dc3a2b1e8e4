using System.Diagnostics;
using System.Text.RegularExpressions;

namespace AiDub.Tests.Documents;

/// <summary>What documents lead to and name is there.</summary>
public sealed partial class DocumentTests
{
    private static readonly IEnumerable<string> Documents = Document.All().Select(d => d.Path);

    [Test]
    public void The_documents_are_found() =>
        Assert.That(Documents, Is.SupersetOf(new[] { "README.md", "docs/api.md", "docs/adr/README.md", "AiDub.Jobs/Engines/README.md" }));

    [TestCaseSource(nameof(Documents))]
    public void Every_link_leads_somewhere(string path)
    {
        var document = new Document(path);

        Assert.That(document.Links().Where(link => !Leads(document, link)), Is.Empty, path);
    }

    [TestCaseSource(nameof(Documents))]
    public void Everything_that_is_named_is_there(string path)
    {
        var document = new Document(path);
        var commands = document.CodeLines().Where(line => line.StartsWith("./aidub ", StringComparison.Ordinal));

        Assert.That(document.Quoted().Concat(commands).Select(KnownNames.Fault).OfType<string>().Distinct(), Is.Empty, path);
    }

    [TestCase("./aidub dance", "./aidub has no command dance")]
    [TestCase("./aidub bench dance", "./aidub bench has no dance")]
    [TestCase("Workers:Cuont", "there is no setting Workers:Cuont")]
    [TestCase("Workers__Cuont=3", "there is no setting Workers__Cuont")]
    [TestCase("Engines:Piper:Executable", null)]
    [TestCase("GET /ai_dub/nothing", "there is no GET /ai_dub/nothing")]
    [TestCase("AiDub.Jobs/Nowhere", "there is no AiDub.Jobs/Nowhere")]
    [TestCase("draft_translation", null)]
    [TestCase("DubbingJob.RunAsync", null)]
    public void A_name_that_there_is_not_is_found(string name, string? fault) => Assert.That(KnownNames.Fault(name), Is.EqualTo(fault));

    [Test]
    public void A_code_and_a_type_that_there_are_not_are_found()
    {
        // Put together, as this file is among those that are searched.
        var (code, type) = (string.Join('_', "draft", "transportation"), string.Concat("Dubbing", "Jug"));

        Assert.That(KnownNames.Fault(code), Is.EqualTo($"nothing is called {code}"));
        Assert.That(KnownNames.Fault(type), Is.EqualTo($"nothing is called {type}"));
    }

    [Test]
    public async Task Commits_that_are_named_are_in_the_history()
    {
        var quoted = Document.All().SelectMany(d => d.Quoted());
        var commits = quoted.SelectMany(name => Commit().Matches(name).Select(m => m.Value)).Distinct().ToList();
        var log = await GitAsync("log", "--format=%h", "--abbrev=7");

        Assert.That(commits, Has.Count.GreaterThanOrEqualTo(4));
        Assert.That(log is null ? [] : commits.Except(log.Split('\n')), Is.Empty);
    }

    [Test]
    public void The_README_is_short() => Assert.That(new Document("README.md").Text.Split('\n'), Has.Length.LessThanOrEqualTo(140));

    // Null where the tree is no clone with its history, such as an archive of it.
    private static async Task<string?> GitAsync(params string[] arguments)
    {
        if (!Path.Exists(Repository.File(".git")))
            return null;
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };
        using var git = Process.Start(start)!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return git.ExitCode == 0 && !Path.Exists(Repository.File(".git/shallow")) ? output : null;
    }

    [GeneratedRegex(@"\b[0-9a-f]{7}\b", RegexOptions.NonBacktracking)]
    private static partial Regex Commit();

    private static bool Leads(Document from, string link)
    {
        var (path, anchor) = link.Split('#') is [var file, var heading] ? (file, heading) : (link, null);
        var target = path.Length == 0 ? from.Path : Path.Combine(Path.GetDirectoryName(from.Path)!, path);
        var absolute = Path.GetFullPath(Repository.File(target));
        return (File.Exists(absolute) || Directory.Exists(absolute))
            && (anchor is null || new Document(Path.GetRelativePath(Repository.Root, absolute)).Anchors().Contains(anchor));
    }
}
