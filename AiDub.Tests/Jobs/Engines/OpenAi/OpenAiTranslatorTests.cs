using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Jobs.Engines.OpenAi;

internal sealed class OpenAiTranslatorTests : VendorTests
{
    private const string Name = "OpenAiTranslator";
    private static readonly string[] Texts =
    [
        "The house is big.", "The dog is red.", "…", "I see the boats.",
        "We talk about the weather.",
    ];

    private Task<TranslatedTexts> TranslateAsync(EngineHost host, string[] texts, string to = "es") =>
        Translator(host, Name)
            .TranslateAsync(new TranslationRequest("en", to, texts) { Ledger = Ledger, Seconds = [.. texts.Select(_ => 2.0)] }, default);

    [Test]
    public async Task Segments_are_translated_together_and_come_back_in_their_places()
    {
        var translated = await TranslateAsync(Host(Name), Texts);
        Assert.That(translated.Texts[0], Does.StartWith("La casa"));
        Assert.That(translated.Texts[2], Is.EqualTo("…"), "there is nothing to translate in it");
        Assert.That(translated.Texts[4], Does.Contain("tiempo"));
        Assert.That(translated.Route, Is.EqualTo((string[])["en", "es"]));
        Assert.That(Server.Requests, Has.Count.EqualTo(1));
        Assert.That(
            Server.Requests.Single().Text,
            Does.Contain("json_object").And.Contain("max_characters\\u0022:30").Or.Contain("max_characters\\\":30"));
        Assert.That((Ledger.Calls, Ledger.Characters), Is.EqualTo((1, Texts.Where(t => t.Length > 1).Sum(t => t.Length))));
    }

    [Test]
    public async Task A_call_is_shown_what_came_before()
    {
        await TranslateAsync(Host(Name, ("BatchSegments", "2"), ("ContextSegments", "1")), Texts);
        Assert.That(Server.Requests, Has.Count.EqualTo(2));
        Assert.That(Server.Requests.Last().Text, Does.Contain("El perro").And.Not.Contain("La casa"));
    }

    [Test]
    public async Task An_answer_with_a_segment_too_few_is_asked_for_again()
    {
        Server.Fail("/completions", Fault.WrongCount);
        Assert.That((await TranslateAsync(Host(Name), Texts)).Texts[0], Does.StartWith("La casa"));
        Assert.That(Server.Requests, Has.Count.EqualTo(2));
        Assert.That(Server.Requests.Last().Text, Does.Contain("it had 3 segments instead of 4"));
    }

    [Test]
    public async Task An_answer_without_a_choice_is_asked_for_again()
    {
        Server.Fail("/completions", Fault.Hollow);
        Assert.That((await TranslateAsync(Host(Name), Texts)).Texts[0], Does.StartWith("La casa"));
        Assert.That(Server.Requests, Has.Count.EqualTo(2), "as one whose answer cannot be read");
    }

    [Test]
    public async Task A_batch_that_keeps_coming_back_wrong_goes_in_halves()
    {
        Server.Fail("/completions", Fault.WrongCount, Fault.WrongCount);
        var translated = await TranslateAsync(Host(Name, ("AnswerRetries", "1")), Texts);
        Assert.That(translated.Texts[0], Does.StartWith("La casa"));
        Assert.That(translated.Texts[4], Does.Contain("tiempo"));
        Assert.That(Server.Requests, Has.Count.EqualTo(4), "twice whole, then two halves");
    }

    [Test]
    public void A_segment_that_never_comes_back_is_an_error_that_names_it()
    {
        Server.Fail("/completions", [.. Enumerable.Repeat(Fault.WrongCount, 20)]);
        Assert.That(
            () => TranslateAsync(Host(Name, ("AnswerRetries", "0")), Texts),
            Throws.TypeOf<TransientDubException>().With.Message.Contains($"{Name} kept answering").And.Message.Contains("segment 1"));
    }

    [Test]
    public async Task Batches_that_were_translated_before_a_fault_are_not_paid_for_again()
    {
        var host = Host(Name, ("BatchSegments", "1"), ("Retries", "0"));
        Server.Fail("/completions", Fault.None, Fault.None, Fault.ServerError);
        Assert.That(() => TranslateAsync(host, Texts), Throws.TypeOf<TransientDubException>());
        await TranslateAsync(host, Texts);
        Assert.That(Server.Requests, Has.Count.EqualTo(5), "two, the one that failed, and the two that were left");
        Assert.That((Ledger.Calls, Ledger.Characters), Is.EqualTo((5, Texts.Where(t => t.Length > 1).Sum(t => t.Length))));
    }

    [Test]
    public async Task A_fixed_term_is_asked_for_again_and_then_warned_of()
    {
        var translated = await TranslateAsync(
            Host(Name, ("Glossary:dog", "can"), ("Glossary:house", "casa"), ("Glossary:she", "ella"), ("AnswerRetries", "1")), Texts);
        Assert.That(
            translated.Warnings.Select(w => (w.Code.Value, w.Msg)),
            Is.EqualTo(new[] { ("glossary_missed", "Fixed terms were not translated as they should be: dog.") }));
        Assert.That(Server.Requests, Has.Count.EqualTo(2));
        Assert.That(Server.Requests.First().Text, Does.Contain("house").And.Not.Contain("ella"), "only terms that occur are spoken of");
    }

    [Test]
    public async Task It_translates_into_any_language_unless_told_which()
    {
        using var bare = new EngineHost();
        Assert.That(await Translator(bare, Name).TargetsAsync("en", default), Is.Empty);
        Assert.That(
            await Translator(Host(Name), Name).TargetsAsync("en", default),
            Has.Count.GreaterThan(180).And.Contains("id").And.No.Contains("en"));
        Assert.That(
            await Translator(Host(Name, ("Languages:0", "id")), Name).TargetsAsync("en", default), Is.EquivalentTo((string[])["id"]));
    }
}
