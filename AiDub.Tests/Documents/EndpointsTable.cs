using System.Text;
using System.Text.Json;
using AiDub.Tests.Api.Fakes;

namespace AiDub.Tests.Documents;

/// <summary>The endpoints of docs/api.md, as the OpenAPI document has them.</summary>
internal static class EndpointsTable
{
    /// <summary>Makes the table.</summary>
    public static async Task<string> MakeAsync()
    {
        await using var api = new ApiHost();
        using var document = JsonDocument.Parse(await api.Client.GetStringAsync("/swagger/v1/swagger.json"));
        var table = new StringBuilder("| endpoint | what it does |\n| --- | --- |\n");
        foreach (var path in document.RootElement.GetProperty("paths").EnumerateObject())
        {
            foreach (var method in path.Value.EnumerateObject())
            {
                if (method.Value.TryGetProperty("summary", out var summary))
                    table.Append($"| `{method.Name.ToUpperInvariant()} {path.Name}` | {summary.GetString()!.Trim()} |\n");
            }
        }
        return table.ToString();
    }
}
