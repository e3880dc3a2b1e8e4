using System.Globalization;
using System.Text.RegularExpressions;
using AiDub.Domain.Languages;
using AiDub.Domain.Speakers;

namespace AiDub.Jobs.Engines.Espeak;

/// <summary>The voices that are installed, by language, and the variants that change how each sounds.</summary>
internal sealed partial class EspeakVoices
{
    private const int NotListed = 100;
    private readonly Dictionary<string, string[]> _byLanguage;
    private readonly Dictionary<string, string> _files;
    private readonly HashSet<string> _variants;

    private EspeakVoices(Dictionary<string, string[]> byLanguage, Dictionary<string, string> files, HashSet<string> variants) =>
        (_byLanguage, _files, _variants) = (byLanguage, files, variants);

    /// <summary>The languages spoken, as ISO 639-1.</summary>
    public IReadOnlySet<string> Languages => _byLanguage.Keys.ToHashSet();

    /// <summary>
    /// Reads the output of <c>espeak-ng --voices</c> and <c>espeak-ng --voices=variant</c>; lines that are no voice are passed over.
    /// </summary>
    public static EspeakVoices Parse(string voices, string variants)
    {
        var byLanguage = Lines(voices).SelectMany(Offers)
            .GroupBy(o => o.Language)
            .ToDictionary(
                g => g.Key,
                g => g.OrderBy(o => o.Rank).ThenBy(o => o.Voice, StringComparer.Ordinal).Select(o => o.Voice).Distinct().ToArray());
        var files = Lines(voices).GroupBy(v => v.Groups["language"].Value).ToDictionary(g => g.Key, g => g.First().Groups["file"].Value);
        return new EspeakVoices(byLanguage, files, Lines(variants).Select(v => v.Groups["file"].Value.Split('/')[^1]).ToHashSet());
    }

    /// <summary>The voice for a language by its eSpeak name.</summary>
    /// <param name="language">ISO 639-1.</param>
    /// <param name="wanted">A voice of that language, with or without a variant (<c>es-419+f3</c>); null for the language's own.</param>
    /// <param name="region">The region whose accent is wanted when no voice is: <c>BR</c> finds <c>pt-br</c>.</param>
    /// <returns>Null when there is none, or none by that name.</returns>
    public string? Find(string language, string? wanted, string? region = null)
    {
        if (!_byLanguage.TryGetValue(language, out var voices))
            return null;
        if (wanted is null)
            return voices.FirstOrDefault(v => string.Equals(v, $"{language}-{region}", StringComparison.OrdinalIgnoreCase)) ?? voices[0];
        var parts = wanted.Split('+');
        return voices.Contains(parts[0]) && (parts.Length == 1 || (parts.Length == 2 && _variants.Contains(parts[1]))) ? wanted : null;
    }

    /// <summary>The voices to choose from for a language, the one that <see cref="Find"/> finds first; none where it finds none.</summary>
    public IReadOnlyList<OfferedVoice> Offer(string language, string? wanted, string? region = null) =>
        Find(language, wanted, region) is { } voice ? EspeakVariants.Of(voice, _variants) : [];

    /// <summary>
    /// What eSpeak is to be asked for to speak with a voice: some voices (<c>fr-fr</c>) forget their variant unless named by their file.
    /// </summary>
    public string FileOf(string voice) =>
        voice.Split('+') is [var plain, var variant] ? $"{_files.GetValueOrDefault(plain, plain)}+{variant}" : voice;

    private static IEnumerable<Match> Lines(string listing) => listing.Split('\n').Select(l => Line().Match(l)).Where(m => m.Success);

    // A voice speaks the language it is named for and those listed beside it with a number, lower being better: "fr-fr … (fr 5)".
    private static IEnumerable<(string Language, int Rank, string Voice)> Offers(Match line)
    {
        var voice = line.Groups["language"].Value;
        if (LanguageCode.TryParse(voice, out var own))
            yield return (own, own == voice ? 0 : NotListed, voice);
        foreach (Match other in Other().Matches(line.Groups["others"].Value))
        {
            if (LanguageCode.TryParse(other.Groups["language"].Value, out var code))
                yield return (code, int.Parse(other.Groups["rank"].Value, CultureInfo.InvariantCulture), voice);
        }
    }

    //  5  fr-fr           --/M      French_(France)    roa/fr               (fr 5)
    [GeneratedRegex(@"^\s*\d+\s+(?<language>[A-Za-z0-9-]+)\s+\S+\s+\S+\s+(?<file>\S+)\s*(?<others>(\(.*\))?)\s*$",
        RegexOptions.NonBacktracking)]
    private static partial Regex Line();

    [GeneratedRegex(@"\((?<language>[A-Za-z0-9-]+) (?<rank>\d{1,3})\)", RegexOptions.NonBacktracking)]
    private static partial Regex Other();
}
