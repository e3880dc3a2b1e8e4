using System.Text.RegularExpressions;

namespace AiDub.Domain.Speakers;

/// <summary>
/// The voices that a user chose: by speaker (<c>S2</c>), by gender (<c>female</c>, <c>male</c>), or for all (<c>*</c>); the most exact
/// counts.
/// </summary>
public static partial class VoiceChoices
{
    /// <summary>How many choices a dub may have.</summary>
    public const int MaxCount = 32;

    /// <summary>How long a voice's name may be, in characters.</summary>
    public const int MaxNameLength = 100;

    /// <summary>In place of a voice's name: the speaker's own, where an engine can make one of a recording.</summary>
    public const string Clone = "clone";

    private const string All = "*";

    /// <summary>Whether choices have the right names, and voices that could be an engine's.</summary>
    public static bool AreValid(IReadOnlyDictionary<string, string> choices) =>
        choices.Count is > 0 and <= MaxCount
        && choices.All(c => Who().IsMatch(c.Key) && c.Value.Length is > 0 and <= MaxNameLength && !c.Value.Any(char.IsControl));

    /// <summary>What was chosen for a speaker; null when nothing was.</summary>
    public static string? For(Speaker speaker, IReadOnlyDictionary<string, string>? choices) =>
        choices?.GetValueOrDefault(speaker.Id) ?? choices?.GetValueOrDefault(NameOf(speaker.Gender)) ?? choices?.GetValueOrDefault(All);

    /// <summary>Whether somebody is to speak in their own voice.</summary>
    public static bool AskClones(IReadOnlyDictionary<string, string>? choices) => choices?.Values.Contains(Clone) == true;

    /// <summary>The choices that name a voice; null when none does.</summary>
    public static IReadOnlyDictionary<string, string>? Named(IReadOnlyDictionary<string, string>? choices) =>
        AskClones(choices) ? choices!.Where(c => c.Value != Clone).ToDictionary(c => c.Key, c => c.Value) : choices;

    /// <summary>The choices that are for nobody who speaks, in order.</summary>
    public static IReadOnlyList<string> Unused(IReadOnlyList<Speaker> speakers, IReadOnlyDictionary<string, string>? choices)
    {
        var used = speakers.SelectMany(s => new[] { s.Id, NameOf(s.Gender), All }).ToHashSet();
        return [.. (choices?.Keys ?? []).Where(key => !used.Contains(key)).Order(StringComparer.Ordinal)];
    }

    private static string NameOf(Gender? gender) => gender switch { Gender.Female => "female", Gender.Male => "male", _ => All };

    [GeneratedRegex(@"^(S[1-9][0-9]{0,2}|female|male|\*)\z", RegexOptions.NonBacktracking)]
    private static partial Regex Who();
}
