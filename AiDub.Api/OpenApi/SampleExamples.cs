using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace AiDub.Api.OpenApi;

/// <summary>Lets the examples of requests name a video that is there, so that what Swagger UI fills in can be sent as it stands.</summary>
internal static class SampleExamples
{
    private const string Field = "source_video_url";

    /// <summary>Puts an address in place of the source of every example of a request.</summary>
    public static void Name(OpenApiDocument document, string address)
    {
        foreach (var operation in document.Paths.Values.SelectMany(path => (path.Operations ?? []).Values))
        {
            var fields = (operation.Parameters ?? []).OfType<OpenApiParameter>().ToDictionary(field => field.Name ?? "");
            if (fields.TryGetValue(Field, out var source) && fields.TryGetValue("to_lang", out var language))
                (source.Example, language.Example) = (address, "es");
            var bodies = (operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>()).Values;
            foreach (var example in bodies.SelectMany(body => (body.Examples ?? new Dictionary<string, IOpenApiExample>()).Values))
            {
                if (example.Value is JsonObject body && body.ContainsKey(Field))
                    body[Field] = address;
            }
        }
    }
}
