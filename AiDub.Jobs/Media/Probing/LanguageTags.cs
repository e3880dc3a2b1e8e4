using AiDub.Domain.Languages;

namespace AiDub.Jobs.Media.Probing;

/// <summary>The languages that containers tag their streams with.</summary>
internal static class LanguageTags
{
    /// <summary>
    /// What a container's tag becomes in another one: three letters, as all of them know; null when it names no language.
    /// </summary>
    public static string? OfStream(string? tag)
    {
        var primary = tag?.Split('-', '_')[0].ToLowerInvariant();
        return primary switch
        {
            { Length: 3 } when primary.All(char.IsAsciiLetterLower) => primary == LanguageCode.Undetermined ? null : primary,
            { Length: 2 } when LanguageCode.TryParse(primary, out var code) =>
                LanguageCode.ToIso6392(code) is var three and not LanguageCode.Undetermined ? three : null,
            _ => null,
        };
    }
}
