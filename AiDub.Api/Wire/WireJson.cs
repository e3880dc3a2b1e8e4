using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AiDub.Jobs.Storage;

namespace AiDub.Api.Wire;

/// <summary>How the contract is written as JSON: snake_case, UTF-8, nothing absent written as null.</summary>
internal static class WireJson
{
    /// <summary>The contract's options, for what is written outside of MVC.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Sets the contract's rules.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = false;
        // Two readers of one body must not see two different users.
        options.AllowDuplicateProperties = false;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        // Addresses stay legible: + and & are not escaped. Answers are application/json and never sniffed.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.Converters.Add(new WarningCodeConverter());
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
