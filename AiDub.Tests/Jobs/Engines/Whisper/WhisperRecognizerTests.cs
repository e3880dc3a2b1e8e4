using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Tests.Jobs.Engines.Whisper;

/// <summary>Whisper in a process of its own: real whisper.cpp, and models that say what they are told to.</summary>
public sealed class WhisperRecognizerTests
{
    private const int Rate = 16000;
    private string _folder = null!;

    [OneTimeSetUp]
    public void Open() => _folder = Directory.CreateTempSubdirectory("aidub-whisper-").FullName;

    [OneTimeTearDown]
    public void Close() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task What_is_heard_becomes_segments_with_the_language_that_was_detected()
    {
        using var host = Host("es", 2, ScriptedGgml.Sure, " Hola", " a", " todos", ".", " Adiós", ".");

        var transcript = await RecognizeAsync(host, Speech(2.5));

        Assert.That(transcript.Language, Is.EqualTo("es"));
        Assert.That(transcript.LanguageProbability, Is.GreaterThan(0.99));
        Assert.That(transcript.Engine, Is.EqualTo("Whisper model"));
        Assert.That(transcript.Segments.Select(s => s.Text), Is.EqualTo(new[] { "Hola a todos.", "Adiós." }));
        Assert.That(transcript.Segments.Select(s => s.Start), Is.Ordered.And.All.InRange(0, 2.5));
        Assert.That(transcript.LeftOutWords, Is.Null);
    }

    [Test]
    public async Task Words_lie_where_somebody_speaks()
    {
        using var host = Host("en", 2, ScriptedGgml.Sure, " Hello", " world", ".");
        AudioSpan[] speech = [new(1.4, 2.2)];

        var transcript = await RecognizeAsync(host, Speech(2.5), speech: speech);

        Assert.That(transcript.Segments.Single().Text, Is.EqualTo("Hello world."));
        Assert.That(transcript.Segments.Single().Start, Is.InRange(1.39, 2.2));
        Assert.That(transcript.Segments.Single().End, Is.LessThanOrEqualTo(2.21));
    }

    [Test]
    public async Task Characters_that_are_heard_in_parts_are_put_together()
    {
        byte[][] tokens = [[.. " S"u8], [0xC3], [0xAD], [.. ","u8], [.. " ma"u8], [0xC3], [0xB1], [.. "ana"u8], [.. "."u8]];
        using var host = Host("es", 2, ScriptedGgml.Sure, tokens);

        var transcript = await RecognizeAsync(host, Speech(2.5));

        Assert.That(transcript.Segments.Single().Text, Is.EqualTo("Sí, mañana."));
    }

    [Test]
    public async Task A_loop_is_said_once_and_what_was_left_out_is_counted()
    {
        using var host = Host("en", 2, ScriptedGgml.Sure, [.. Enumerable.Repeat<string[]>([" go", " on"], 8).SelectMany(w => w), "."]);

        var transcript = await RecognizeAsync(host, Speech(2.5));

        Assert.That(transcript.Segments.Single().Text, Is.EqualTo("go on"));
        Assert.That(transcript.LeftOutWords!["repeated"], Is.EqualTo(14));
    }

    [Test]
    public async Task Unlikely_words_are_left_out_and_counted()
    {
        using var host = Host("en", 2, ScriptedGgml.Unsure, " Hello", " world", ".");

        var transcript = await RecognizeAsync(host, Speech(2.5));

        Assert.That(transcript.Segments, Is.Empty);
        Assert.That(transcript.LeftOutWords!["unlikely"], Is.EqualTo(2));
    }

    [Test]
    public async Task Weights_so_large_that_probabilities_overflow_break_nothing_off()
    {
        using var host = Host("en", 2, 5 * ScriptedGgml.Sure, " Hello", " world", ".");

        var transcript = await RecognizeAsync(host, Speech(2.5));

        Assert.That(transcript.Segments.Select(s => s.Text), Is.EqualTo(new[] { "Hello world." }));
    }

    [Test]
    public async Task A_long_recording_is_heard_in_windows_each_with_the_text_before_it()
    {
        var path = Path.Combine(_folder, "turns.bin");
        ScriptedGgml.WriteInTurn(path, 2, " first", " second");
        using var apart = new EngineHost(("Engines:Whisper:ModelPath", path), ("Engines:Whisper:Parallelism", "2"));
        using var inTurn = new EngineHost(("Engines:Whisper:ModelPath", path), ("Engines:Whisper:Parallelism", "1"));
        short[] samples = [.. Speech(2.5), .. new short[40 * Rate], .. Speech(2.5)];

        var (sideBySide, oneByOne) = (await RecognizeAsync(apart, samples, "en"), await RecognizeAsync(inTurn, samples, "en"));

        Assert.That(sideBySide.Segments.Select(s => s.Text), Is.EqualTo(new[] { "first", "first" }));
        Assert.That(oneByOne.Segments.Select(s => s.Text), Is.EqualTo(new[] { "first", "second" }));
        Assert.That(oneByOne.Segments[1].Start, Is.InRange(42, 45));
    }

