using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AiDub.Domain.Media;

namespace AiDub.Api.Wire;

/// <summary>An audio track as a client sent it: missing, a number from 0, a language, or something that is neither.</summary>
/// <remarks>Reading never fails, so that every field that is wrong can be named in one answer.</remarks>
[JsonConverter(typeof(Converter))]
internal readonly record struct SentTrack
{
    /// <summary>What a track has to be.</summary>
    public const string Rule = "source audio is not the number of an audio track, from 0, or a language of ISO 639-1";

    private readonly bool _other;

    private SentTrack(string? value, bool other) => (Value, _other) = (value, other);

    /// <summary>The number or the language, as text; null when it is missing or neither.</summary>
    public string? Value { get; }

    /// <summary>Whether it is absent, null, empty or only white space.</summary>
    public bool IsMissing => Value is null && !_other;

    /// <summary>A field that holds a text.</summary>
    public static implicit operator SentTrack(string? value) =>
        string.IsNullOrWhiteSpace(value) ? default
        : AudioTracks.CanAsk(value.Trim()) ? new(value.Trim(), other: false)
        : new(null, other: true);

    /// <summary>A field that holds a number.</summary>
    public static implicit operator SentTrack(int value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed class Converter : JsonConverter<SentTrack>
    {
        public override bool HandleNull => true;

        public override SentTrack Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is JsonTokenType.Null)
                return default;
            if (reader.TokenType is JsonTokenType.String)
                return reader.GetString();
            if (reader.TokenType is JsonTokenType.Number && reader.TryGetInt32(out var number))
                return number;
            reader.TrySkip(); // The value is always there whole; Skip refuses while the rest of the body is not.
            return new SentTrack(null, other: true);
        }

        // A number where it is one, so that it reads as it is meant.
        public override void Write(Utf8JsonWriter writer, SentTrack value, JsonSerializerOptions options)
        {
            if (int.TryParse(value.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                writer.WriteNumberValue(number);
            else
                writer.WriteStringValue(value.Value);
        }
    }
}
