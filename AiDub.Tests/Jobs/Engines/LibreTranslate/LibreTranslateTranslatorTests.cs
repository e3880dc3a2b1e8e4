using System.Text.Json;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines.LibreTranslate;
using AiDub.Tests.StandIns;

namespace AiDub.Tests.Jobs.Engines.LibreTranslate;

internal sealed class LibreTranslateTranslatorTests : VendorTests
{
    private const string Name = "LibreTranslate";

    private Task<TranslatedTexts> TranslateAsync(EngineHost host, string to, params string[] texts) =>
        Translator(host, Name).TranslateAsync(new TranslationRequest("en", to, texts) { Ledger = Ledger }, default);

    private Asked[] Sent => [.. Server.Requests.Where(r => r.Path == "/translate")];

    [Test]
    public async Task Texts_are_translated_in_batches_by_the_server_s_own_names()
    {
        var translated = await TranslateAsync(
            Host(Name, ("BatchSegments", "2")), "pt", "The house is big.", "—", "The dog is red.", "I see the boats.");
        Assert.That(translated.Texts[0], Does.StartWith("A casa"));
        Assert.That(translated.Texts[1], Is.EqualTo("—"));
        Assert.That(Sent, Has.Length.EqualTo(2));
        Assert.That(Sent[0].Text, Does.Contain("\"pt-BR\"").And.Contain(StandInServer.Key));
        Assert.That(Ledger.Characters, Is.EqualTo(17 + 15 + 16));
    }

    [Test]
    public async Task Batches_that_were_translated_before_a_fault_are_not_paid_for_again()
    {
        var host = Host(Name, ("BatchSegments", "1"), ("Retries", "0"));
        Server.Fail("/translate", Fault.None, Fault.ServerError);
        Assert.That(() => TranslateAsync(host, "es", "The house is big.", "The dog is red."), Throws.TypeOf<TransientDubException>());
        await TranslateAsync(host, "es", "The house is big.", "The dog is red.");
        Assert.That(Sent, Has.Length.EqualTo(3));
    }

    [Test]
    public async Task An_answer_with_a_text_too_few_is_asked_for_again()
    {
        Server.Fail("/translate", Fault.WrongCount);
        Assert.That((await TranslateAsync(Host(Name), "es", "The house is big.")).Texts[0], Does.StartWith("La casa"));
        Assert.That(Sent, Has.Length.EqualTo(2));
    }

    [Test]
    public void A_wrong_key_is_refused_for_good() =>
        Assert.That(
            () => TranslateAsync(Host(Name, ("ApiKey", "wrong")), "es", "The house."),
            Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.EngineRefused));

    [Test]
    public async Task Directions_are_those_of_the_server()
    {
        var translator = Translator(Host(Name), Name);
        Assert.That(await translator.TargetsAsync("en", default), Is.EquivalentTo((string[])["es", "pt"]));
        Assert.That(await translator.TargetsAsync("es", default), Is.EquivalentTo((string[])["en"]));
        Assert.That(await translator.TargetsAsync("de", default), Is.Empty);
        using var bare = new EngineHost();
        Assert.That(await Translator(bare, Name).TargetsAsync("en", default), Is.Empty);
    }

    [Test]
    public void A_server_that_lists_no_targets_translates_between_all()
    {
        var languages = ServerLanguages.Read(
            JsonDocument.Parse("""[{"code":"zh-Hans"},{"code":"zh-Hant"},{"code":"en"},{"code":"auto-x"}]""").RootElement);
        Assert.That(languages.TargetsOf("en"), Is.EquivalentTo((string[])["zh"]));
        Assert.That(languages.NameOf("zh"), Is.EqualTo("zh-Hans"));
    }
}
