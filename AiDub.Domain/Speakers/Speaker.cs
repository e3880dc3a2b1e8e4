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
