using AiDub.Domain.Errors;
using AiDub.Domain.Ports;

namespace AiDub.Tests.Jobs.Engines.Apertium;

public sealed class ApertiumTranslatorTests
{
    private EngineHost _host = null!;
    private ITranslator _translator = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _host = new EngineHost();
        _translator = _host.Get<ITranslator>(e => e.Name == "Apertium");
    }

    [OneTimeTearDown]
    public void Stop() => _host.Dispose();

    [Test]
    public async Task A_sentence_is_translated()
    {
        var done = await _translator.TranslateAsync(new TranslationRequest("en", "es", ["The house is big."]), default);
        Assert.That(done.Texts, Is.EqualTo((string[])["La casa es grande."]));
        Assert.That(done.Route, Is.EqualTo((string[])["en", "es"]));
    }

    [TestCase("pt", "en es pt", "A casa é grande.")]
    [TestCase("fr", "en es fr", "La maison est grande.")]
    [TestCase("it", "en es it", "La casa è grande.")]
    public async Task A_pivot_leads_further(string to, string route, string text)
    {
        var done = await _translator.TranslateAsync(new TranslationRequest("en", to, ["The house is big."]), default);
        Assert.That(done.Route, Is.EqualTo(route.Split(' ')));
        Assert.That(done.Texts, Is.EqualTo((string[])[text]));
    }

    [Test]
    public async Task A_region_is_translated_into_in_its_own_way()
    {
        var request = new TranslationRequest("en", "pt", ["The train and the bus are here."]);
        var portugal = await _translator.TranslateAsync(request with { Region = "PT" }, default);
        var brazil = await _translator.TranslateAsync(request with { Region = "BR" }, default);
        Assert.That(
            (portugal.Texts[0].Contains("comboio"), brazil.Texts[0].Contains("trem")),
            Is.EqualTo((true, true)),
            $"{portugal.Texts[0]} / {brazil.Texts[0]}");
    }

    [Test]
    public async Task A_text_in_company_is_translated_as_it_is_alone()
    {
        string[] texts =
        [
            "I like", "red cars", "He", "is a teacher. She is not", "wait for", "it", "Mr.", "Smith is here", "", "...", "😀",
            "Line one\n\nline two.", "#1 and 5*3 @home *star* <b>x</b> {y} [z ]] ^a$ \\ / ^b<n>$ end", "\\", "[", "]^[", "~hi~",
            "It costs $5.50 or 20%.", "blergh foozle", "He said \"stop\".", "é ñ 日本 ok", "What is your name?", " ",
        ];
        var together = await _translator.TranslateAsync(new TranslationRequest("en", "es", texts), default);
        Assert.That(together.Texts, Has.Count.EqualTo(texts.Length));
        foreach (var (text, translation) in texts.Zip(together.Texts))
        {
            var alone = await _translator.TranslateAsync(new TranslationRequest("en", "es", [text]), default);
            Assert.That(translation, Is.EqualTo(alone.Texts.Single()), text);
        }
    }

    [Test]
    public async Task Unknown_words_come_through_without_marks()
    {
        var done = await _translator.TranslateAsync(
            new TranslationRequest("en", "pt", ["The blergh sees a foozle.", "5*3 is #1."]), default);
        Assert.That(
            done.Texts[0], Does.Contain("blergh").And.Contain("foozle").And.Not.Contain("*").And.Not.Contain("@").And.Not.Contain("#"));
        Assert.That(done.Texts[1], Does.Contain("5*3").And.Contain("#1"));
    }

    [Test]
    public async Task Five_hundred_texts_go_through_one_process_a_hop()
    {
        var texts = Enumerable.Range(0, 500).Select(i => $"There are {i} books on the table.").ToArray();
        var done = await _translator.TranslateAsync(new TranslationRequest("en", "es", texts), default);
        Assert.That(done.Texts, Has.Count.EqualTo(500));
        Assert.That(done.Texts.Select((t, i) => t.Contains(i.ToString())), Has.All.True);
    }

    [Test]
    public async Task No_texts_are_no_error() =>
        Assert.That((await _translator.TranslateAsync(new TranslationRequest("en", "es", []), default)).Texts, Is.Empty);

    [Test]
    public void A_language_that_no_route_reaches_is_refused() =>
        Assert.That(() => _translator.TranslateAsync(new TranslationRequest("en", "zu", ["Hello."]), default),
            Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.ToLangUnsupported));

    [Test]
    public async Task Targets_are_found_by_route()
    {
        Assert.That(await _translator.TargetsAsync("en", default), Is.SupersetOf((string[])["es", "ca", "pt", "fr", "it"]));
        Assert.That(await _translator.TargetsAsync("zu", default), Is.Empty);
    }
}
