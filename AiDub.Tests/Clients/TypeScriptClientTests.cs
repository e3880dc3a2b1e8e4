using System.Diagnostics;
using AiDub.Tests.Api.Fakes;
using Microsoft.OpenApi;

namespace AiDub.Tests.Clients;

/// <summary>The OpenAPI document as makers of clients read it.</summary>
public sealed class TypeScriptClientTests
{
    private string _folder = null!;
    private string _document = null!;

    [OneTimeSetUp]
    public async Task DescribeAsync()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-typescript-").FullName;
        await using var api = new ApiHost();
        _document = await api.Client.GetStringAsync("/swagger/v1/swagger.json");
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_document_is_valid()
    {
        var read = OpenApiDocument.Parse(_document, "json");

        Assert.That(read.Diagnostic!.Errors.Concat(read.Diagnostic.Warnings), Is.Empty);
        Assert.That(read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()), Is.Empty);
    }

    [Test]
    public async Task A_generated_client_type_checks_and_one_that_misuses_it_does_not()
    {
        var tools = Path.Combine(RepositoryRoot(), ".tools", "typescript", "node_modules");
        Assert.That(Directory.Exists(tools), Is.True, "openapi-typescript is not installed: run ./aidub test once.");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "node_modules"), tools);
        await File.WriteAllTextAsync(Path.Combine(_folder, "package.json"), """{"type":"module"}""");
        await File.WriteAllTextAsync(Path.Combine(_folder, "openapi.json"), _document);
        foreach (var program in (string[])["client.ts", "misuse.ts"])
            File.Copy(Path.Combine(RepositoryRoot(), "AiDub.Tests", "Clients", "typescript", program), Path.Combine(_folder, program));

        await NodeAsync(Path.Combine("openapi-typescript", "bin", "cli.js"), "openapi.json", "-o", "schema.d.ts");
        await NodeAsync(
            Path.Combine("typescript", "bin", "tsc"),
            "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext",
            "--target", "es2022", "--lib", "es2022,dom", "client.ts", "misuse.ts");
    }

    private async Task NodeAsync(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[Path.Combine("node_modules", tool), .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"{tool}:\n{string.Concat(output)}");
    }

    internal static string RepositoryRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "AiDub.sln")))
                return folder;
        }

        throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
