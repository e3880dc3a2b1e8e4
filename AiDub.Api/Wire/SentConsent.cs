using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AiDub.Domain.Speakers;

namespace AiDub.Api.Wire;

/// <summary>A consent as a client sent it: missing, who gave it and when, or something that is none.</summary>
/// <remarks>Reading never fails, so that every field that is wrong can be named in one answer.</remarks>
[JsonConverter(typeof(Converter))]
internal readonly record struct SentConsent
{
    private readonly bool _other;

    private SentConsent(VoiceConsent? value, bool other) => (Value, _other) = (value, other);

    /// <summary>The consent; null when it is missing or none.</summary>
    public VoiceConsent? Value { get; }

    /// <summary>Whether it is absent or null.</summary>
    public bool IsMissing => Value is null && !_other;

    /// <summary>A field that holds a consent.</summary>
    public static implicit operator SentConsent(VoiceConsent? value) => new(value, other: false);

    private sealed class Converter : JsonConverter<SentConsent>
    {
        public override bool HandleNull => true;

        public override SentConsent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is JsonTokenType.Null)
                return default;
            using var sent = JsonDocument.ParseValue(ref reader);
            return sent.RootElement.ValueKind is JsonValueKind.Object
                && Text(sent.RootElement, "by") is { } by && by.Trim() is { Length: > 0 and <= VoiceConsent.MaxLength } name
                && !name.Any(char.IsControl)
                && Text(sent.RootElement, "at") is { Length: >= 10 and <= 40 } at
                && sent.RootElement.GetProperty("at").TryGetDateTimeOffset(out _)
                && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var when)
                ? new SentConsent(new VoiceConsent(name, when), other: false)
                : new SentConsent(null, other: true);
        }

        public override void Write(Utf8JsonWriter writer, SentConsent value, JsonSerializerOptions options)
        {
            if (value.Value is not { } consent)
            {
                writer.WriteNullValue();
                return;
            }
            writer.WriteStartObject();
            writer.WriteString("by", consent.By);
            writer.WriteString("at", consent.At);
            writer.WriteEndObject();
        }

        private static string? Text(JsonElement consent, string name) =>
            consent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
    }
}
