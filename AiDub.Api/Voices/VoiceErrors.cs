using AiDub.Api.Errors;
using AiDub.Api.Wire;

namespace AiDub.Api.Voices;

/// <summary>The error bodies that are about voices.</summary>
internal static class VoiceErrors
{
    /// <summary>No engine speaks the language.</summary>
    public static ErrorBody NoEngine { get; } = Refusal.Of(ErrorCodes.ToLangUnsupported, "no engine here speaks this language");

    /// <summary>The language has no such voice.</summary>
    public static ErrorBody NoVoice { get; } =
        Refusal.Of(ErrorCodes.VoiceInvalid, "voice is not one that the engine has for this language");

    /// <summary>The text is too long or silent.</summary>
    public static ErrorBody BadText { get; } =
        Refusal.Of(ErrorCodes.TextInvalid, "text is too long to be heard here, or there is nothing to say in it");

    /// <summary>The user has as many voices speaking as may be.</summary>
    public static ErrorBody TooMany { get; } =
        Refusal.Of(ErrorCodes.TooManyPreviews, "too many voices at a time; wait until one is answered");
}
