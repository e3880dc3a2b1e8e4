namespace AiDub.Tests.Documents;

/// <summary>The parts of the documents that are made from the code; <c>./aidub docs</c> writes them.</summary>
/// <param name="File">The document, named from the top.</param>
/// <param name="Part">The part between <c>&lt;!-- part: begin --&gt;</c> and <c>&lt;!-- part: end --&gt;</c>.</param>
/// <param name="Make">Makes it.</param>
internal sealed record GeneratedPart(string File, string Part, Func<Task<string>> Make)
{
    /// <summary>All of them.</summary>
    public static readonly GeneratedPart[] All =
    [
        new("docs/api.md", "endpoints", EndpointsTable.MakeAsync),
        new("docs/api.md", "codes", () => Task.FromResult(CodesTable.Make())),
        new("docs/configuration.md", "settings", () => Task.FromResult(ConfigurationPage.Make())),
    ];

    /// <summary>The document with the part made anew.</summary>
    public async Task<string> RenewedAsync()
    {
        var page = Repository.Read(File);
        var (begin, end) = ($"<!-- {Part}: begin -->\n", $"<!-- {Part}: end -->");
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        if (from < 0 || to < from)
            throw new InvalidOperationException($"{File} has no part '{Part}'.");
        return $"{page[..(from + begin.Length)]}\n{(await Make()).TrimEnd('\n')}\n\n{page[to..]}";
    }

    /// <summary>Writes what has changed, and says so.</summary>
    public static async Task<int> WriteAsync(TextWriter output)
    {
        foreach (var part in All)
        {
            var renewed = await part.RenewedAsync();
            if (renewed == Repository.Read(part.File))
                continue;
            await System.IO.File.WriteAllTextAsync(Repository.File(part.File), renewed);
            await output.WriteLineAsync($"{part.File}: {part.Part} made anew.");
        }
        return 0;
    }

    /// <summary>What a test's name shows.</summary>
    public override string ToString() => $"{File} {Part}";
}
