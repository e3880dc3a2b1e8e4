using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiDub.Api.Wire;

/// <summary>Chosen voices as a client sent them: missing, an object of texts, or something that is none.</summary>
/// <remarks>Reading never fails, so that every field that is wrong can be named in one answer.</remarks>
[JsonConverter(typeof(Converter))]
internal readonly record struct SentVoices
{
    private readonly bool _other;

    private SentVoices(IReadOnlyDictionary<string, string>? value, bool other) => (Value, _other) = (value, other);

    /// <summary>The voices by whom they are for; null when they are missing or no object of texts.</summary>
    public IReadOnlyDictionary<string, string>? Value { get; }

    /// <summary>Whether they are absent or null.</summary>
    public bool IsMissing => Value is null && !_other;

    /// <summary>A field that holds voices.</summary>
    public static implicit operator SentVoices(Dictionary<string, string>? value) => new(value, other: false);

    private sealed class Converter : JsonConverter<SentVoices>
    {
        public override bool HandleNull => true;

        public override SentVoices Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is JsonTokenType.Null)
                return default;
            using var sent = JsonDocument.ParseValue(ref reader);
            if (sent.RootElement.ValueKind is not JsonValueKind.Object)
                return new SentVoices(null, other: true);
            var voices = new Dictionary<string, string>();
            foreach (var field in sent.RootElement.EnumerateObject())
            {
                if (field.Value.ValueKind is not JsonValueKind.String || !voices.TryAdd(field.Name, field.Value.GetString()!))
                    return new SentVoices(null, other: true);
            }
            return new SentVoices(voices, other: false);
        }

        public override void Write(Utf8JsonWriter writer, SentVoices value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
