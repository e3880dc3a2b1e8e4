using System.Text.Json;
using AiDub.Tests.Api.Fakes;
using Microsoft.OpenApi;

namespace AiDub.Tests.Clients;

/// <summary>The OpenAPI document by the rules that others judge such documents by.</summary>
public sealed class OpenApiRulesTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task Redocly_finds_no_error_and_nothing_to_warn_of(bool asksForTokens)
    {
        using var folder = new NodeFolder("redocly");
        await folder.WriteAsync("openapi.json", await DocumentAsync(asksForTokens));

        var (_, output, error) = await folder.TryRunAsync(
            "node_modules/@redocly/cli/bin/cli.js", "lint", "--extends", "recommended", "--format", "json", "openapi.json");

        var report = JsonElement.Parse(output);
        var problems = report.GetProperty("problems").EnumerateArray()
            .Select(problem => $"{problem.Text("ruleId")}: {problem.Text("message")} {problem.GetProperty("location")}");
        Assert.That(problems, Is.Empty, error);
        Assert.That(report.GetProperty("totals").GetProperty("errors").GetInt32(), Is.Zero, error);
    }

    [Test]
    public async Task The_document_is_valid()
    {
        var read = OpenApiDocument.Parse(await DocumentAsync(asksForTokens: true), "json");

        Assert.That(read.Diagnostic!.Errors.Concat(read.Diagnostic.Warnings), Is.Empty);
        Assert.That(read.Document!.Validate(ValidationRuleSet.GetDefaultRuleSet()), Is.Empty);
    }

    [Test]
    public async Task The_document_asks_for_a_token_where_the_service_does_and_nowhere_else()
    {
        var (open, closed) = (JsonElement.Parse(await DocumentAsync(false)), JsonElement.Parse(await DocumentAsync(true)));

        Assert.That(Operations(open).All(operation => operation.GetProperty("security").GetArrayLength() == 0), Is.True);
        Assert.That(open.GetProperty("components").TryGetProperty("securitySchemes", out _), Is.False);
        Assert.That(closed.GetProperty("security")[0].TryGetProperty("bearer", out _), Is.True);
        Assert.That(Operations(closed).Any(operation => operation.TryGetProperty("security", out _)), Is.False);
    }

    private static IEnumerable<JsonElement> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select operation.Value;

    private static async Task<string> DocumentAsync(bool asksForTokens)
    {
        await using var api = new ApiHost(host =>
        {
            if (asksForTokens)
                host.UseSetting("Auth:Jwt:SigningKey", "0123456789abcdef0123456789abcdef");
        });
        return await api.Client.GetStringAsync("/swagger/v1/swagger.json");
    }
}
