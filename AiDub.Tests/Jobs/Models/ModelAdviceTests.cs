using AiDub.Jobs.Models;

namespace AiDub.Tests.Jobs.Models;

/// <summary>One command is named that makes better dubs, until there is none.</summary>
public sealed class ModelAdviceTests
{
    private ModelFolder _folder = null!;

    [SetUp]
    public void Open() => _folder = new ModelFolder(Directory.CreateTempSubdirectory("aidub-models-").FullName, ModelCatalogue.Carried);

    [TearDown]
    public void Close() => Directory.Delete(_folder.Root!, recursive: true);

    [Test]
    public void Without_models_it_is_the_smallest_profile() =>
        Assert.That(ModelAdvice.For(_folder, "id"), Is.EqualTo("./aidub models get light --to id"));

    [Test]
    public void Without_a_folder_it_is_the_same() => Assert.That(
        ModelAdvice.For(new ModelFolder(null, ModelCatalogue.Carried), "es"), Is.EqualTo("./aidub models get light --to es"));

    [Test]
    public void With_that_it_is_the_next()
    {
        Put("light", "es");

        Assert.That(ModelAdvice.For(_folder, "es"), Is.EqualTo("./aidub models get standard --to es"));
        Assert.That(ModelAdvice.For(_folder, "fr"), Is.EqualTo("./aidub models get light --to fr"), "no French voice is here");
    }

    [Test]
    public void With_the_largest_there_is_none()
    {
        Put("standard", "es");

        Assert.That(ModelAdvice.For(_folder, "es"), Is.Null);
    }

    private void Put(string profile, string to)
    {
        var models = _folder.Catalogue.Pick(_folder.Catalogue.FindProfile(profile)!, [to]);
        foreach (var path in models.SelectMany(m => m.Files).Select(f => _folder.PathOf(f.Local)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "");
        }
    }
}
