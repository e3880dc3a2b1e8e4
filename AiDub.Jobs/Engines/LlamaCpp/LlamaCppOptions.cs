using System.ComponentModel.DataAnnotations;
using AiDub.Jobs.Engines.Chat;
using AiDub.Jobs.Settings;

namespace AiDub.Jobs.Engines.LlamaCpp;

/// <summary>
/// Section <c>Engines:LlamaCpp</c>: translation by a language model on this machine, run by llama.cpp in a process of its own. Without a
/// model it is not there.
/// </summary>
public sealed class LlamaCppOptions : IChatOptions, IValidatableObject
{
    /// <summary>The section's name below <c>Engines</c>.</summary>
    public const string Section = "LlamaCpp";

    /// <summary>
    /// The path of a model that follows instructions, as GGUF with its chat template; default: the best that <c>./aidub models get</c>
    /// brought.
    /// </summary>
    public string? ModelPath { get; set; }

    /// <summary>The languages that it translates between, as ISO 639-1; default: all that its model is known to do.</summary>
    public IReadOnlyList<string> Languages { get; set; } = [];

    /// <summary>How many tokens a call may take, question and answer together, 512–131072; default 4096. More takes more memory.</summary>
    [Range(512, 131072)]
    public int ContextTokens { get; set; } = 4096;

    /// <summary>How many cores it may use, 1–256; default 0: all.</summary>
    [Range(0, 256)]
    public int Threads { get; set; }

    /// <summary>How freely the model words things, 0–2; default 0: as it finds most likely.</summary>
    [Range(0.0, 2.0)]
    public float Temperature { get; set; }

    /// <summary>How many segments a call translates, 1–200; default 10.</summary>
    [Range(1, 200)]
    public int BatchSegments { get; set; } = 10;

    /// <summary>How many characters a call translates, 100–100000; default 1500. A longer segment goes alone.</summary>
    [Range(100, 100000)]
    public int BatchCharacters { get; set; } = 1500;

    /// <summary>How many segments before a call's own it is shown, with their translations, 0–50; default 3.</summary>
    [Range(0, 50)]
    public int ContextSegments { get; set; } = 3;

    /// <summary>How often a call is repeated whose answer lacks something, 0–5; default 1. Then it goes in halves.</summary>
    [Range(0, 5)]
    public int AnswerRetries { get; set; } = 1;

    /// <summary>How many characters of a language are spoken in a second, by ISO 639-1, 1–50; others have 15.</summary>
    public Dictionary<string, double> CharactersPerSecond { get; set; } = new() { ["zh"] = 5, ["ja"] = 7, ["ko"] = 7 };

    /// <summary>Terms and what they are in the translation, checked in every answer. Case is not regarded.</summary>
    [Prose]
    public Dictionary<string, string> Glossary { get; set; } = [];

    /// <summary>What the model should know of the videos; default nothing.</summary>
    [MaxLength(2000)]
    [Prose]
    public string? Instructions { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ChatRules.Faults(this);
}
