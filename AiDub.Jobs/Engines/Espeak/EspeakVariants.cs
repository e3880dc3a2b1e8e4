using AiDub.Domain.Speakers;

namespace AiDub.Jobs.Engines.Espeak;

/// <summary>How eSpeak's variants sound.</summary>
/// <remarks>
/// Median pitches as <see cref="SegmentVoice"/> measures them, the middle of nine European voices; between those they differ by 3 Hz at
/// most. Variants m2, m5, m6 and f5 are not offered: they cannot be told from the voice itself, or from f2. They may be asked for by name.
/// </remarks>
internal static class EspeakVariants
{
    private static readonly OfferedVoice[] Known =
    [
        new("", 102, Gender.Male), new("m1", 94, Gender.Male),
        new("m3", 107, Gender.Male), new("m4", 95, Gender.Male), new("m7", 108, Gender.Male),
        new("m8", 86, Gender.Male), new("f1", 181, Gender.Female),
        new("f2", 197, Gender.Female), new("f3", 212, Gender.Female), new("f4", 180, Gender.Female),
    ];

    /// <summary>A voice with each of the variants that are installed, itself first.</summary>
    /// <param name="voice">By eSpeak's name, with or without a variant.</param>
    /// <param name="installed">The variants that there are.</param>
    public static IReadOnlyList<OfferedVoice> Of(string voice, IReadOnlySet<string> installed)
    {
        var plain = voice.Split('+')[0];
        var offered = Known.Where(v => v.Name.Length == 0 || installed.Contains(v.Name))
            .Select(v => v with { Name = v.Name.Length == 0 ? plain : $"{plain}+{v.Name}" }).ToList();
        var own = offered.Find(v => v.Name == voice) ?? new OfferedVoice(voice, null, null);
        return [own, .. offered.Where(v => v != own)];
    }
}
