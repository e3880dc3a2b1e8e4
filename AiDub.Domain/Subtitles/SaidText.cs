using AiDub.Domain.Speech;
using AiDub.Domain.Subtitles.Reading;

namespace AiDub.Domain.Subtitles;

/// <summary>What is said of a text, and what subtitles show of it.</summary>
/// <param name="Said">Without sound descriptions such as <c>[Música]</c>; empty when there is nothing else.</param>
/// <param name="Caption">All of it, where that is more than is said; else null.</param>
public readonly record struct SaidText(string Said, string? Caption)
{
    /// <summary>Reads a text as a person wrote it.</summary>
    public static SaidText Of(string text)
    {
        var said = OneLine(SoundDescriptions.Said(text, areAsidesSounds: false));
        return said == OneLine(text) ? new SaidText(text, null) : new SaidText(said, text);
    }

    /// <summary>Lines as one, spaces between them where their script has any.</summary>
    internal static string OneLine(string text) => Prose.Join(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
