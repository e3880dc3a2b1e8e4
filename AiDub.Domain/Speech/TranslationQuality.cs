namespace AiDub.Domain.Speech;

/// <summary>How far a translation can be trusted; a lower value is worse.</summary>
public enum TranslationQuality
{
    /// <summary>The gist, by rules and dictionaries: a person should read it before it is published.</summary>
    Draft,

    /// <summary>What may be published as it is, as far as an engine can tell.</summary>
    Standard,
}
