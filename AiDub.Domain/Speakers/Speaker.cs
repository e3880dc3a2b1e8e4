namespace AiDub.Domain.Speakers;

/// <summary>Whether a voice sounds like a man's or a woman's: a guess by pitch, for choosing a voice.</summary>
public enum Gender
{
    /// <summary>A pitch below <see cref="Speaker.FemaleFromHz"/>.</summary>
    Male,

    /// <summary>A pitch of <see cref="Speaker.FemaleFromHz"/> or more.</summary>
    Female,
}

/// <summary>Somebody who speaks in a source.</summary>
/// <param name="Id"><c>S1</c>, <c>S2</c> … in the order in which they first speak.</param>
/// <param name="PitchHz">The median pitch in Hz; null when no pitch could be measured.</param>
/// <param name="Gender">A guess by pitch; null without one.</param>
/// <param name="Segments">How many segments they speak.</param>
public sealed record Speaker(string Id, double? PitchHz, Gender? Gender, int Segments)
{
    /// <summary>
    /// The pitch from which a voice is taken for a woman's, in Hz: midway between the means of men (about 120) and women (about 210) on a
    /// logarithmic scale, where their ranges of 85–180 and 165–255 meet (Titze, Principles of Voice Production, 1994).
    /// </summary>
    public const double FemaleFromHz = 160;

    /// <summary>The gender that a pitch suggests.</summary>
    public static Gender? GenderOf(double? pitchHz) =>
        pitchHz is not { } hertz ? null : hertz >= FemaleFromHz ? Speakers.Gender.Female : Speakers.Gender.Male;
}

/// <summary>Who speaks in a source, and when.</summary>
/// <param name="Speakers">In the order in which they first speak; empty when nobody does.</param>
/// <param name="Segments">The id of the speaker of every segment of the transcript.</param>
public sealed record SpeakerMap(IReadOnlyList<Speaker> Speakers, IReadOnlyList<string> Segments)
{
    /// <summary>The map of a transcript.</summary>
    /// <param name="prints">The voice of every segment; null where none was found.</param>
    /// <param name="known">The speaker of every segment as the recogniser heard them, by names of its own; null where it does not say.</param>
    /// <remarks>Where the recogniser names a speaker for every segment it is believed; else the voices are compared.</remarks>
    public static SpeakerMap Of(IReadOnlyList<VoicePrint?> prints, IReadOnlyList<string?> known)
    {
        var labels = known.All(k => k is not null) ? Numbered(known) : SpeakerGrouping.Group(prints);
        var speakers = labels.Zip(prints).GroupBy(pair => pair.First).OrderBy(g => g.Key).Select(g =>
        {
            var pitch = Median([.. g.Select(pair => pair.Second).OfType<VoicePrint>()]);
            return new Speaker(Id(g.Key), pitch, Speaker.GenderOf(pitch), g.Count());
        });
        return new SpeakerMap([.. speakers], [.. labels.Select(Id)]);
    }

    private static string Id(int number) => FormattableString.Invariant($"S{number + 1}");

    private static IReadOnlyList<int> Numbered(IReadOnlyList<string?> names)
    {
        var numbers = new Dictionary<string, int>();
        return [.. names.Select(name => numbers.TryAdd(name!, numbers.Count) ? numbers.Count - 1 : numbers[name!])];
    }

    // Each segment's median counts as long as it is voiced.
    private static double? Median(IReadOnlyList<VoicePrint> prints)
    {
        var (half, sum) = (prints.Sum(p => p.VoicedSeconds) / 2, 0.0);
        foreach (var print in prints.OrderBy(p => p.PitchHz))
        {
            sum += print.VoicedSeconds;
            if (sum >= half)
                return Math.Round(print.PitchHz, 1);
        }
        return null;
    }
}
