namespace AiDub.Jobs.Engines.Apertium.Pairs;

/// <summary>An Indonesian verb with the three forms that translation needs.</summary>
/// <param name="Active">With its active prefix: <c>membaca</c>.</param>
/// <param name="Root">Without: <c>baca</c>; a command says this. The active form itself for verbs that lose nothing, such as <c>pergi</c>
/// and <c>bekerja</c>.</param>
internal sealed record IndonesianVerb(string Active, string Root)
{
    /// <summary>The passive: <c>dibaca</c>; verbs with <c>ber-</c> or <c>ter-</c> have none and keep their form.</summary>
    public string Passive =>
        Active.StartsWith("ber", StringComparison.Ordinal) || Active.StartsWith("ter", StringComparison.Ordinal) ? Active : "di" + Root;

    /// <summary>
    /// The verb of an active form, its root found by the rules of the prefix <c>meN-</c>, which swallows an initial p, t, s or k.
    /// </summary>
    /// <remarks>
    /// Sneddon, Indonesian: A Comprehensive Grammar, 1.4. <c>meng-</c> before a vowel may hide a k, and <c>mem-</c>, <c>men-</c> before a
    /// vowel may hide nothing: such verbs name their root.
    /// </remarks>
    public static IndonesianVerb Of(string active) => new(active, RootOf(active));

    private static string RootOf(string active)
    {
        if (active.Contains(' ') || active.Length < 5)
            return active;
        foreach (var (prefix, swallowed, kept) in Prefixes)
        {
            if (!active.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var rest = active[prefix.Length..];
            return IsVowel(rest[0]) ? swallowed + rest : kept.Contains(rest[0]) ? rest : active;
        }
        return active;
    }

    private static readonly (string Prefix, string Swallowed, string Kept)[] Prefixes =
    [
        ("menge", "e", "cltpb"), ("meng", "", "ghkx"), ("meny", "s", ""),
        ("mem", "p", "bfpv"), ("men", "t", "cdjstz"), ("me", "", "lmnrwy"),
    ];

    private static bool IsVowel(char c) => "aeiou".Contains(c);
}
