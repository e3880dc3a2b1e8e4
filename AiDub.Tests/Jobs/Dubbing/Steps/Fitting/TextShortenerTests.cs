using AiDub.Domain.Speech;
using AiDub.Domain.Timing;
using AiDub.Jobs.Dubbing.Steps.Fitting;
using AiDub.Jobs.Dubbing.Steps.Translating;

namespace AiDub.Tests.Jobs.Dubbing.Steps.Fitting;

public sealed class TextShortenerTests
{
    private static readonly Transcript Said = new("en", "Fake", [new(0, 0, 2, "One."), new(1, 3, 5, "Two.")]);
    private static readonly Translation Long = new("es", "Fake", [new(0, 0, 2, "Uno."), new(1, 3, 5, "Dos, y muchas palabras más.")]);
    private static readonly FitPlan Plan = new([new(0, 0, 2, 1, 0, 2), new(1, 3, 2, 1.25, 3, 5)], false);

    private StepBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new StepBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task Only_what_would_be_hurried_is_asked_for_again_with_the_time_it_overran()
    {
        var translator = Able("Dos.");

        var shorter = await ShortenAsync(translator);

        Assert.That(translator.Asked.Single().Texts, Is.EqualTo(new[] { "Two." }));
        // 2 s of original came out as 2.5 s; asked for 1.6 s, as much too long again fits.
        Assert.That(translator.Asked.Single().Seconds, Is.EqualTo(new[] { 1.6 }).Within(1e-9));
        Assert.That(shorter, Is.EqualTo(new Dictionary<int, string> { [1] = "Dos." }));
    }

    [Test]
    public async Task An_answer_that_is_no_shorter_is_not_used() =>
        Assert.That(await ShortenAsync(Able("Dos, y todavía más palabras que antes.")), Is.Empty);

    [Test]
    public async Task Without_an_answer_that_can_be_right_the_words_stay() =>
        Assert.That(await ShortenAsync(Able("\u0001\ufffd")), Is.Empty);

    [Test]
    public async Task A_translator_that_cannot_keep_to_a_length_is_not_asked()
    {
        var translator = new FakeTranslator();

        Assert.That(await ShortenAsync(translator), Is.Empty);
        Assert.That(translator.Asked, Is.Empty);
    }

    private static FakeTranslator Able(string answer) => new() { KeepsToLength = true, Answer = _ => answer };

    private Task<IReadOnlyDictionary<int, string>> ShortenAsync(FakeTranslator translator) =>
        new TextShortener(new SegmentTranslator(FakeTranslator.InOrder(translator)))
            .ShortenAsync(_bench.Context, Said, Long, Plan, default);
}
