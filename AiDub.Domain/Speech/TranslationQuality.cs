namespace AiDub.Domain.Speech;

/// <summary>How far a translation can be trusted; a lower value is worse.</summary>
public enum TranslationQuality
{
    /// <summary>The gist, word by word in the target's order: a person should read it before it is published.</summary>
    Draft,

    /// <summary>What the engine's authors release for use.</summary>
    Standard,
}
