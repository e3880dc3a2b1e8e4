using System.ComponentModel.DataAnnotations;
using AiDub.Jobs.Settings;
using Microsoft.Extensions.Configuration;

namespace AiDub.Jobs.Engines;

/// <summary>
/// Section <c>Engines</c>: which engines are used, in order of preference; the first that can do a language does it. Each is one name,
/// several parted by commas (<c>Engines__Synthesizer=Flite,Espeak</c>), or a JSON array. Each engine has a section of its own below it.
/// </summary>
public sealed class EnginesOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Engines";

    private const string OneToMost = "{0} names no engine, or more than 16: name one at least, or leave the setting out.";

    /// <summary>Engines that recognise speech; default Whisper, where a model of it is there, then PocketSphinx.</summary>
    [Length(1, 16, ErrorMessage = OneToMost)]
    [PartedByCommas]
    public IReadOnlyList<string> Recognizer { get; set; } = ["Whisper", "PocketSphinx"];

    /// <summary>Engines that translate; default LlamaCpp, which needs a model, then Apertium.</summary>
    [Length(1, 16, ErrorMessage = OneToMost)]
    [PartedByCommas]
    public IReadOnlyList<string> Translator { get; set; } = ["LlamaCpp", "Apertium"];

    /// <summary>
    /// Engines that speak; default Piper and Supertonic, where voices of them are there, Flite, Festival, where its voices are, and then
    /// Espeak.
    /// </summary>
    [Length(1, 16, ErrorMessage = OneToMost)]
    [PartedByCommas]
    public IReadOnlyList<string> Synthesizer { get; set; } = ["Piper", "Supertonic", "Flite", "Festival", "Espeak"];

    /// <summary>Reads the three lists; what is not configured keeps its default.</summary>
    internal void Read(IConfiguration section)
    {
        Recognizer = Names(section.GetSection(nameof(Recognizer))) ?? Recognizer;
        Translator = Names(section.GetSection(nameof(Translator))) ?? Translator;
        Synthesizer = Names(section.GetSection(nameof(Synthesizer))) ?? Synthesizer;
    }

    private static string[]? Names(IConfigurationSection list)
    {
        if (!list.Exists())
            return null;
        var values = list.Value is { } one ? one.Split(',') : list.GetChildren().Select(c => c.Value ?? "");
        return [.. values.Select(v => v.Trim()).Where(v => v.Length > 0)];
    }
}
