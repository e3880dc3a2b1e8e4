using System.ComponentModel.DataAnnotations;
using AiDub.Jobs.Engines.Chat;
using AiDub.Jobs.Settings;

namespace AiDub.Jobs.Engines.OpenAi.Translation;

/// <summary>
/// Section <c>Engines:OpenAiTranslator</c>: translation by a server with <c>/chat/completions</c>, such as OpenAI, vLLM or Ollama.
/// </summary>
public sealed class OpenAiTranslatorOptions : OpenAiOptions, IChatOptions
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "OpenAiTranslator";

    /// <summary>The model; default <c>gpt-4o-mini</c>.</summary>
    public override string Model { get; set; } = "gpt-4o-mini";

    /// <summary>
    /// How the server is held to JSON: <c>json_object</c> (default), <c>json_schema</c> where it can, or <c>none</c> where it knows
    /// neither.
    /// </summary>
    [RegularExpression("^(json_object|json_schema|none)$")]
    public string ResponseFormat { get; set; } = "json_object";

    /// <summary>How freely the model words things, 0–2; default: the server's. Some models accept no other.</summary>
    [Range(0.0, 2.0)]
    public float? Temperature { get; set; }

    /// <summary>How many segments a call translates, 1–200; default 20.</summary>
    [Range(1, 200)]
    public int BatchSegments { get; set; } = 20;

    /// <summary>How many characters a call translates, 100–100000; default 4000. A longer segment goes alone.</summary>
    [Range(100, 100000)]
    public int BatchCharacters { get; set; } = 4000;

    /// <summary>How many segments before a call's own it is shown, with their translations, 0–50; default 3.</summary>
    [Range(0, 50)]
    public int ContextSegments { get; set; } = 3;

    /// <summary>
    /// How often a call is repeated whose answer does not hold one translation for each segment, 0–5; default 2. Then it goes in halves.
    /// </summary>
    [Range(0, 5)]
    public int AnswerRetries { get; set; } = 2;

    /// <summary>
    /// How many characters of a language are spoken in a second, by ISO 639-1, 1–50; others have 15. It becomes the length that the model
    /// is asked to keep to.
    /// </summary>
    public Dictionary<string, double> CharactersPerSecond { get; set; } = new() { ["zh"] = 5, ["ja"] = 7, ["ko"] = 7 };

    /// <summary>
    /// Terms and what they are in the translation, checked in every answer: <c>{"AiDub": "AiDub", "lease": "sewa"}</c>. Case is not
    /// regarded.
    /// </summary>
    [Prose]
    public Dictionary<string, string> Glossary { get; set; } = [];

    /// <summary>
    /// What the model should know of the videos, such as their subject or how people are to be addressed; default nothing.
    /// </summary>
    [MaxLength(2000)]
    [Prose]
    public string? Instructions { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in base.Validate(validationContext))
            yield return fault;
        foreach (var fault in ChatRules.Faults(this))
            yield return fault;
    }
}
