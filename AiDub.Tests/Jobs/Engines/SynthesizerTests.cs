using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Jobs.Engines;

namespace AiDub.Tests.Jobs.Engines;

[TestFixture("Espeak", "es", "es", "es-419+f3")]
[TestFixture("Flite", "en", "rms", "slt")]
public sealed class SynthesizerTests(string engine, string language, string voice, string other)
{
    private EngineHost _host = null!;
    private ISynthesizer _synthesizer = null!;

    [OneTimeSetUp]
    public void Start()
    {
        _host = new EngineHost(("Engines:Synthesizer", engine));
        _synthesizer = _host.Get<Synthesizers>().InOrder.Single();
    }

    [OneTimeTearDown]
    public void Stop() => _host.Dispose();

    private async Task<WavInfo> SpeakAsync(string text, double rate = 1, string? by = null)
    {
        var path = _host.PathOf($"{Guid.NewGuid():N}.wav");
        Assert.That(await _synthesizer.SpeakAsync(new SpeechRequest(text, language, by, rate), path, default), Is.EqualTo(by ?? voice));
        Assert.That(
            Directory.GetFiles(_host.Folder, Path.GetFileNameWithoutExtension(path) + "*"),
            Has.Length.EqualTo(1),
            "nothing is left beside it");
        var wav = WavInfo.Read(path);
        Assert.That((wav.Format, wav.Channels, wav.Bits, wav.HeaderIsTrue), Is.EqualTo((1, 1, 16, true)));
        return wav;
    }

    [Test]
    public async Task A_text_becomes_speech()
    {
        var wav = await SpeakAsync("La casa grande, 20 animales.");
        Assert.That(wav.Seconds, Is.InRange(1, 5));
        Assert.That(wav.Peak, Is.GreaterThan(0.1));
    }

    [Test]
    public async Task Speech_is_written_below_a_folder_of_a_long_name()
    {
        var folder = Directory.CreateDirectory(_host.PathOf(Path.Combine(new string('a', 120), new string('b', 120)))).FullName;

        await _synthesizer.SpeakAsync(new SpeechRequest("La casa grande.", language), Path.Combine(folder, "1.wav"), default);

        Assert.That(WavInfo.Read(Path.Combine(folder, "1.wav")).Seconds, Is.GreaterThan(0.5));
        Assert.That(Directory.GetFileSystemEntries(folder), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_faster_rate_is_shorter()
    {
        const string text = "This is a rather long sentence so that the rate can be measured.";
        var (normal, fast) = (await SpeakAsync(text), await SpeakAsync(text, 1.5));
        Assert.That(normal.Seconds / fast.Seconds, Is.EqualTo(1.5).Within(0.25));
    }

    [Test]
    public async Task Another_voice_can_be_asked_for() =>
        Assert.That((await SpeakAsync("La casa grande.", by: other)).Seconds, Is.GreaterThan(0.5));

    [Test]
    public async Task The_voices_offered_sound_as_they_are_said_to_and_the_engines_own_is_the_first()
    {
        var voices = await _synthesizer.VoicesAsync(language, default);

        Assert.That(voices[0].Name, Is.EqualTo(voice));
        Assert.That(voices.Select(v => v.Name), Is.Unique);
        Assert.That(voices.Select(v => v.Gender), Does.Contain(Gender.Male).And.Contain(Gender.Female));
        foreach (var offered in voices)
            await OfferedPitch.AssertAsync(_host, _synthesizer, offered, language);
    }

    [Test]
    public async Task A_language_that_is_not_spoken_has_no_voices() =>
        Assert.That(await _synthesizer.VoicesAsync("tlh", default), Is.Empty);

    [TestCase("nobody")]
    [TestCase("-w")]
    [TestCase("es+nobody")]
    [TestCase("../../etc/passwd")]
    [TestCase("")]
    public void A_voice_that_is_not_there_is_refused(string name) =>
        Assert.That(() => _synthesizer.SpeakAsync(new SpeechRequest("Hello", language, name), _host.PathOf("x.wav"), default),
            Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.VoiceUnknown));

    [TestCase("...")]
    [TestCase("😀")]
    [TestCase("<>")]
    public async Task A_text_with_nothing_to_say_is_a_short_silence(string text)
    {
        var wav = await SpeakAsync(text);
        Assert.That(wav.Seconds, Is.InRange(0.05, 0.2));
        Assert.That(wav.Peak, Is.Zero);
    }

    [TestCase("-w injected.wav hola")]
    [TestCase("--help me")]
    [TestCase("<break time='30s'/> hola <audio src='x'/>")]
    [TestCase("[[h@l'oU]] hola")]
    [TestCase("\u0001400s hola \u0000 hola")]
    public async Task Text_is_never_a_command(string text)
    {
        var wav = await SpeakAsync(text);
        Assert.That(wav.Seconds, Is.InRange(0.3, 12));
        Assert.That(wav.Peak, Is.GreaterThan(0.05));
    }

    [Test]
    public async Task A_very_long_text_is_spoken_whole()
    {
        const string sentence = "La casa es grande y el coche es rojo. ";
        var one = await SpeakAsync(sentence);
        var many = await SpeakAsync(string.Concat(Enumerable.Repeat(sentence, 40)));
        Assert.That(many.Seconds, Is.GreaterThan(40 * one.Seconds * 0.7));
    }
}
