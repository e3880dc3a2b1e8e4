using AiDub.Domain.Languages;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines;

namespace AiDub.Api.Languages;

/// <summary>Which languages can be dubbed, and by which engines.</summary>
internal sealed record LanguagesAnswer
{
    /// <summary>The languages that can be spoken in the video (<c>from_lang</c>), in order of <c>lang</c>.</summary>
    public required IReadOnlyList<SourceLanguageAnswer> Sources { get; init; }

    /// <summary>The languages that it can be dubbed into (<c>to_lang</c>), in order of <c>lang</c>.</summary>
    public required IReadOnlyList<TargetLanguageAnswer> Targets { get; init; }

    /// <summary>The answer for what the engines can do.</summary>
    /// <param name="catalogue">What they can do.</param>
    /// <param name="advice">The command that would do better for a target, for whom it is to tell; null: there is none.</param>
    public static LanguagesAnswer Of(LanguageCatalogue catalogue, Func<TargetLanguage, string?> advice) => new()
    {
        Sources = [.. catalogue.Sources.Select(s => new SourceLanguageAnswer(s.Recognizers).Named(s.Code))],
        Targets = [.. catalogue.Targets.Select(t => new TargetLanguageAnswer(
            t.From.Select(f => f.Quality).Max().ToWire(),
            [.. t.From.Select(f => new TranslationAnswer(f.Code, f.Translators, f.Quality.ToWire()))],
            t.Synthesizers,
            advice(t)).Named(t.Code))],
    };
}

/// <summary>A language by its names.</summary>
internal abstract record LanguageAnswer
{
    /// <summary>ISO 639-1, such as <c>id</c>.</summary>
    public string Lang { get; init; } = "";

    /// <summary>Its English name: <c>Indonesian</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its name in itself: <c>Indonesia</c>, <c>español</c>, <c>العربية</c>.</summary>
    public string NativeName { get; init; } = "";

    /// <summary>The script it is written in, as ISO 15924: <c>Latn</c>, <c>Arab</c>, <c>Jpan</c>.</summary>
    public string Script { get; init; } = "";

    /// <summary><c>ltr</c> or <c>rtl</c>: where its lines begin.</summary>
    public string Direction { get; init; } = "";
}

/// <summary>A language that can be recognised.</summary>
/// <param name="Recognizers">The engines that do, in order of preference.</param>
internal sealed record SourceLanguageAnswer(IReadOnlyList<string> Recognizers) : LanguageAnswer;

/// <summary>A language that can be dubbed into.</summary>
/// <param name="Quality">
/// <c>standard</c>, or <c>draft</c> where a person should read the translation before it is published; the best of <c>from</c>.
/// </param>
/// <param name="From">What it can be dubbed from.</param>
/// <param name="Synthesizers">The engines that speak it, in order of preference.</param>
/// <param name="BetterBy">
/// Without <c>Auth:Jwt</c>, where who asks runs the service: the one command that brings better engines for it; absent when none would.
/// </param>
internal sealed record TargetLanguageAnswer(
    string Quality, IReadOnlyList<TranslationAnswer> From, IReadOnlyList<string> Synthesizers, string? BetterBy) : LanguageAnswer;

/// <summary>How a language becomes another.</summary>
/// <param name="Lang">The source language as ISO 639-1.</param>
/// <param name="Translators">The engines that translate, in order of preference; none when source and target are one language.</param>
/// <param name="Quality"><c>draft</c> or <c>standard</c>.</param>
internal sealed record TranslationAnswer(string Lang, IReadOnlyList<string> Translators, string Quality);

/// <summary>Fills in what the culture data know of a language.</summary>
internal static class LanguageNaming
{
    public static T Named<T>(this T answer, string code)
        where T : LanguageAnswer
    {
        var writing = WritingSystem.Of(code);
        return answer with
        {
            Lang = code,
            Name = LanguageCode.EnglishName(code),
            NativeName = LanguageCode.NativeName(code),
            Script = writing.Script,
            Direction = writing.IsRightToLeft ? "rtl" : "ltr",
        };
    }

    public static string ToWire(this TranslationQuality quality) => quality == TranslationQuality.Draft ? "draft" : "standard";
}
