using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speakers;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Engines.Supertonic;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Tests.Jobs.Engines.Supertonic;

/// <summary>Supertonic in a process of its own, with graphs of the tests in place of its makers'.</summary>
public sealed class SupertonicSynthesizerTests
{
    private const int Steps = 3;
    private EngineHost _host = null!;
    private string _folder = null!;

    private ISynthesizer Engine => _host.Get<ISynthesizer>(e => e.Name == "Supertonic");

    [SetUp]
    public async Task Open()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-supertonic-").FullName;
        _host = Host();
        await TinySupertonic.WriteAsync(_folder);
    }

    [TearDown]
    public void Close()
    {
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase("es", "El niño.", null, 1)]
    [TestCase("es", "El niño.", "M1", 1)]
    [TestCase("pt", "a casa", "F1", 1.25)]
    [TestCase("id", "rumah besar", "F1", 0.8)]
    public async Task What_is_said_is_what_the_graphs_make_of_the_letters(string language, string text, string? voice, double rate)
    {
        var chunk = SupertonicText.Chunks(text, language).Single();

        var spoken = await SpeakAsync(text, language, voice, rate);

        Assert.That(spoken.Voice, Is.EqualTo(voice ?? "F1"));
        Assert.That(spoken.Wav.SampleRate, Is.EqualTo(TinySupertonic.SampleRate));
        Assert.That(
            spoken.Wav.Samples,
            Is.EqualTo(TinySupertonic.Plain(spoken.Voice, voice == "M1" ? 0.3f : 0.1f, chunk, 1.05 * rate, Steps)).Within(4));
    }

    [Test]
    public async Task Parts_of_a_long_text_are_parted_by_a_pause_that_keeps_the_rate()
    {
        var text = string.Concat(Enumerable.Repeat("La casa es grande y el coche es rojo. ", 12));
        var chunks = SupertonicText.Chunks(text, "es");
        var parts = chunks.Select(c => TinySupertonic.Plain("F1", 0.1f, c, 1.05, Steps)).ToList();

        var spoken = (await SpeakAsync(text)).Wav.Samples;

        Assert.That(chunks, Has.Count.EqualTo(2));
        Assert.That(
            spoken, Is.EqualTo((short[])[.. parts[0], .. new short[(int)(0.3 / 1.05 * TinySupertonic.SampleRate)], .. parts[1]]).Within(4));
    }

    [Test]
    public async Task A_text_sounds_the_same_again_and_other_texts_otherwise()
    {
        var (first, other) = ((await SpeakAsync("la casa")).Wav.Samples, (await SpeakAsync("la cosa")).Wav.Samples);
        using var restarted = Host();
        var again = (await SpeakAsync("la casa", host: restarted)).Wav.Samples;

        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
    }

    [TestCase(4.0, 2.0)]
    [TestCase(0.1, 0.5)]
    public async Task It_is_no_faster_and_no_slower_than_its_makers_allow(double rate, double speed)
    {
        var chunk = SupertonicText.Chunks("la casa", "es").Single();

        Assert.That(
            (await SpeakAsync("la casa", rate: rate)).Wav.Samples,
            Has.Length.EqualTo(TinySupertonic.Plain("F1", 0.1f, chunk, speed, Steps).Length));
    }

    [Test]
    public async Task It_speaks_the_languages_that_its_makers_name()
    {
        string[] named =
        [
            "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "nl",
            "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk", "vi",
        ];

        Assert.That(await Engine.LanguagesAsync(default), Is.EquivalentTo(named));
        foreach (var language in named)
            Assert.That((await SpeakAsync("radio 12", language)).Wav.Seconds, Is.GreaterThan(0.2), language);
    }

    [Test]
    public async Task Voices_are_listed_with_the_chosen_one_first()
    {
        await TinySupertonic.WriteStyleAsync(Path.Combine(_folder, "voice_styles", "Mia.json"), 0.2f);

        Assert.That(await Engine.VoicesAsync("es", default), Is.EqualTo((OfferedVoice[])
        [
            new("F1", null, Gender.Female), new("M1", null, Gender.Male), new("Mia", null, null),
        ]));
        Assert.That(await Engine.VoicesAsync("zu", default), Is.Empty);
        using var host = Host("Voices:es", "M1");
        Assert.That(
            (await host.Get<ISynthesizer>(e => e.Name == "Supertonic").VoicesAsync("es", default)).Select(v => v.Name),
            Is.EqualTo((string[])["M1", "F1", "Mia"]));
        Assert.That((await SpeakAsync("hola", host: host)).Voice, Is.EqualTo("M1"));
    }

    [TestCase("es", "nobody")]
    [TestCase("es", "../onnx/tts")]
    [TestCase("es", "")]
    [TestCase("zu", "F1")]
    public void A_voice_that_is_not_there_is_refused(string language, string voice) => Assert.That(
        () => SpeakAsync("hola", language, voice),
        Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.VoiceUnknown));

    [TestCase("...")]
    [TestCase("😀")]
    [TestCase("世界")]
    public async Task A_text_of_which_the_model_knows_nothing_is_a_short_silence(string text) =>
        Assert.That((await SpeakAsync(text)).Wav.Samples, Is.Not.Empty.And.All.Zero);

    [TestCase("</es><laugh/> la casa \0 \ud800 \u202e")]
    [TestCase("{\"chunks\":[]}\n{\"cancel\":1}")]
    public async Task No_text_breaks_it(string text) => Assert.That((await SpeakAsync(text)).Wav.Seconds, Is.GreaterThan(0.1));

    [Test]
    public async Task It_stands_behind_Piper_and_before_the_offline_engines() => Assert.That(
        (await _host.Get<Synthesizers>().AllForAsync("en", default)).Select(e => e.Name),
        Is.EqualTo((string[])["Supertonic", "Flite", "Espeak"]));

    private EngineHost Host(string setting = "Steps", string value = "3") => new(
        ("Engines:Supertonic:ModelDirectory", _folder), ($"Engines:Supertonic:{setting}", value));

    private async Task<(string Voice, WavFile Wav)> SpeakAsync(
        string text, string language = "es", string? voice = null, double rate = 1, EngineHost? host = null)
    {
        var path = _host.PathOf($"{Guid.NewGuid():N}.wav");
        var engine = (host ?? _host).Get<ISynthesizer>(e => e.Name == "Supertonic");
        var name = await engine.SpeakAsync(new SpeechRequest(text, language, voice, rate), path, default);
        return (name, WavFile.Read(path));
    }
}