    [Test]
    public async Task Where_nobody_speaks_nothing_is_asked()
    {
        using var host = Host("en", 2, ScriptedGgml.Sure, " Hello");

        var transcript = await RecognizeAsync(host, new short[3 * Rate], speech: []);

        Assert.That((transcript.Language, transcript.Segments.Count), Is.EqualTo(("und", 0)));
    }

    [Test]
    public async Task A_file_of_another_kind_is_refused_before_it_is_loaded()
    {
        var path = Path.Combine(_folder, "other.bin");
        await File.WriteAllBytesAsync(path, [.. BitConverter.GetBytes(0x67676d6c), .. Enumerable.Repeat((byte)0x7f, 1 << 15)]);
        using var host = new EngineHost(("Engines:Whisper:ModelPath", path));

        var check = await host.Get<ICheckedEngine>(e => e.Name == "Whisper").CheckAsync(default);

        Assert.That((check.Ready, check.Detail.Contains("no ggml model of Whisper", StringComparison.Ordinal)), Is.EqualTo((false, true)));
        Assert.That(
            async () => await RecognizeAsync(host, Speech(1)),
            Throws.TypeOf<TransientDubException>().With.Message.Not.Contains("other.bin").And.Property("IsEngineLeftOut").True);
    }

    // Before its words, after them (whisper.cpp loads that and dies when it is asked), amid its tensors, and just before its end.
    [TestCase(20_000), TestCase(64_600), TestCase(500_000), TestCase(-1)]
    public async Task A_file_that_broke_off_is_refused_before_it_is_loaded(int bytes)
    {
        var path = Path.Combine(_folder, "cut.bin");
        ScriptedGgml.Write(path, "en", 2, ScriptedGgml.Sure, ScriptedGgml.Tokens(" Hello"));
        await using (var file = File.OpenWrite(path))
            file.SetLength(bytes > 0 ? bytes : file.Length + bytes);
        using var host = new EngineHost(("Engines:Whisper:ModelPath", path));

        var check = await host.Get<ICheckedEngine>(e => e.Name == "Whisper").CheckAsync(default);

        Assert.That(check.Ready, Is.False);
        Assert.That(check.Detail, Does.EndWith("cut.bin broke off: not all of the model is there"));
    }

    [Test]
    public async Task It_is_ready_and_says_its_model()
    {
        using var host = Host("en", 2, ScriptedGgml.Sure, " Hello");

        var check = await host.Get<ICheckedEngine>(e => e.Name == "Whisper").CheckAsync(default);

        Assert.That((check.Ready, check.Voices.Single()), Is.EqualTo((true, "model")), check.Detail);
    }

    [Test]
    public async Task Without_a_model_it_knows_no_language_and_the_next_engine_is_asked()
    {
        using var host = new EngineHost();

        Assert.That(await host.Get<IRecognizer>(e => e.Name == "Whisper").LanguagesAsync(default), Is.Empty);
        Assert.That((await host.Get<Recognizers>().ForAsync("en", default))?.Name, Is.EqualTo("PocketSphinx"));
    }

    [Test]
    public async Task Whisper_is_loaded_in_its_own_process_alone()
    {
        using var host = Host("en", 2, ScriptedGgml.Sure, " Hello", ".");

        await RecognizeAsync(host, Speech(2.5));

        Assert.That(await File.ReadAllTextAsync("/proc/self/maps"), Does.Not.Contain("libwhisper").And.Not.Contain("libggml-base-whisper"));
    }

    // Tones that come and go: louder than silence, which is all that is looked at.
    private static short[] Speech(double seconds) =>
        [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(i => (short)(8000 * Math.Sin(i * 0.2) * (i / 1600 % 4 == 3 ? 0.3 : 1)))];

    private EngineHost Host(string language, double seconds, float share, params string[] words) =>
        Host(language, seconds, share, ScriptedGgml.Tokens(words));

    private EngineHost Host(string language, double seconds, float share, byte[][] tokens)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName, "model.bin");
        ScriptedGgml.Write(path, language, seconds, share, tokens);
        return new EngineHost(("Engines:Whisper:ModelPath", path));
    }

    private async Task<Transcript> RecognizeAsync(
        EngineHost host, short[] samples, string? language = null, IReadOnlyList<AudioSpan>? speech = null)
    {
        var wav = Path.Combine(_folder, $"{Guid.NewGuid():N}.wav");
        await new WavFile(Rate, samples).WriteAsync(wav, default);
        var request = new RecognitionRequest(wav, language, _folder) { Speech = speech };
        return await host.Get<IRecognizer>(e => e.Name == "Whisper").RecognizeAsync(request, new Progress<double>(), default);
    }
}
