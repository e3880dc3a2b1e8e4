using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines;

namespace AiDub.Tests.Jobs.Engines.Festival;

/// <summary>The voices of Debian, as they are installed.</summary>
[TestFixture("ca", "upc_ca_ona_hts", "La casa és gran i el cotxe és vermell.", "El meu pare viu a la ciutat, prop del riu.")]
[TestFixture("ru", "msu_ru_nsh_clunits", "Дом большой, а машина красная.", "Мой отец живёт в городе, недалеко от реки.")]
public sealed class FestivalSynthesizerTests(string language, string voice, string text, string other)
{
    private EngineHost _host = null!;

    private ISynthesizer Engine => _host.Get<Synthesizers>().InOrder.Single(e => e.Name == "Festival");

    [OneTimeSetUp]
    public void Start() => _host = new EngineHost();

    [OneTimeTearDown]
    public void Stop() => _host.Dispose();

    [Test]
    public async Task A_text_becomes_speech_of_a_length_that_it_can_have()
    {
        var wav = await SpeakAsync(text);

        Assert.That(wav.Seconds, Is.InRange(1.5, 6));
        Assert.That(wav.Peak, Is.InRange(0.1, 1));
    }

    [Test]
    [Category("Long")]
    public async Task Other_texts_sound_otherwise_and_the_same_text_alike()
    {
        var (first, second, again) = (await BytesAsync(text), await BytesAsync(other), await BytesAsync(text));

        Assert.That(again, Is.EqualTo(first));
        Assert.That(second, Is.Not.EqualTo(first));
    }

    [Test]
    public async Task A_number_is_said() =>
        Assert.That((await SpeakAsync("1234567")).Seconds, Is.GreaterThan(2 * (await SpeakAsync("1")).Seconds));

    [Test]
    public async Task A_number_is_said_whole_whatever_parts_its_thousands() =>
        Assert.That(await BytesAsync("5 000 000"), Is.EqualTo(await BytesAsync("5000000")));

    [Test]
    [Category("Long")]
    public async Task A_sign_between_spaces_is_not_read_out() =>
        Assert.That(await BytesAsync($"- {text} – ..."), Is.EqualTo(await BytesAsync(text)));

    [TestCase(1.5)]
    [TestCase(0.75)]
    [Category("Long")]
    public async Task It_is_as_fast_as_asked_where_the_voice_can_be(double rate)
    {
        var (own, asked) = (await SpeakAsync(text), await SpeakAsync(text, rate));

        Assert.That(own.Seconds / asked.Seconds, Is.EqualTo(Engine.SpeaksAtRate(language) ? rate : 1).Within(2).Percent);
        Assert.That(Engine.SpeaksAtRate(language), Is.EqualTo(language == "ca"));
    }

    [Test]
    public async Task The_voice_sounds_as_it_is_said_to()
    {
        var offered = (await Engine.VoicesAsync(language, default)).Single();

        Assert.That(offered.Name, Is.EqualTo(voice));
        await OfferedPitch.AssertAsync(_host, Engine, offered, language, $"{text} {other}");
    }

    [Test]
    public async Task It_speaks_its_languages_before_Espeak_and_no_others()
    {
        Assert.That((await _host.Get<Synthesizers>().ForAsync(language, default))?.Name, Is.EqualTo("Festival"));
        Assert.That(await Engine.LanguagesAsync(default), Is.EquivalentTo((string[])["ca", "ru"]));
    }

    [Test]
    public async Task Without_it_Espeak_speaks_and_nothing_is_said_to_be_wrong()
    {
        using var host = new EngineHost(("Engines:Festival:Executable", "festival-that-is-not-there"));
        var check = await host.Get<ICheckedEngine>(e => e.Name == "Festival").CheckAsync(default);

        Assert.That((await host.Get<Synthesizers>().ForAsync(language, default))?.Name, Is.EqualTo("Espeak"));
        Assert.That((check.Ready, check.IsConfigured), Is.EqualTo((false, false)));
        Assert.That(check.Detail, Does.Contain("apt-get install festival"));
    }

    [Test]
    public async Task It_is_ready_with_its_voices()
    {
        var check = await _host.Get<ICheckedEngine>(e => e.Name == "Festival").CheckAsync(default);

        Assert.That(check.Ready, check.Detail);
        Assert.That(check.Voices, Does.Contain(voice));
    }

