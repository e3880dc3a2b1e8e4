using System.Text.Json;
using AiDub.Domain.Languages;

namespace AiDub.Jobs.Engines.Piper;

/// <summary>The voices of a folder, by language.</summary>
internal sealed class PiperVoices
{
    private readonly Dictionary<string, List<string>> _byLanguage = [];

    /// <summary>The languages spoken, as ISO 639-1.</summary>
    public IReadOnlySet<string> Languages => _byLanguage.Keys.ToHashSet();

    /// <summary>All voices, in order.</summary>
    public IReadOnlyList<string> All => [.. _byLanguage.Values.SelectMany(v => v).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Looks for models with their settings beside them; a folder that is not there holds none, a model without readable settings is passed
    /// over.
    /// </summary>
    public static async Task<PiperVoices> ScanAsync(string? folder, CancellationToken ct)
    {
        var voices = new PiperVoices();
        if (folder is null || !Directory.Exists(folder))
            return voices;
        foreach (var model in Directory.GetFiles(folder, "*.onnx").Order(StringComparer.Ordinal))
        {
            var settings = model + ".json";
            if (File.Exists(settings) && await LanguageAsync(settings, ct) is { } language)
                (voices._byLanguage.TryGetValue(language, out var list) ? list : voices._byLanguage[language] = [])
                    .Add(Path.GetFileNameWithoutExtension(model));
        }
        return voices;
    }

    /// <summary>The voice for a language: the one wanted, or its first; null when there is none, or none by that name.</summary>
    public string? Find(string language, string? wanted) =>
        !_byLanguage.TryGetValue(language, out var voices) ? null : wanted is null ? voices[0] : voices.Contains(wanted) ? wanted : null;

    // Newer voices name their language, older ones only the eSpeak voice that their sounds come from.
    private static async Task<string?> LanguageAsync(string settings, CancellationToken ct)
    {
        try
        {
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(settings, ct));
            return Text(json.RootElement, "language", "code") ?? Text(json.RootElement, "espeak", "voice");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string part, string name) =>
        root.TryGetProperty(part, out var inner)
            && inner.TryGetProperty(name, out var text)
            && LanguageCode.TryParse(text.GetString(), out var code)
            ? code
            : null;
}
