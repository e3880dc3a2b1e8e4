using System.Text.Json;
using System.Text.Json.Serialization;
using AiDub.Domain.Errors;

namespace AiDub.Jobs.Storage;

/// <summary>Writes a warning's code as its name, and reads also those that only another version knows.</summary>
public sealed class WarningCodeConverter : JsonConverter<WarningCode>
{
    /// <inheritdoc />
    public override WarningCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WarningCode.Of(reader.GetString() ?? "");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, WarningCode value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