    [Test]
    public async Task At_a_start_the_program_is_asked_once()
    {
        var (program, asked) = (_host.PathOf("festival"), _host.PathOf("asked"));
        await File.WriteAllTextAsync(program, $"#!/bin/sh\necho once >> '{asked}'\nexec festival \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        using var host = new EngineHost(("Engines:Festival:Executable", program));
        var engine = host.Get<Synthesizers>().InOrder.Single(e => e.Name == "Festival");

        var languages = engine.LanguagesAsync(default);
        var check = await host.Get<ICheckedEngine>(e => e.Name == "Festival").CheckAsync(default);

        Assert.That((check.Ready, (await languages).Contains(language)), Is.EqualTo((true, true)));
        Assert.That(await File.ReadAllLinesAsync(asked), Has.Length.EqualTo(1));
    }

    [TestCase("nobody")]
    [TestCase("kal_diphone")]
    [TestCase("x) (system \"true\"")]
    [TestCase("")]
    public void A_voice_that_is_not_there_is_refused(string name) => Assert.That(
        () => SpeakAsync(text, 1, name),
        Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.VoiceUnknown));

    [TestCase("(system \"touch FILE\")")]
    [TestCase("\") (system \"touch FILE\") (\"")]
    [TestCase("'(system \"touch FILE\")")]
    [TestCase("\\\") (system \\\"touch FILE\\\")")]
    [TestCase("\n\n(system \"touch FILE\")\n\n")]
    [TestCase("#<eof>\0(system \"touch FILE\")\u0004\u001b")]
    [TestCase("`touch FILE` $(touch FILE) ; touch FILE")]
    [TestCase("<?xml version='1.0'?><SABLE><AUDIO SRC='FILE'/></SABLE>")]
    [Category("Long")]
    public async Task Text_is_never_a_command(string hostile)
    {
        var file = _host.PathOf("pwned");

        var wav = await SpeakAsync($"{text} {hostile.Replace("FILE", file, StringComparison.Ordinal)} {text}");

        Assert.That(File.Exists(file), Is.False);
        Assert.That(wav.Seconds, Is.GreaterThan(3));
    }

    [TestCase("...")]
    [TestCase("😀")]
    [TestCase("()\"\\'")]
    [TestCase("世界")]
    public async Task A_text_with_nothing_to_say_is_a_short_silence(string nothing)
    {
        var wav = await SpeakAsync(nothing);

        Assert.That((wav.Seconds, wav.Peak), Is.EqualTo((0.1, 0)).Within(0.01));
    }

    [TestCase("ь")]
    [TestCase("ъь")]
    [TestCase("ъъъ, ьъь")]
    [TestCase("ъъй")]
    [TestCase("00 000")]
    [TestCase("ааааааааааааааааааааааааааааааааааааааaa?")]
    [TestCase("l·l ·")]
    [TestCase("- ' '' -'-")]
    [TestCase("3,5 12:30 1.2.3 5- -5 т.е. 42-й А4 :a .5 ;")]
    [TestCase("\u0301 Hello wörld Їжак ſ ﬁ ½ ٣ Ⅳ")]
    [Category("Long")]
    public async Task No_text_breaks_it(string odd) => Assert.That((await SpeakAsync(odd)).Seconds, Is.GreaterThan(0.05));

    [Test]
    [Category("Long")]
    public async Task Five_thousand_characters_are_spoken_whole()
    {
        var one = await SpeakAsync(text);

        var many = await SpeakAsync(string.Join(' ', Enumerable.Repeat(text, 5000 / text.Length)));

        Assert.That(many.Seconds, Is.GreaterThan(5000 / text.Length * one.Seconds * 0.7));
    }

    [Test]
    [Category("Long")]
    public async Task A_word_of_five_thousand_letters_is_spoken() =>
        Assert.That((await SpeakAsync(new string(text.First(char.IsLower), 5000))).Seconds, Is.GreaterThan(10));

    private async Task<WavInfo> SpeakAsync(string said, double rate = 1, string? by = null)
    {
        var path = _host.PathOf($"{Guid.NewGuid():N}.wav");
        Assert.That(await Engine.SpeakAsync(new SpeechRequest(said, language, by, rate), path, default), Is.EqualTo(voice));
        var wav = WavInfo.Read(path);
        Assert.That((wav.Format, wav.Channels, wav.Bits, wav.HeaderIsTrue), Is.EqualTo((1, 1, 16, true)));
        return wav;
    }

    private async Task<byte[]> BytesAsync(string said)
    {
        var path = _host.PathOf($"{Guid.NewGuid():N}.wav");
        await Engine.SpeakAsync(new SpeechRequest(said, language), path, default);
        return await File.ReadAllBytesAsync(path);
    }
}
