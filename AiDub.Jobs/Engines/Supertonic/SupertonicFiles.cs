using AiDub.Domain.Speakers;

namespace AiDub.Jobs.Engines.Supertonic;

/// <summary>The files of Supertonic, as its makers lay them out.</summary>
/// <param name="Folder">The folder; null: there is none.</param>
/// <param name="Voices">The voices by name, each with the path of its file, in order.</param>
internal sealed record SupertonicFiles(string? Folder, IReadOnlyDictionary<string, string> Voices)
{
    private const string Graphs = "onnx";
    private const string Styles = "voice_styles";

    /// <summary>
    /// What the process loads, in its order: how long, what is said, from noise to speech, speech to sound, sizes, letters.
    /// </summary>
    public static IReadOnlyList<string> Loaded { get; } =
    [
        "duration_predictor.onnx", "text_encoder.onnx", "vector_estimator.onnx", "vocoder.onnx", "tts.json", "unicode_indexer.json",
    ];

    /// <summary>The folder of what the process loads.</summary>
    public string Model => Path.Combine(Folder!, Graphs);

    /// <summary>What is missing of what the process loads, and of voices.</summary>
    public IReadOnlyList<string> Missing => Folder is null
        ? Loaded
        :
        [
            .. Loaded.Where(name => !File.Exists(Path.Combine(Model, name))).Select(name => $"{Graphs}/{name}"),
            .. Voices.Count == 0 ? (string[])[$"{Styles}/*.json"] : [],
        ];

    /// <summary>Looks what is in a folder; one that is not there holds nothing.</summary>
    public static SupertonicFiles Scan(string? folder)
    {
        var styles = folder is null ? null : Path.Combine(folder, Styles);
        var files = styles is not null && Directory.Exists(styles) ? Directory.GetFiles(styles, "*.json") : [];
        // A Mac's copies have a hidden file beside each, which is none.
        var found = files.Where(path => !Path.GetFileName(path).StartsWith('.'));
        return new SupertonicFiles(folder, new SortedDictionary<string, string>(
            found.ToDictionary(path => Path.GetFileNameWithoutExtension(path), Path.GetFullPath), StringComparer.Ordinal));
    }

    /// <summary>How a voice sounds, by its name: F1 to F5 are women's and M1 to M5 men's. Pitches were not measured.</summary>
    public static Gender? GenderOf(string voice) => voice switch
    {
        ['F', >= '1' and <= '5'] => Gender.Female,
        ['M', >= '1' and <= '5'] => Gender.Male,
        _ => null,
    };
}
