using System.Xml.Linq;

namespace AiDub.Jobs.Engines.Apertium.Pairs;

/// <summary>Writes a pair's words as dictionaries of lttoolbox.</summary>
internal static class PairDictionaries
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Numbers = "[0-9.,:%]+";
    private static readonly string[] Sentence = [".", "?", "!", ":", ";"];
    private static readonly (string Text, string Tag)[] Signs =
    [
        (",", "cm"), ("-", "guio"), ("(", "lpar"), (")", "rpar"), ("'", "apos"), ("¿", "lquest"),
    ];

    /// <summary>English with Indonesian.</summary>
    public static XDocument Bilingual(PairLexicon lexicon) => Dictionary([
        .. lexicon.Words.Select(w => Pair(Word(w.Source), Word(w.Target))),
        .. lexicon.Verbs.Select(v => Pair(Word(new(v.Lemma, ["vblex"])), Word(new(v.Target.Active, ["vblex"])))),
        .. ActionNouns(lexicon).Select(v => Pair(Word(new(v.Verb, ["n"])), Word(new(v.Target.Active, ["n"])))),
        .. Sentence.Select(s => Pair(Word(new(s, ["sent"])), Word(new(s, ["sent"])))),
        .. Signs.Select(s => Pair(Word(new(s.Text, [s.Tag])), Word(new(s.Text, ["cm"])))),
        new XElement("e", new XElement("re", Numbers), Pair(Word(new("", ["num"])), Word(new("", ["num"]))).Elements()),
    ]);

    /// <summary>Indonesian forms of every lemma that <see cref="Bilingual"/> or a transfer file can send out.</summary>
    /// <param name="lexicon">The words.</param>
    /// <param name="transfer">The transfer files: their literals, and the list <c>doubled</c> of nouns whose plural is said twice.</param>
    public static XDocument Generator(PairLexicon lexicon, IReadOnlyList<XDocument> transfer)
    {
        var doubled = transfer.Descendants("def-list").Where(l => (string?)l.Attribute("n") == "doubled")
            .Descendants("list-item").Select(i => (string)i.Attribute("v")!).ToHashSet();
        var forms = lexicon.Words.SelectMany(w => Forms(w.Target, doubled))
            .Concat(lexicon.Verbs.SelectMany(v => Forms(v.Target)))
            .Concat(ActionNouns(lexicon).Select(v => (Form: v.Target.Active, Lemma: new TaggedLemma(v.Target.Active, ["n", "sg"]))))
            .Concat(Literals(transfer).Select(l => (Form: l.Lemma, Lemma: l)))
            .Concat(Sentence.Select(s => (Form: s, Lemma: new TaggedLemma(s, ["sent"]))))
                .Concat(Signs.Select(s => (Form: s.Text, Lemma: new TaggedLemma(s.Text, ["cm"]))))
            .DistinctBy(f => f.Lemma.Lemma + "<" + string.Join('<', f.Lemma.Tags));
        return Dictionary([
            .. forms.Select(f => Pair(Text(f.Form), Word(f.Lemma))),
            new XElement("e", new XElement("re", Numbers), Pair([], Word(new("", ["num"]))).Elements()),
        ]);
    }

    /// <summary>The lemmas of several words, for the analyser: it takes the longest match, so they go before their words.</summary>
    public static XDocument Phrases(PairLexicon lexicon) => Dictionary(
        lexicon.Words.Where(w => w.Source.Lemma.Contains(' ') && !w.Source.Lemma.Contains('#')).SelectMany(w => w.Source.Tags is ["n"]
            ? [
                Pair(Text(w.Source.Lemma), Word(w.Source with { Tags = ["n", "sg"] })),
                Pair(Text(w.Source.Lemma + "s"), Word(w.Source with { Tags = ["n", "pl"] }))]
            : (XElement[])[Pair(Text(w.Source.Lemma), Word(w.Source))]));

    /// <summary>Verbs with their particles, which stand behind the verb and become one word with it.</summary>
    public static XDocument Separable(PairLexicon lexicon) => Dictionary(
        lexicon.Verbs.Where(v => v.Particles.Count > 0).SelectMany(v => Readings(v.Particles).Select(particles => new XElement("e",
            new XElement("i", Text(v.Verb)),
            Pair([], Text(v.Lemma[v.Verb.Length..])).Elements(),
            new XElement("i", Tag("vblex"), new XElement("t"), new XElement("d")),
            Pair([.. particles.SelectMany(p => (object[])[.. Word(p), new XElement("d")])], []).Elements()))), "separable");

    // The tagger takes many a verb for the noun of the same letters; said as the verb it is understood.
    private static IEnumerable<VerbPair> ActionNouns(PairLexicon lexicon)
    {
        var nouns = lexicon.Words.Where(w => w.Source.Tags[0] == "n").Select(w => w.Source.Lemma).ToHashSet();
        return lexicon.Verbs.Where(v => v.Particles.Count == 0 && !nouns.Contains(v.Verb));
    }

    private static IEnumerable<TaggedLemma[]> Readings(IEnumerable<IReadOnlyList<TaggedLemma>> particles) =>
        particles.Aggregate<IReadOnlyList<TaggedLemma>,
        IEnumerable<TaggedLemma[]>>([[]], (all, next) => all.SelectMany(a => next.Select(n => (TaggedLemma[])[.. a, n])));

    private static IEnumerable<(string Form, TaggedLemma Lemma)> Forms(TaggedLemma word, HashSet<string> doubled)
    {
        if (word.Tags is not ["n"])
            return [(word.Lemma, word)];
        var singular = (word.Lemma, word with { Tags = ["n", "sg"] });
        return doubled.Contains(word.Lemma) ? [singular, ($"{word.Lemma}-{word.Lemma}", word with { Tags = ["n", "pl"] })] : [singular];
    }

    private static IEnumerable<(string Form, TaggedLemma Lemma)> Forms(IndonesianVerb verb) =>
        [
            (verb.Active, new(verb.Active, ["vblex", "act"])),
            (verb.Passive, new(verb.Active, ["vblex", "pas"])),
            (verb.Root, new(verb.Active, ["vblex", "imp"]))];

    private static IEnumerable<TaggedLemma> Literals(IEnumerable<XDocument> transfer) =>
        from tag in transfer.Descendants("lit-tag")
        let lemma = tag.PreviousNode as XElement
        where lemma?.Name == "lit"
        select new TaggedLemma((string)lemma.Attribute("v")!, ((string)tag.Attribute("v")!).Split('.'));

    private static XDocument Dictionary(IEnumerable<XElement> entries, string type = "sequential")
    {
        var all = entries.ToList();
        var tags = all.Descendants("s").Select(s => (string)s.Attribute("n")!).Distinct().Order(StringComparer.Ordinal);
        return new XDocument(new XElement("dictionary", new XAttribute("type", type),
            new XElement("alphabet", Letters),
            new XElement("sdefs", tags.Select(t => new XElement("sdef", new XAttribute("n", t)))),
            new XElement("section", new XAttribute("id", "eng-ind"), new XAttribute("type", "standard"), all)));
    }

    private static XElement Pair(IEnumerable<object> left, IEnumerable<object> right) =>
        new("e", new XElement("p", new XElement("l", left), new XElement("r", right)));

    private static object[] Word(TaggedLemma word) => [.. Text(word.Lemma), .. word.Tags.Select(Tag)];

    private static XElement Tag(string name) => new("s", new XAttribute("n", name));

    // Spaces are blanks; what follows a # is the part of a lemma that does not inflect.
    private static object[] Text(string text)
    {
        var parts = text.Split('#', 2);
        return parts.Length == 2 ? [.. Text(parts[0]), new XElement("g", Text(parts[1]))] : [.. Blanks(text)];
    }

    private static IEnumerable<object> Blanks(string text)
    {
        var words = text.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            if (i > 0)
                yield return new XElement("b");
            if (words[i].Length > 0)
                yield return words[i];
        }
    }
}
