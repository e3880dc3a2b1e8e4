using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Tests.Domain.Speech;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Jobs.Engines.PocketSphinx;

public sealed class PocketSphinxRecognizerTests
{
    private EngineHost _host = null!;

    [SetUp]
    public void Start() => _host = new EngineHost();

    [TearDown]
    public void Stop() => _host.Dispose();

    private async Task<Transcript> RecognizeAsync(params short[][] sound)
    {
        var path = await Recordings.WriteAsync(_host, sound);
        var shares = new Shares();
        var transcript = await _host.Get<IRecognizer>(e => e.Name == "PocketSphinx")
            .RecognizeAsync(new RecognitionRequest(path, "en", _host.Folder), shares, default);
        Assert.That(shares.Seen, Is.Ordered.And.All.InRange(0, 1));
        Assert.That(shares.Seen[^1], Is.EqualTo(1));
        Assert.That(Directory.GetDirectories(_host.Folder), Is.Empty, "no scratch is left");
        return transcript;
    }

    [Test]
    public async Task A_person_is_understood_for_two_words_in_three()
    {
        var (samples, text) = Recordings.ReadByAPerson();
        var transcript = await RecognizeAsync(samples);
        var rate = WordErrorRate.Of(text, string.Join(' ', transcript.Segments.Select(s => s.Text)));
        TestContext.Out.WriteLine($"LibriVox: {rate}");
        Assert.That(rate.Rate, Is.LessThanOrEqualTo(0.33));
        Assert.That(transcript.Segments, Has.Count.InRange(5, 7));
        Assert.That(transcript.Segments.Select(s => s.Text), Has.All.Matches("^[A-Z].*\\.$"));
    }

    [Test]
    [Category("Long")]
    public async Task A_voice_over_chords_that_says_what_is_hard_to_hear_is_understood_for_seven_words_in_ten()
    {
        var sample = Path.Combine(AppContext.BaseDirectory, "Sample");
        var wav = _host.PathOf("farm.wav");
        await Tool.FfmpegAsync("-v", "error", "-i", Path.Combine(sample, "farm.mp4"), "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", wav);

        var transcript = await _host.Get<IRecognizer>(e => e.Name == "PocketSphinx")
            .RecognizeAsync(new RecognitionRequest(wav, "en", _host.Folder), new Shares(), default);

        var script = await File.ReadAllTextAsync(Path.Combine(sample, "farm.txt"));
        var accuracy = 1 - WordErrorRate.Of(script, string.Join(' ', transcript.Segments.Select(s => s.Text))).Rate;
        TestContext.Out.WriteLine($"word accuracy on the harder clip: {accuracy:P1}");
        Assert.That(accuracy, Is.GreaterThanOrEqualTo(0.7));
    }

    [Test]
    public async Task A_voice_is_placed_where_it_speaks()
    {
        const string first = "The fishermen check their nets and talk about the weather.";
        const string second = "By seven the first boats return with silver fish.";
        var (a, b) = (await Recordings.SpokenAsync(_host, first), await Recordings.SpokenAsync(_host, second));
        var transcript = await RecognizeAsync(Recordings.Silence(3), a, Recordings.Silence(2), b, Recordings.Silence(1));
        var rate = WordErrorRate.Of(first + second, string.Join(' ', transcript.Segments.Select(s => s.Text)));
        TestContext.Out.WriteLine($"Flite: {rate}");
        Assert.That(rate.Rate, Is.LessThanOrEqualTo(0.25));
        var (from, to) = (3.0, 5 + a.Length / (double)Recordings.Rate);
        // Flite itself begins and ends with some 0.2 s of silence.
        Assert.That(transcript.Segments[0].Start, Is.InRange(from, from + 0.4));
        Assert.That(transcript.Segments.Where(s => s.Start > from + 1).Select(s => s.Start), Has.Some.InRange(to, to + 0.4));
    }

    [Test]
    [Category("Long")]
    public async Task One_process_and_three_hear_the_same()
    {
        var sound = Recordings.ReadByAPerson().Samples[..(18 * Recordings.Rate)];
        var path = await Recordings.WriteAsync(_host, sound);
        var heard = new List<IReadOnlyList<Segment>>();
        foreach (var processes in (string[])["1", "3"])
        {
            using var host = new EngineHost(("Engines:PocketSphinx:Parallelism", processes));
            heard.Add((await host.Get<IRecognizer>(e =>
                e.Name == "PocketSphinx").RecognizeAsync(new RecognitionRequest(path, null, host.Folder), new Shares(), default)).Segments);
        }
        Assert.That(heard[1], Is.EqualTo(heard[0]));
    }

