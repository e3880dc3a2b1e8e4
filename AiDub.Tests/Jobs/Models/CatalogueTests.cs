using AiDub.Domain.Languages;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Models;
using AiDub.Tests.Jobs.Engines;

namespace AiDub.Tests.Jobs.Models;

/// <summary>The catalogue that this version carries says of every model all that it takes to bring and use it.</summary>
public sealed class CatalogueTests
{
    private static readonly ModelCatalogue Catalogue = ModelCatalogue.Carried;

    public static IEnumerable<CatalogueModel> Models => Catalogue.Models;

    [TestCaseSource(nameof(Models))]
    public void A_model_is_described(CatalogueModel model)
    {
        Assert.That(model.Repository, Does.Match("^[\\w.-]+/[\\w.-]+$"));
        Assert.That(new[] { model.Name, model.Stage, model.Engine, model.Revision, model.Licence, model.Improves }, Has.All.Not.Empty);
        Assert.That(model.Languages is ["*"] || model.Languages.All(l => LanguageCode.TryParse(l, out var code) && code == l), Is.True);
        Assert.That(model.Files, Is.Not.Empty);
        Assert.That(model.Files.Select(f => f.Size), Has.All.GreaterThan(0));
        Assert.That(model.Files.Select(f => f.Sha256), Has.All.Null.Or.All.Match("^[0-9a-f]{64}$"));
        Assert.That(model.Files.Select(f => f.Local), Has.None.StartsWith("/").And.None.Contains(".."));
    }

    [Test]
    public void No_two_models_have_one_name_or_one_file()
    {
        Assert.That(Catalogue.Models.Select(m => m.Name), Is.Unique);
        Assert.That(Catalogue.Models.SelectMany(m => m.Files).Select(f => f.Local), Is.Unique);
        Assert.That(Catalogue.Models.Select(m => m.Name), Has.None.AnyOf([.. Catalogue.Profiles.Select(p => p.Name)]));
    }

    [Test]
    public void A_profile_names_models_that_there_are()
    {
        var (names, stages) = (Catalogue.Models.Select(m => m.Name), Catalogue.Models.Select(m => m.Stage));

        Assert.That(Catalogue.Profiles.SelectMany(p => p.Models).Distinct(), Is.SubsetOf(names));
        Assert.That(Catalogue.Profiles.SelectMany(p => p.ByLanguage).Distinct(), Is.SubsetOf(stages));
    }

    [TestCase("light", "es", 0.4e9, 0.8e9)]
    [TestCase("light", "es,id,de", 0.5e9, 0.8e9)]
    [TestCase("standard", "es", 2.5e9, 3.5e9)]
    public void A_profile_takes_about_the_room_that_it_says(string profile, string to, double least, double most)
    {
        var models = Catalogue.Pick(Catalogue.FindProfile(profile)!, to.Split(','));

        Assert.That(models.Sum(m => m.Size), Is.InRange(least, most));
        Assert.That(models.Where(m => m.Stage == "speech").SelectMany(m => m.Languages), Is.SupersetOf(to.Split(',')));
        Assert.That(models.Where(m => m.Terms is not null), Is.Empty, "a profile asks for no terms to be accepted");
    }

    [Test]
    public void No_profile_asks_for_terms_to_be_accepted_whatever_the_language()
    {
        var languages = Catalogue.Models.SelectMany(m => m.Languages).Where(l => l != "*").Distinct().ToList();

        Assert.That(languages, Does.Contain("ko"), "only a model with terms speaks it");
        foreach (var profile in Catalogue.Profiles)
            Assert.That(Catalogue.Pick(profile, languages).Where(m => m.Terms is not null), Is.Empty, profile.Name);
    }

    [Test]
    public void Every_model_is_for_an_engine_that_there_is()
    {
        using var host = new EngineHost();

        Assert.That(
            Catalogue.Models.Select(m => m.Engine).Distinct(),
            Is.SubsetOf(host.Get<IEnumerable<ICheckedEngine>>().Select(e => e.Name)));
    }
}
