using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiDub.Api.Wire;

/// <summary>Languages as a client sent them: missing, one text, a list of texts, or something that is neither.</summary>
/// <remarks>Reading never fails, so that every field that is wrong can be named in one answer.</remarks>
[JsonConverter(typeof(Converter))]
internal readonly record struct SentLanguages
{
    /// <summary>How many languages a list may have.</summary>
    public const int MaxCount = 20;

    private readonly IReadOnlyList<SentText>? _sent;

    private SentLanguages(IReadOnlyList<SentText> sent, bool isList) => (_sent, IsList) = (sent, isList);

    /// <summary>The languages as they were sent; one when <see cref="IsList"/> is false.</summary>
    public IReadOnlyList<SentText> Sent => _sent ?? [default];

    /// <summary>Whether a list was sent, of however many.</summary>
    public bool IsList { get; }

    /// <summary>Whether the field is absent, null, empty or only white space.</summary>
    public bool IsMissing => !IsList && Sent[0].IsMissing;

    /// <summary>A field that holds one language.</summary>
    public static implicit operator SentLanguages(string? value) => new([value], isList: false);

    /// <summary>A field that holds a list of languages.</summary>
    public static implicit operator SentLanguages(string[] values) => new([.. values.Select(v => (SentText)v)], isList: true);

    /// <summary>Whether the same was sent.</summary>
    public bool Equals(SentLanguages other) => IsList == other.IsList && Sent.SequenceEqual(other.Sent);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsList, Sent.Count, Sent.Count == 0 ? default : Sent[0]);

    private sealed class Converter : JsonConverter<SentLanguages>
    {
        public override bool HandleNull => true;

        public override SentLanguages Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.StartArray
                ? new SentLanguages(JsonSerializer.Deserialize<SentText[]>(ref reader, options)!, isList: true)
                : new SentLanguages([JsonSerializer.Deserialize<SentText>(ref reader, options)], isList: false);

        public override void Write(Utf8JsonWriter writer, SentLanguages value, JsonSerializerOptions options)
        {
            if (value.IsList)
                JsonSerializer.Serialize(writer, value.Sent, options);
            else
                JsonSerializer.Serialize(writer, value.Sent[0], options);
        }
    }
}
