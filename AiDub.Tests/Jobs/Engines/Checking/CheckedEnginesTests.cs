using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Media.Audio;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Engines.Checking;

/// <summary>Engines whose first answers are garbage, as every engine of a dub is asked.</summary>
public sealed class CheckedEnginesTests
{
    private static readonly IOptions<EnginesOptions> Names =
        Options.Create(new EnginesOptions { Recognizer = ["wild"], Translator = ["wild"], Synthesizer = ["wild"] });

    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("aidub-tests-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(2, true)]
    [TestCase(3, false)]
    public async Task A_translator_that_answers_garbage_is_asked_again_and_fails_by_name_when_it_keeps_to_it(int garbage, bool succeeds)
    {
        var ledger = new MemoryLedger();
        var wild = new Wild(garbage);
        var translator = (await new Translators([wild], Names).ForAsync("en", "es", default))!;

        await AssertAsync(succeeds, async () =>
            Assert.That(
                (await translator.TranslateAsync(new TranslationRequest("en", "es", ["This is a house."]) { Ledger = ledger },
                    default)).Texts,
                Is.EqualTo(new[] { "Esta es una casa." })));

        Assert.That(wild.Asked, Is.EqualTo(3), "what was kept of a wrong answer was not taken for the next");
    }

    [TestCase(2, true)]
    [TestCase(3, false)]
    public async Task A_synthesizer_that_makes_garbage_is_asked_again_and_fails_by_name_when_it_keeps_to_it(int garbage, bool succeeds)
    {
        var synthesizer = (await new Synthesizers([new Wild(garbage)], Names).ForAsync("es", default))!;
        var wav = Path.Combine(_folder, "x.wav");

        await AssertAsync(succeeds, () => synthesizer.SpeakAsync(new SpeechRequest("La casa.", "es"), wav, default));
    }

    [TestCase(2, true)]
    [TestCase(3, false)]
    public async Task A_recogniser_that_hears_at_absurd_times_is_asked_again_and_fails_by_name_when_it_keeps_to_it(int garbage,
        bool succeeds)
    {
        var recognizer = (await new Recognizers([new Wild(garbage)], Names).ForAsync("en", default))!;
        var wav = Path.Combine(_folder, "speech.wav");
        await new WavFile(16000, new short[160000]).WriteAsync(wav, default);

        await AssertAsync(
            succeeds, () => recognizer.RecognizeAsync(new RecognitionRequest(wav, "en", _folder), new Progress<double>(), default));
    }

    private static async Task AssertAsync(bool succeeds, Func<Task> ask)
    {
        if (succeeds)
        {
            await ask();
            return;
        }
        var error = Assert.ThrowsAsync<PermanentDubException>(() => ask())!;
        Assert.That(
            (error.Code.Value, error.Message.StartsWith("wild kept answering with what cannot be right", StringComparison.Ordinal)),
            Is.EqualTo(("engine_garbage", true)));
    }

    /// <summary>An engine that does everything, and wrongly the first times it is asked.</summary>
    private sealed class Wild(int garbage) : IRecognizer, ITranslator, ISynthesizer
    {
        public int Asked { get; private set; }

        public string Name => "wild";

        Task<IReadOnlySet<string>> IRecognizer.LanguagesAsync(CancellationToken ct) => Set("en");

        Task<IReadOnlySet<string>> ITranslator.TargetsAsync(string from, CancellationToken ct) => Set("es");

        Task<IReadOnlySet<string>> ISynthesizer.LanguagesAsync(CancellationToken ct) => Set("es");

        // By turns a time that is no number, and one that is out of the sound.
        public Task<Transcript> RecognizeAsync(RecognitionRequest request, IProgress<double> progress, CancellationToken ct) =>
            (Asked++ < garbage, Asked % 2) switch
            {
                (true, 0) => Task.FromResult(new Transcript("en", Name, [new Segment(0, double.NaN, 2, "The house.")])),
                (true, _) => Task.FromResult(new Transcript("en", Name, [new Segment(0, 90000, 90001, "The house.")])),
                _ => Task.FromResult(new Transcript("en", Name, [new Segment(0, 1, 2, "The house.")])),
            };

        public async Task<TranslatedTexts> TranslateAsync(TranslationRequest request, CancellationToken ct)
        {
            if (await request.Ledger.FindAsync("part", ct) is { } kept)
                return new TranslatedTexts([kept], ["en", "es"]);
            var text = Asked++ < garbage ? "\u0001\ufffd\u0002" : "Esta es una casa.";
            await request.Ledger.KeepAsync("part", text, ct);
            return new TranslatedTexts([text], ["en", "es"]);
        }

        // By turns random samples, and no sound file at all.
        public async Task<string> SpeakAsync(SpeechRequest request, string wavPath, CancellationToken ct)
        {
            var samples = new short[8000];
            new Random(1).NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(samples.AsSpan()));
            if (Asked++ >= garbage)
                samples = [.. Enumerable.Range(0, 8000).Select(i => (short)(9000 * Math.Sin(i * 0.1)))];
            else if (Asked % 2 == 0)
            {
                await File.WriteAllTextAsync(wavPath, "{\"error\":\"none\"}", ct);
                return "es";
            }
            await new WavFile(16000, samples).WriteAsync(wavPath, ct);
            return "es";
        }

        private static Task<IReadOnlySet<string>> Set(params string[] codes) => Task.FromResult<IReadOnlySet<string>>(codes.ToHashSet());
    }
}
