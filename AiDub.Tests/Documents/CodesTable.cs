using System.Reflection;
using System.Text;
using AiDub.Api.Errors;

namespace AiDub.Tests.Documents;

/// <summary>The codes of docs/api.md: those that requests are refused with.</summary>
internal static class CodesTable
{
    /// <summary>Makes the table.</summary>
    public static string Make()
    {
        var page = new StringBuilder("A request is refused with one of these as `msg_code`:\n\n| HTTP | `msg_code` |\n| --- | --- |\n");
        foreach (var status in RequestCodes().GroupBy(ErrorStatus.Of).OrderBy(s => s.Key))
            page.Append($"| {status.Key} | {string.Join(", ", status.Select(code => $"`{code}`"))} |\n");
        return page.ToString();
    }

    private static IEnumerable<string> RequestCodes() => typeof(ErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);
}
