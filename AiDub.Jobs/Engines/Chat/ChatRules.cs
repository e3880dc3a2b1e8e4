using System.ComponentModel.DataAnnotations;

namespace AiDub.Jobs.Engines.Chat;

/// <summary>What no attribute says of the settings of chat translators.</summary>
internal static class ChatRules
{
    /// <summary>What is wrong with them.</summary>
    public static IEnumerable<ValidationResult> Faults(IChatOptions options)
    {
        if (options.CharactersPerSecond.Values.Any(v => v is not (>= 1 and <= 50)))
            yield return new ValidationResult(
                "CharactersPerSecond holds a rate that is not 1 to 50.", [nameof(IChatOptions.CharactersPerSecond)]);
        if (options.Glossary.Any(g => string.IsNullOrWhiteSpace(g.Key) || string.IsNullOrWhiteSpace(g.Value)))
            yield return new ValidationResult("Glossary holds an empty term.", [nameof(IChatOptions.Glossary)]);
    }
}
