namespace AiDub.Jobs.Engines.Chat;

/// <summary>How a language model is asked to translate, whichever runs it.</summary>
internal interface IChatOptions
{
    /// <summary>How many segments a call translates.</summary>
    int BatchSegments { get; }

    /// <summary>How many characters a call translates; a longer segment goes alone.</summary>
    int BatchCharacters { get; }

    /// <summary>How many segments before a call's own it is shown, with their translations.</summary>
    int ContextSegments { get; }

    /// <summary>How often a call is repeated whose answer does not hold one translation for each segment. Then it goes in halves.</summary>
    int AnswerRetries { get; }

    /// <summary>How many characters of a language are spoken in a second, by ISO 639-1.</summary>
    Dictionary<string, double> CharactersPerSecond { get; }

    /// <summary>Terms and what they are in the translation.</summary>
    Dictionary<string, string> Glossary { get; }

    /// <summary>What the model should know of the videos.</summary>
    string? Instructions { get; }
}
