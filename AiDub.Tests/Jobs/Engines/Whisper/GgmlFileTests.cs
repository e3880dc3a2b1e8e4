using AiDub.Jobs.Engines.Native.Child;
using AiDub.Jobs.Engines.Whisper.Child;

namespace AiDub.Tests.Jobs.Engines.Whisper;

/// <summary>What is looked at of a ggml model before anything native is loaded.</summary>
public sealed class GgmlFileTests
{
    private string _folder = null!;

    [SetUp]
    public void Open() => _folder = Directory.CreateTempSubdirectory("aidub-ggml-").FullName;

    [TearDown]
    public void Close() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_model_whose_head_goes_with_its_tensors_is_taken()
    {
        ScriptedGgml.Write(PathOf("model.bin"), "en", 2, ScriptedGgml.Sure, ScriptedGgml.Tokens(" Hello"));

        Assert.That(() => GgmlFile.CheckAsync(PathOf("model.bin"), null), Throws.Nothing);
    }

    // whisper.cpp takes the memory that the head speaks of, and of some numbers ends its process: of a share of heads that is not whole,
    // and of a type of weights that it does not know.
    [TestCase(0, 51_866, "has a head that does not go with its tensor decoder.token_embedding.weight")]
    [TestCase(4, 2, "broke off: not all of the model is there")]
    [TestCase(3, 5, "is no ggml model of Whisper")]
    [TestCase(5, 448, "has a head that does not go with its tensor decoder.positional_embedding")]
    [TestCase(10, 0, "has a head that does not go with its tensor encoder.conv1.weight")]
    [TestCase(10, 4, "is no ggml model of Whisper")]
    public void A_head_that_does_not_go_with_its_tensors_is_refused_before_it_is_loaded(int number, int value, string why)
    {
        var path = PathOf("head.bin");
        ScriptedGgml.Write(path, "en", 2, ScriptedGgml.Sure, ScriptedGgml.Tokens(" Hello"));
        ScriptedGgml.ChangeHead(path, number, value);

        Assert.That(() => GgmlFile.CheckAsync(path, null), Throws.TypeOf<ModelRefusedException>().With.Message.EqualTo("head.bin " + why));
    }

    [Test]
    public void A_width_that_its_tensors_do_not_have_is_refused_before_it_is_loaded()
    {
        var path = PathOf("wide.bin");
        ScriptedGgml.Write(path, "en", 2, ScriptedGgml.Sure, ScriptedGgml.Tokens(" Hello"));
        ScriptedGgml.ChangeHead(path, 2, 2048);
        ScriptedGgml.ChangeHead(path, 6, 2048);

        Assert.That(
            () => GgmlFile.CheckAsync(path, null),
            Throws.TypeOf<ModelRefusedException>().With.Message.EqualTo(
                "wide.bin has a head that does not go with its tensor encoder.positional_embedding"));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