    [Test]
    public async Task What_was_begun_before_the_recording_was_there_hears_the_same_and_leaves_nothing()
    {
        var sound = Recordings.ReadByAPerson().Samples[..(12 * Recordings.Rate)];
        var recognizer = _host.Get<IRecognizer>(e => e.Name == "PocketSphinx");
        Transcript heard;
        await using (var begun = recognizer.Begin(_host.Folder, default))
        {
            var path = await Recordings.WriteAsync(_host, sound);
            heard = await recognizer.RecognizeAsync(
                new RecognitionRequest(path, "en", _host.Folder) { Begun = begun }, new Shares(), default);
        }

        Assert.That(heard.Segments, Is.Not.Empty.And.EqualTo((await RecognizeAsync(sound)).Segments));
        Assert.That(Directory.GetDirectories(_host.Folder), Is.Empty);
    }

    [Test]
    public async Task What_was_begun_for_nothing_ends_when_it_is_given_up()
    {
        var begun = _host.Get<IRecognizer>(e => e.Name == "PocketSphinx").Begin(_host.Folder, default)!;
        await DubServer.UntilAsync("its processes run", () => Task.FromResult(IsAnyAtWork()));

        await begun.DisposeAsync();

        Assert.That(Directory.GetDirectories(_host.Folder), Is.Empty);
        Assert.That(IsAnyAtWork(), Is.False);
    }

    // Whether a process works in the folder of the test.
    private bool IsAnyAtWork() => Directory.GetDirectories("/proc").Any(entry =>
    {
        try
        {
            return new FileInfo(Path.Combine(entry, "cwd")).LinkTarget?.StartsWith(_host.Folder, StringComparison.Ordinal) is true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended, or is another user's
        }
    });

    [Test]
    public async Task Silence_noise_and_music_have_no_words()
    {
        Assert.That((await RecognizeAsync([])).Segments, Is.Empty);
        Assert.That((await RecognizeAsync(Recordings.Silence(5))).Segments, Is.Empty);
        Assert.That((await RecognizeAsync(Recordings.Noise(10, 3000))).Segments, Is.Empty);
        Assert.That((await RecognizeAsync(Recordings.Music(6))).Segments, Is.Empty);
    }

    [Test]
    public async Task What_is_no_such_wav_file_is_refused()
    {
        var path = _host.PathOf("x.wav");
        foreach (var bytes in (byte[][])[[], [1, 2, 3], [.. "RIFF0000WAVEdata"u8, 0, 0, 0, 0], [.. "RIFF0000WAVEfmt "u8, 16, 0, 0, 0]])
        {
            await File.WriteAllBytesAsync(path, bytes);
            Assert.That(() => _host.Get<IRecognizer>(e =>
                e.Name == "PocketSphinx").RecognizeAsync(new RecognitionRequest(path, "en", _host.Folder), new Shares(), default),
                Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.AudioInvalid));
        }
    }

    [Test]
    public async Task A_recogniser_that_breaks_off_can_be_tried_again()
    {
        using var host = new EngineHost(("Engines:PocketSphinx:Executable", "false"));
        var path = await Recordings.WriteAsync(_host, Recordings.ReadByAPerson().Samples);
        Assert.That(() => host.Get<IRecognizer>(e =>
            e.Name == "PocketSphinx").RecognizeAsync(new RecognitionRequest(path, "en", host.Folder), new Shares(), default),
            Throws.TypeOf<TransientDubException>().With.Message.Not.Contains("/"));
        Assert.That(Directory.GetFileSystemEntries(host.Folder), Is.Empty);
    }

    [Test]
    public async Task Cancelling_ends_it_and_leaves_nothing()
    {
        var path = await Recordings.WriteAsync(_host, Recordings.ReadByAPerson().Samples);
        using var cancel = new CancellationTokenSource();
        var shares = new Shares(onFirst: cancel.Cancel);
        Assert.That(() => _host.Get<IRecognizer>(e =>
            e.Name == "PocketSphinx").RecognizeAsync(new RecognitionRequest(path, "en", _host.Folder), shares, cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetDirectories(_host.Folder), Is.Empty);
    }

    private sealed class Shares(Action? onFirst = null) : IProgress<double>
    {
        private readonly List<double> _seen = [];

        public IReadOnlyList<double> Seen => _seen;

        public void Report(double value)
        {
            _seen.Add(value);
            if (_seen.Count == 1)
                onFirst?.Invoke();
        }
    }
}
