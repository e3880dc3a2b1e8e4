using System.Text.RegularExpressions;

namespace AiDub.Tests.Documents;

/// <summary>A document of the tree, in Markdown.</summary>
/// <param name="Path">Named from the top.</param>
internal sealed partial record Document(string Path)
{
    private static readonly string[] Elsewhere = ["bin", "obj", "out", "data", "node_modules", ".tools", ".git"];

    /// <summary>All of them.</summary>
    public static IEnumerable<Document> All() => Below(Repository.Root)
        .Select(file => new Document(System.IO.Path.GetRelativePath(Repository.Root, file))).OrderBy(d => d.Path, StringComparer.Ordinal);

    /// <summary>Its text.</summary>
    public string Text => Repository.Read(Path);

    /// <summary>Where its links lead: a path relative to the document, with or without an anchor, or an anchor of its own.</summary>
    public IEnumerable<string> Links() =>
        Link().Matches(Prose()).Select(m => m.Groups["to"].Value).Where(to => !to.Contains("://", StringComparison.Ordinal));

    /// <summary>What stands between single backticks in its prose.</summary>
    public IEnumerable<string> Quoted() => Quotation().Matches(Prose()).Select(m => m.Groups["name"].Value.Replace('\n', ' '));

    /// <summary>The lines of its blocks of code.</summary>
    public IEnumerable<string> CodeLines() => Block().Matches(Text).SelectMany(m => m.Groups["code"].Value.Split('\n'));

    /// <summary>The anchors of its headings, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors() => Heading().Matches(Prose())
        .Select(m => Unanchored().Replace(m.Groups["title"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    /// <summary>What a test's name shows.</summary>
    public override string ToString() => Path;

    private string Prose() => Block().Replace(Text, "");

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder, "*.md")
        .Concat(Directory.EnumerateDirectories(folder).Where(d => !Elsewhere.Contains(System.IO.Path.GetFileName(d))).SelectMany(Below));

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex(@"`(?<name>[^`]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Quotation();

    [GeneratedRegex(@"^```[^\n]*\n(?<code>[\s\S]*?)^```", RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Block();

    [GeneratedRegex(@"^#+ (?<title>[^\n]+)$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.NonBacktracking)]
    private static partial Regex Unanchored();
}
