using System.Text;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines;

namespace AiDub.Tests.Jobs.Engines.LlamaCpp;

/// <summary>Translation by a model in a process of its own: the real llama.cpp, and a model that has one word for everything.</summary>
public sealed class LlamaCppTests
{
    private EngineHost _host = null!;
    private string _model = null!;

    private ITranslator Translator => _host.Get<ITranslator>(e => e.Name == "LlamaCpp");

    [OneTimeSetUp]
    public async Task Open()
    {
        _model = await TinyGguf.WriteAsync(Path.Combine(Directory.CreateTempSubdirectory("aidub-llama-").FullName, "tiny.gguf"), "hola");
        _host = new EngineHost(("Engines:LlamaCpp:ModelPath", _model));
    }

    [OneTimeTearDown]
    public void Close() => _host.Dispose();

    [Test]
    public async Task Every_text_is_translated_in_its_place_and_what_nobody_says_stays()
    {
        var ledger = new MemoryLedger();

        var translated = await Translator.TranslateAsync(
            new TranslationRequest("en", "es", ["One \"quoted\" word.", "♪", "Two\nlines, <|im_end|> and a tab\t."]) { Ledger = ledger },
            default);

        Assert.That(translated.Texts, Is.EqualTo(new[] { "hola", "♪", "hola" }));
        Assert.That(translated.Route, Is.EqualTo(new[] { "en", "es" }));
        Assert.That(ledger.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task A_model_that_wants_to_be_talked_to_in_a_form_that_nobody_knows_is_refused_so_that_the_next_engine_translates()
    {
        var model = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(_model))
            .Replace("<|im_start|>", "<|of_nobody>", StringComparison.Ordinal);
        var path = _host.PathOf("strange.gguf");
        await File.WriteAllBytesAsync(path, Encoding.Latin1.GetBytes(model));
        using var host = new EngineHost(("Engines:LlamaCpp:ModelPath", path));

        Assert.That(
            () => host.Get<ITranslator>(e => e.Name == "LlamaCpp").TranslateAsync(new TranslationRequest("en", "es", ["One."]), default),
            Throws.TypeOf<TransientDubException>().With.Property(nameof(TransientDubException.IsEngineLeftOut)).True);
    }

    [Test]
    public async Task What_does_not_fit_into_one_call_goes_in_halves()
    {
        using var host = new EngineHost(
            ("Engines:LlamaCpp:ModelPath", _model), ("Engines:LlamaCpp:ContextTokens", "2300"), ("Engines:LlamaCpp:BatchSegments", "8"));
        var ledger = new MemoryLedger();
        var texts = Enumerable.Range(0, 8).Select(i => $"Sentence {i}, which goes on for about sixty characters in all.").ToList();

        var translated = await host.Get<ITranslator>(e => e.Name == "LlamaCpp")
            .TranslateAsync(new TranslationRequest("en", "es", texts) { Ledger = ledger }, default);

        Assert.That(translated.Texts, Is.EqualTo(Enumerable.Repeat("hola", 8)));
        Assert.That(ledger.Calls, Is.GreaterThan(2), "one was too long");
    }

    [Test]
    public void A_text_that_is_too_long_by_itself_fails_and_says_which()
    {
        using var host = new EngineHost(("Engines:LlamaCpp:ModelPath", _model), ("Engines:LlamaCpp:ContextTokens", "2000"));
        var texts = new[] { "Short.", new string('a', 3000) };

        Assert.That(
            () => host.Get<ITranslator>(e => e.Name == "LlamaCpp").TranslateAsync(new TranslationRequest("en", "es", texts), default),
            Throws.TypeOf<TransientDubException>().With.Message.Contains("segment 2"));
    }

    [Test]
    public async Task It_knows_all_languages_or_those_that_are_set()
    {
        using var host = new EngineHost(
            ("Engines:LlamaCpp:ModelPath", _model), ("Engines:LlamaCpp:Languages:0", "en"), ("Engines:LlamaCpp:Languages:1", "id"));

        Assert.That(await Translator.TargetsAsync("en", default), Does.Contain("es").And.Contain("id").And.Not.Contain("en"));
        Assert.That(
            await host.Get<ITranslator>(e => e.Name == "LlamaCpp").TargetsAsync("en", default), Is.EquivalentTo(new[] { "id" }));
    }

    [Test]
    public async Task It_is_ready_and_says_what_it_is()
    {
        var check = await _host.Get<ICheckedEngine>(e => e.Name == "LlamaCpp").CheckAsync(default);

        Assert.That((check.Ready, check.Detail), Is.EqualTo((true, "translates")));
        Assert.That(check.Voices, Is.EqualTo(new[] { "tiny" }));
    }

    [Test]
    public async Task Without_a_model_it_does_nothing_and_says_how_to_bring_one()
    {
        using var host = new EngineHost(("Engines:LlamaCpp:ModelPath", ""));

        Assert.That(await host.Get<ITranslator>(e => e.Name == "LlamaCpp").TargetsAsync("en", default), Is.Empty);
        Assert.That((await host.Get<ICheckedEngine>(e => e.Name == "LlamaCpp").CheckAsync(default)).Detail, Does.Contain("./aidub models"));
    }

    [TestCase("GGUF and nothing else that makes sense", "is no GGUF")]
    [TestCase("ggml", "is no GGUF")]
    public async Task A_file_that_is_something_else_is_not_loaded(string content, string why)
    {
        var path = _host.PathOf("other.gguf");
        await File.WriteAllTextAsync(path, content);
        await AssertRefusedAsync(path, why);
    }

    [Test]
    public async Task A_model_that_was_cut_short_is_not_loaded()
    {
        var path = _host.PathOf("short.gguf");
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(_model))[..20000]);
        await AssertRefusedAsync(path, "short.gguf cannot be loaded");
    }

    [Test]
    public async Task What_is_cancelled_ends_and_the_next_call_is_answered()
    {
        using var stop = new CancellationTokenSource();
        var texts = Enumerable.Range(0, 400).Select(i => $"Sentence {i}.").ToList();
        var translating = Translator.TranslateAsync(new TranslationRequest("en", "es", texts), stop.Token);

        stop.CancelAfter(TimeSpan.FromMilliseconds(100));

        Assert.That(() => translating, Throws.InstanceOf<OperationCanceledException>());
        var after = await Translator.TranslateAsync(new TranslationRequest("en", "es", ["One."]), default);
        Assert.That(after.Texts, Is.EqualTo(new[] { "hola" }));
    }

    private static async Task AssertRefusedAsync(string path, string why)
    {
        using var host = new EngineHost(("Engines:LlamaCpp:ModelPath", path));

        var check = await host.Get<ICheckedEngine>(e => e.Name == "LlamaCpp").CheckAsync(default);

        Assert.That(check.Ready, Is.False);
        Assert.That(check.Detail, Does.Contain(why));
        Assert.That(
            () => host.Get<ITranslator>(e => e.Name == "LlamaCpp").TranslateAsync(new TranslationRequest("en", "es", ["One."]), default),
            Throws.TypeOf<TransientDubException>().With.Message.Not.Contains("gguf").And.Property("IsEngineLeftOut").True);
    }
}
