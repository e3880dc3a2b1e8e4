using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiDub.Api.Wire;

/// <summary>A user's id as a client sent it: missing, a whole number, or something that is none.</summary>
/// <remarks>
/// A whole number is any JSON number without a fraction (<c>51</c>, <c>51.0</c>, <c>5.1e1</c>) or a text of digits (<c>"51"</c>), within 64
/// bits. Reading never fails, so that every field that is wrong can be named in one answer.
/// </remarks>
[JsonConverter(typeof(Converter))]
internal readonly record struct SentUserId
{
    private readonly bool _other;

    private SentUserId(long? value, bool other) => (Value, _other) = (value, other);

    /// <summary>The id; null when it is missing or no whole number.</summary>
    public long? Value { get; }

    /// <summary>Whether it is absent or null.</summary>
    public bool IsMissing => Value is null && !_other;

    /// <summary>A field that holds a whole number.</summary>
    public static implicit operator SentUserId(long value) => new(value, other: false);

    /// <summary>What a query holds: a whole number, or what is none.</summary>
    public static SentUserId Parse(string text) => Whole(text) is { } id ? id : new SentUserId(null, other: true);

    private static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) ? id : null;

    private sealed class Converter : JsonConverter<SentUserId>
    {
        public override bool HandleNull => true;

        public override SentUserId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is JsonTokenType.Null)
                return default;
            var value = reader.TokenType switch
            {
                JsonTokenType.Number => Whole(ref reader),
                JsonTokenType.String => SentUserId.Whole(reader.GetString()!),
                _ => null,
            };
            reader.TrySkip(); // The value is always there whole; Skip refuses while the rest of the body is not.
            return new SentUserId(value, other: value is null);
        }

        public override void Write(Utf8JsonWriter writer, SentUserId value, JsonSerializerOptions options)
        {
            if (value.Value is { } id)
                writer.WriteNumberValue(id);
            else
                writer.WriteNullValue();
        }

        private static long? Whole(ref Utf8JsonReader reader)
        {
            if (reader.TryGetInt64(out var id))
                return id;
            return reader.TryGetDecimal(out var number) && decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue
                ? (long)number
                : null;
        }
    }
}
