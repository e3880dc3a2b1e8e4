using System.Globalization;
using System.Security.Cryptography;

namespace AiDub.Jobs.Engines.Piper;

/// <summary>A voice that was found by its name.</summary>
/// <param name="Name">The name, with the number of its speaker where one was chosen.</param>
/// <param name="Model">The path of its model.</param>
/// <param name="Settings">What is known of it.</param>
/// <param name="Speaker">The number of its speaker; null where it has only one.</param>
internal sealed record PiperVoice(string Name, string Model, PiperSettings Settings, long? Speaker);

/// <summary>The voices of a folder, by language.</summary>
internal sealed class PiperVoices
{
    // As many speakers of one voice as somebody might look through.
    private const int MostSpeakers = 16;
    private readonly SortedDictionary<string, PiperVoice> _voices = new(StringComparer.Ordinal);

    /// <summary>The languages spoken, as ISO 639-1.</summary>
    public IReadOnlySet<string> Languages => _voices.Values.Select(v => v.Settings.Language).ToHashSet();

    /// <summary>All voices, in order.</summary>
    public IReadOnlyList<string> All => [.. _voices.Keys];

    /// <summary>The settings that are not what they were when they were brought: the voices beside them are left out.</summary>
    public IReadOnlyList<string> Changed { get; private set; } = [];

    /// <summary>
    /// Looks for models with their settings beside them; a folder that is not there holds none, a model without readable settings is passed
    /// over.
    /// </summary>
    /// <param name="folder">The folder; null: there is none.</param>
    /// <param name="hashes">The SHA-256 that files must have, by full path, where it is known.</param>
    /// <param name="ct">Ends the reading.</param>
    public static async Task<PiperVoices> ScanAsync(
        string? folder, IReadOnlyDictionary<string, string?> hashes, CancellationToken ct)
    {
        var voices = new PiperVoices();
        if (folder is null || !Directory.Exists(folder))
            return voices;
        foreach (var model in Directory.GetFiles(folder, "*.onnx"))
        {
            if (!File.Exists(model + ".json"))
                continue;
            var written = await File.ReadAllBytesAsync(model + ".json", ct);
            if (hashes.GetValueOrDefault(Path.GetFullPath(model + ".json")) is { } hash
                && !string.Equals(Convert.ToHexString(SHA256.HashData(written)), hash, StringComparison.OrdinalIgnoreCase))
            {
                voices.Changed = [.. voices.Changed, Path.GetFileName(model) + ".json"];
                continue;
            }
            if (PiperSettings.Read(written) is not { } settings)
                continue;
            var name = Path.GetFileNameWithoutExtension(model);
            voices._voices[name] = new PiperVoice(name, Path.GetFullPath(model), settings, settings.Speakers > 1 ? 0 : null);
        }
        return voices;
    }

    /// <summary>The names of a language's voices and their speakers, the preferred first where there is one.</summary>
    public IEnumerable<string> Names(string language, string? preferred) => _voices.Values.Where(v => v.Settings.Language == language)
        .SelectMany(v => v.Speaker is null
            ? [v.Name]
            : Enumerable.Range(0, Math.Min(v.Settings.Speakers, MostSpeakers))
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"{v.Name}#{i}")))
        .OrderByDescending(name => name == preferred);

    /// <summary>The voice for a language: the one wanted, or its first; null when there is none, or none by that name.</summary>
    public PiperVoice? Find(string language, string? wanted)
    {
        if (wanted is null)
            return _voices.Values.FirstOrDefault(v => v.Settings.Language == language);
        var parts = wanted.Split('#');
        if (!_voices.TryGetValue(parts[0], out var voice) || voice.Settings.Language != language)
            return null;
        if (parts.Length == 1)
            return voice;
        return parts.Length == 2 && voice.Speaker is not null && int.TryParse(parts[1], NumberStyles.None, null, out var number)
            && number < voice.Settings.Speakers
            ? voice with { Name = wanted, Speaker = number }
            : null;
    }
}
