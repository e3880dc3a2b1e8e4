using AiDub.Domain.Speech;
using AiDub.Jobs.Engines.Apertium;

namespace AiDub.Tests.Jobs.Engines.Apertium;

public sealed class DirectionGraphTests
{
    // Recorded from apertium -l, with some more pairs that Debian has.
    private const string Listing = """
          cat-eng
          cat-eng_US
          eco-es-fr
          eng-cat
          eng-cat_valencia_uni
          eng-spa
          es-fr
          es-pt
          es-pt_BR
          fr-es
          ita-spa
          pt-es
          spa-arg
          spa-eng
          spa-ita
          swe-nor
          nno-nob
        """;

    private static readonly DirectionGraph Graph = DirectionGraph.Parse(new DirectionListing(Listing));

    [TestCase("en", "es", "eng-spa")]
    [TestCase("en", "pt", "eng-spa es-pt")]
    [TestCase("en", "fr", "eng-spa es-fr")]
    [TestCase("it", "ca", "ita-spa spa-eng eng-cat")]
    [TestCase("ca", "en", "cat-eng")]
    [TestCase("nn", "nb", "nno-nob")]
    public void The_route_is_the_shortest(string from, string to, string modes) =>
        Assert.That(Graph.Route(from, to, 3)?.Select(d => d.Mode), Is.EqualTo(modes.Split(' ')));

    [TestCase("en", "en", 3)]
    [TestCase("en", "id", 3)]
    [TestCase("xx", "es", 3)]
    [TestCase("en", "pt", 1)]
    [TestCase("it", "ca", 2)]
    public void There_may_be_none(string from, string to, int hops) =>
        Assert.That(Graph.Route(from, to, hops)?.Select(d => d.Mode), Is.Null);

    [Test]
    public void Targets_leave_out_the_start() =>
        Assert.That(Graph.Targets("fr", 2), Is.EquivalentTo((string[])["es", "pt", "en", "it", "an"]));

    [Test]
    public void A_variant_serves_where_there_is_nothing_plain() =>
        Assert.That(
            DirectionGraph.Parse(new DirectionListing("es-pt_PT\nes-pt_BR")).Route("es", "pt", 1)?.Single().Mode, Is.EqualTo("es-pt_BR"));

    [TestCase("en", "pt", "BR", "eng-spa es-pt_BR")]
    [TestCase("en", "pt", "PT", "eng-spa es-pt")]
    [TestCase("en", "pt", null, "eng-spa es-pt")]
    public void A_region_is_followed_by_the_last_direction_that_knows_it(string from, string to, string? region, string modes) =>
        Assert.That(Graph.Route(from, to, 3, region)?.Select(d => d.Mode), Is.EqualTo(modes.Split(' ')));

    [Test]
    public void A_draft_serves_only_where_nothing_better_does()
    {
        var graph = DirectionGraph.Parse(
            new DirectionListing("eng-ind\neng-spa", "/drafts", TranslationQuality.Draft), new DirectionListing("eng-spa"));
        Assert.That(
            graph.Route("en", "id", 1)?.Single(), Is.EqualTo(new Direction("eng-ind", "en", "id", "/drafts", TranslationQuality.Draft)));
        Assert.That(graph.Route("en", "es", 1)?.Single(), Is.EqualTo(new Direction("eng-spa", "en", "es")));
    }

    [Test]
    public void Languages_without_two_letters_are_passed_over() =>
        Assert.That(DirectionGraph.Parse(new DirectionListing("spa-ast\nfrp-fra\n\ngarbage")).IsEmpty);
}
