namespace AiDub.Domain.Errors;

/// <summary>What a failure or a warning is about, and so who can do something about it.</summary>
public enum CodeKind
{
    /// <summary>Where the source is fetched from, and what arrives of it.</summary>
    Source,

    /// <summary>What is in the source's file.</summary>
    Media,

    /// <summary>What is said: the texts and voices that were given, and whether they fit.</summary>
    Text,

    /// <summary>The engines, and the languages that they can do.</summary>
    Engine,

    /// <summary>This service and the machine that it runs on.</summary>
    Service,
}
