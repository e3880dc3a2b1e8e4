using System.Reflection;
using System.Text;
using AiDub.Api.Errors;
using AiDub.Domain.Errors;

namespace AiDub.Tests.Documents;

/// <summary>The codes of docs/api.md: those that requests are refused with, those of dubs that failed, and those of warnings.</summary>
internal static class CodesTable
{
    /// <summary>Makes the tables.</summary>
    public static string Make()
    {
        var page = new StringBuilder("A request is refused with one of these as `msg_code`:\n\n| HTTP | `msg_code` |\n| --- | --- |\n");
        foreach (var status in RequestCodes().GroupBy(ErrorStatus.Of).OrderBy(s => s.Key))
            page.Append($"| {status.Key} | {string.Join(", ", status.Select(code => $"`{code}`"))} |\n");

        page.Append("\n### Why dubs fail\n\nA dub that failed has one of these as `error_code`. "
            + "An estimate that would fail of the same is ");
        page.Append("refused with the code as `msg_code` and with this status:\n\n");
        page.Append("| `error_code` | about | HTTP | what it means |\n| --- | --- | --- | --- |\n");
        foreach (var code in FailureCode.All)
            page.Append($"| `{code}` | {About(code)} | {code.HttpStatus} | {code.Message} |\n");

        page.Append("\n### What results are warned of\n\nEach of a dub's `warnings` has one of these as `code`:\n\n");
        page.Append("| `code` | about | what it means |\n| --- | --- | --- |\n");
        foreach (var code in WarningCode.All)
            page.Append($"| `{code}` | {About(code)} | {code.Message} |\n");
        return page.ToString();
    }

    private static IEnumerable<string> RequestCodes() => typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

    private static string About(DubCode code) => code.Kind.ToString().ToLowerInvariant();
}
