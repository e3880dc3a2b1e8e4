using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiDub.Api.Wire;

/// <summary>A text field as a client sent it: missing, a text, or something else in a text's place.</summary>
/// <remarks>Reading never fails, so that every field that is wrong can be named in one answer.</remarks>
[JsonConverter(typeof(Converter))]
internal readonly record struct SentText
{
    private readonly bool _otherType;

    private SentText(string? value, bool otherType) => (Value, _otherType) = (value, otherType);

    /// <summary>The text exactly as it was sent; null when none was.</summary>
    public string? Value { get; }

    /// <summary>Whether it is absent, null, empty or only white space.</summary>
    public bool IsMissing => !_otherType && string.IsNullOrWhiteSpace(Value);

    /// <summary>A field that holds a text.</summary>
    public static implicit operator SentText(string? value) => new(value, otherType: false);

    private sealed class Converter : JsonConverter<SentText>
    {
        public override bool HandleNull => true;

        public override SentText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is JsonTokenType.String)
                return reader.GetString();
            if (reader.TokenType is JsonTokenType.Null)
                return default;
            reader.TrySkip(); // The value is always there whole; Skip refuses while the rest of the body is not.
            return new SentText(null, otherType: true);
        }

        public override void Write(Utf8JsonWriter writer, SentText value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
