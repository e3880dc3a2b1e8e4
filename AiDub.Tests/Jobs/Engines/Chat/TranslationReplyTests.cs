using AiDub.Jobs.Engines.Chat;
using AiDub.Jobs.Engines.OpenAi.Translation;

namespace AiDub.Tests.Jobs.Engines.Chat;

public sealed class TranslationReplyTests
{
    private static readonly TranslationBatch Batch = new("en", "es", [], [new Sentence(4, "One.", 30), new Sentence(6, "Two.", null)]);

    [TestCase("""{"segments":[{"index":4,"text":"Uno."},{"index":6,"text":" Dos. "}]}""")]
    [TestCase("```json\n{\"segments\":[{\"index\":\"4\",\"text\":\"Uno.\"},{\"index\":6,\"text\":\"Dos.\"},]}\n```")]
    [TestCase("<think>{maybe}</think>{\"segments\":[{\"text\":\"Uno.\",\"index\":4},{\"index\":6,\"text\":\"Dos.\",\"note\":1}]}")]
    public void A_proper_answer_is_read_however_it_is_wrapped(string content)
    {
        Assert.That(TranslationReply.Read(content, Batch, out var fault), Is.EqualTo((string[])["Uno.", "Dos."]));
        Assert.That(fault, Is.Null);
    }

    [TestCase("I cannot do that.", "it was not a JSON object")]
    [TestCase("{\"segments\":[{\"index\":4", "it was not a JSON object")]
    [TestCase("{\"segments\":[{\"index\":4,}", "it was not JSON of the form that was asked for")]
    [TestCase("{\"segments\":[{\"index\":\"99999999999\",\"text\":\"Uno.\"}]}", "it was not JSON of the form that was asked for")]
    [TestCase("{\"texts\":[]}", "it was not JSON of the form that was asked for")]
    [TestCase("{\"segments\":[{\"index\":4,\"text\":\"Uno.\"}]}", "it had 1 segments instead of 2")]
    [TestCase("{\"segments\":[{\"index\":6,\"text\":\"Dos.\"},{\"index\":4,\"text\":\"Uno.\"}]}", "its indexes were not those given, "
        + "in the same order")]
    [TestCase("{\"segments\":[{\"index\":4,\"text\":\"Uno.\"},{\"index\":6,\"text\":\" \"}]}", "segment 6 was empty")]
    public void What_is_wrong_with_an_answer_is_said(string content, string fault)
    {
        Assert.That(TranslationReply.Read(content, Batch, out var said), Is.Null);
        Assert.That(said, Is.EqualTo(fault));
    }

    [TestCase(2.0, "es", 30)]
    [TestCase(4.0, "zh", 20)]
    [TestCase(0.1, "es", 12)]
    public void A_budget_follows_time_and_language(double seconds, string language, int characters) =>
        Assert.That(TranslationBatch.Budget(seconds, language, new OpenAiTranslatorOptions()), Is.EqualTo(characters));

    [Test]
    public void The_model_is_given_indexes_context_and_lengths()
    {
        var json = (Batch with { Context = [new Preceding("Zero.", "Cero.")] }).ToJson();
        Assert.That(
            json,
            Is.EqualTo(
                """{"from":"en","to":"es","context":[{"text":"Zero.","translation":"Cero."}]"""
                + ""","segments":[{"index":4,"text":"One.","max_characters":30},{"index":6,"text":"Two."}]}"""));
        var told = Batch.Instructions(new Glossary(new Dictionary<string, string> { ["one"] = "uno", ["wo"] = "x" }), "Be formal.");
        Assert.That(
            told,
            Does.Contain("English into Spanish").And.Contain("max_characters").And.Contain("\"one\" → \"uno\"")
                .And.EndWith("Be formal.").And.Not.Contain("\"wo\""));
    }
}
