using System.Text.RegularExpressions;

namespace AiDub.Jobs.Engines.Apertium.Pairs;

/// <summary>A word and its translation, in Apertium's notation: a lemma followed by tags in angle brackets.</summary>
/// <param name="Source">The English lemma with the first of the analyser's tags: <c>my&lt;det&gt;&lt;pos&gt;</c>.</param>
/// <param name="Target">The Indonesian lemma with its tag: <c>saya&lt;det&gt;</c>.</param>
internal sealed record WordPair(TaggedLemma Source, TaggedLemma Target);

/// <summary>A lemma with tags.</summary>
internal sealed record TaggedLemma(string Lemma, string[] Tags)
{
    /// <summary>Reads <c>my&lt;det&gt;&lt;pos&gt;</c>.</summary>
    /// <exception cref="FormatException">It is not written so.</exception>
    public static TaggedLemma Parse(string text)
    {
        var lemma = text.Split('<')[0];
        if (lemma.Length == 0 || !text.EndsWith('>') && lemma.Length != text.Length)
            throw new FormatException($"'{text}' is no lemma with tags.");
        return new TaggedLemma(lemma, text[lemma.Length..].Split(['<', '>'], StringSplitOptions.RemoveEmptyEntries));
    }
}

/// <summary>An English verb of one word or with particles, each with the readings it may have.</summary>
/// <param name="Verb">The verb itself.</param>
/// <param name="Particles">What follows it: a word and its tags; none for a plain verb.</param>
/// <param name="Target">What it is in Indonesian.</param>
internal sealed record VerbPair(string Verb, IReadOnlyList<IReadOnlyList<TaggedLemma>> Particles, IndonesianVerb Target)
{
    /// <summary>The lemma that stands for verb and particles: <c>look# for</c>.</summary>
    public string Lemma => Particles.Count == 0 ? Verb : $"{Verb}# {string.Join(' ', Particles.Select(p => p[0].Lemma))}";
}

/// <summary>The words of a pair: those written by hand, and where they say nothing those of a dictionary.</summary>
internal sealed partial class PairLexicon
{
    private static readonly string[] ParticleTags = ["adv", "pr"];

    private PairLexicon(IReadOnlyList<WordPair> words, IReadOnlyList<VerbPair> verbs) => (Words, Verbs) = (words, verbs);

    /// <summary>Everything but verbs, no source twice.</summary>
    public IReadOnlyList<WordPair> Words { get; }

    /// <summary>Verbs, no lemma twice.</summary>
    public IReadOnlyList<VerbPair> Verbs { get; }

    /// <summary>Reads the tables (tab-separated, <c>#</c> begins a comment line) and adds the dictionary's entries behind them.</summary>
    /// <exception cref="FormatException">A line of a table is not of its form; the message has the line.</exception>
    public static PairLexicon Build(IEnumerable<string> words, IEnumerable<string> verbs, IEnumerable<FreedictEntry> dictionary)
    {
        var entries = dictionary.ToList();
        var pairs = Rows(words).Select(Word).Concat(entries.Select(Word).OfType<WordPair>())
            .DistinctBy(p => p.Source.Lemma + string.Concat(p.Source.Tags.Select(t => $"<{t}>")));
        var actions = Rows(verbs).Select(Verb)
            .Concat(entries.Where(e => e.Kind == "v" && Plain().IsMatch(e.Headword)).Select(e =>
                new VerbPair(e.Headword, [], IndonesianVerb.Of(e.Translation))))
            .DistinctBy(v => v.Lemma);
        return new PairLexicon([.. pairs], [.. actions]);
    }

    private static IEnumerable<string[]> Rows(IEnumerable<string> lines) =>
        lines.Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t'));

    private static WordPair Word(string[] row) => row is [var source, var target]
        ? new WordPair(TaggedLemma.Parse(source), TaggedLemma.Parse(target))
        : throw new FormatException($"A word has two columns, not: {string.Join(" | ", row)}");

    private static WordPair? Word(FreedictEntry entry)
    {
        var (source, target) = entry.Kind switch
        {
            "n" => ("n", "n"),
            "adj" => ("adj", "adj"),
            "adv" => ("adv", "adv"),
            "pn" => ("np", "np"),
            "interjection" => ("ij", "ij"),
            _ => ("", ""),
        };
        return source.Length == 0 || !Speakable().IsMatch(entry.Headword) ? null
            : new WordPair(new TaggedLemma(entry.Headword, [source]), new TaggedLemma(entry.Translation, [target]));
    }

    private static VerbPair Verb(string[] row)
    {
        if (row.Length is not (2 or 3))
            throw new FormatException($"A verb has two or three columns, not: {string.Join(" | ", row)}");
        var parts = row[0].Split(' ').Select(TaggedLemma.Parse).ToArray();
        var particles = parts.Skip(1)
            .Select(p => p.Tags.Length > 0 ? [p] : ParticleTags.Select(t => new TaggedLemma(p.Lemma, [t])).ToArray());
        return new VerbPair(
            parts[0].Lemma, [.. particles], row.Length == 3 ? new IndonesianVerb(row[1], row[2]) : IndonesianVerb.Of(row[1]));
    }

    [GeneratedRegex(@"^[a-z]+$", RegexOptions.NonBacktracking)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^[A-Za-z'-]+( [A-Za-z'-]+){0,2}$", RegexOptions.NonBacktracking)]
    private static partial Regex Speakable();
}
