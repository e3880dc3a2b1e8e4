using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Domain.Timing;
using AiDub.Jobs.Dubbing.Steps.Fitting;
using AiDub.Jobs.Engines;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Dubbing.Steps.Fitting;

public sealed class TextShortenerTests
{
    private static readonly Transcript Said = new("en", "Fake", [new(0, 0, 2, "One."), new(1, 3, 5, "Two.")]);
    private static readonly Translation Long = new("es", "Fake", [new(0, 0, 2, "Uno."), new(1, 3, 5, "Dos, y muchas palabras más.")]);
    private static readonly FitPlan Plan = new([new(0, 0, 2, 1, 0, 2), new(1, 3, 2, 1.25, 3, 5)], false);

    private BudgetTranslator _translator = null!;

    [SetUp]
    public void Begin() => _translator = new BudgetTranslator();

    [Test]
    public async Task Only_what_would_be_hurried_is_asked_for_again_with_the_time_it_overran()
    {
        var shorter = await ShortenAsync();

        Assert.That(_translator.Asked!.Texts, Is.EqualTo(new[] { "Two." }));
        // 2 s of original came out as 2.5 s; asked for 1.6 s, as much too long again fits.
        Assert.That(_translator.Asked.Seconds, Is.EqualTo(new[] { 1.6 }).Within(1e-9));
        Assert.That(shorter, Is.EqualTo(new Dictionary<int, string> { [1] = "Dos." }));
    }

    [Test]
    public async Task An_answer_that_is_no_shorter_is_not_used()
    {
        _translator.Answer = "Dos, y todavía más palabras que antes.";

        Assert.That(await ShortenAsync(), Is.Empty);
    }

    [Test]
    public async Task A_translator_that_cannot_keep_to_a_length_is_not_asked()
    {
        _translator.KeepsToLength = false;

        Assert.That(await ShortenAsync(), Is.Empty);
        Assert.That(_translator.Asked, Is.Null);
    }

    private async Task<IReadOnlyDictionary<int, string>> ShortenAsync()
    {
        using var bench = new JobBench();
        var translators = new Translators([_translator], Options.Create(new EnginesOptions { Translator = [_translator.Name] }));
        IReadOnlyDictionary<int, string> shorter = new Dictionary<int, string>();
        await bench.AcceptAsync();
        var steps = bench.Steps(async (name, context, ct) =>
        {
            if (name == "translate")
                shorter = await new TextShortener(translators).ShortenAsync(context, Said, Long, Plan, ct);
        });
        await bench.Job(steps).RunAsync(bench.Order.RequestId, default);
        Assert.That((await bench.FindAsync()).State, Is.EqualTo(DubState.Complete));
        return shorter;
    }

    private sealed class BudgetTranslator : ITranslator
    {
        public string Name => "Budget";

        public bool KeepsToLength { get; set; } = true;

        public string Answer { get; set; } = "Dos.";

        public TranslationRequest? Asked { get; private set; }

        public Task<IReadOnlySet<string>> TargetsAsync(string from, CancellationToken ct) =>
            Task.FromResult<IReadOnlySet<string>>(new HashSet<string> { "es" });

        public Task<TranslatedTexts> TranslateAsync(TranslationRequest request, CancellationToken ct)
        {
            Asked = request;
            return Task.FromResult(new TranslatedTexts([.. request.Texts.Select(_ => Answer)], ["en", "es"]));
        }
    }
}
