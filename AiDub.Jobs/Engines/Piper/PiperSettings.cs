using System.Text.Json;
using AiDub.Domain.Languages;

namespace AiDub.Jobs.Engines.Piper;

/// <summary>What the settings beside a voice say of it.</summary>
/// <param name="Language">Its language, as ISO 639-1.</param>
/// <param name="EspeakVoice">The eSpeak voice that its sounds come from; null where the text itself is its sounds.</param>
/// <param name="SampleRate">In Hz.</param>
/// <param name="Speakers">How many speakers it has.</param>
/// <param name="NoiseScale">How much each sound varies.</param>
/// <param name="NoiseWidth">How much the length of each sound varies.</param>
/// <param name="Ids">The numbers of each sound.</param>
internal sealed record PiperSettings(
    string Language, string? EspeakVoice, int SampleRate, int Speakers, double NoiseScale, double NoiseWidth,
    IReadOnlyDictionary<string, long[]> Ids)
{
    private const double UsualNoiseScale = 0.667;
    private const double UsualNoiseWidth = 0.8;
    private const int UsualRate = 22050;

    /// <summary>Reads the bytes of a file of settings; null when they cannot be read.</summary>
    public static PiperSettings? Read(byte[] written)
    {
        try
        {
            using var json = JsonDocument.Parse(new MemoryStream(written));
            var root = json.RootElement;
            var espeak = Text(root, "espeak", "voice");

            // Newer voices name their language, older ones only the eSpeak voice that their sounds come from.
            if ((Code(Text(root, "language", "code")) ?? Code(espeak)) is not { } language)
                return null;
            var isText = root.TryGetProperty("phoneme_type", out var type) && type.GetString() == "text";
            return new PiperSettings(
                language, isText ? null : espeak ?? language, (int)(Number(root, "audio", "sample_rate") ?? UsualRate),
                root.TryGetProperty("num_speakers", out var speakers) ? speakers.GetInt32() : 1,
                Number(root, "inference", "noise_scale") ?? UsualNoiseScale,
                Number(root, "inference", "noise_w") ?? UsualNoiseWidth, Map(root));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static Dictionary<string, long[]> Map(JsonElement root) => root.TryGetProperty("phoneme_id_map", out var map)
        ? map.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.EnumerateArray().Select(id => id.GetInt64()).ToArray())
        : [];

    private static string? Code(string? tag) => LanguageCode.TryParse(tag, out var code) ? code : null;

    private static string? Text(JsonElement root, string part, string name) =>
        root.TryGetProperty(part, out var inner) && inner.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static double? Number(JsonElement root, string part, string name) =>
        root.TryGetProperty(part, out var inner) && inner.TryGetProperty(name, out var number) ? number.GetDouble() : null;
}
