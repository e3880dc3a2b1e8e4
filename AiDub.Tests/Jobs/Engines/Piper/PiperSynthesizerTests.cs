using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines;

namespace AiDub.Tests.Jobs.Engines.Piper;

public sealed class PiperSynthesizerTests
{
    // Speaks with eSpeak NG what Piper is given.
    private const string Works = """
        [ "$1" = --version ] && { echo 1.2.0; exit 0; }
        while [ $# -gt 0 ]; do [ "$1" = --output_file ] && out=$2; shift; done
        tee "$0.said" | espeak-ng -v es -w "$out" --stdin
        """;

    private EngineHost _folder = null!;
    private EngineHost _host = null!;
    private FakeTool _tool = null!;

    private ISynthesizer Engine(string script = Works)
    {
        _folder = new EngineHost();
        _tool = new FakeTool(_folder.Folder, "piper", script);
        Voice("es_ES-davefx-medium", """{"language":{"code":"es_ES","family":"es"},"audio":{"sample_rate":22050}}""");
        Voice("es_MX-ald-medium", """{"language":{"code":"es_MX"}}""");
        Voice("old", """{"espeak":{"voice":"en-us"}}""");
        Voice("broken", "{");
        File.WriteAllText(_folder.PathOf("alone.onnx"), "");
        _host = new EngineHost(("Engines:Piper:Executable", _tool.Path), ("Engines:Piper:VoicesDirectory", _folder.Folder));
        return _host.Get<ISynthesizer>(e => e.Name == "Piper");

        void Voice(string name, string settings)
        {
            File.WriteAllText(_folder.PathOf(name + ".onnx"), "");
            File.WriteAllText(_folder.PathOf(name + ".onnx.json"), settings);
        }
    }

    [TearDown]
    public void Stop()
    {
        _host.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task A_text_is_spoken_by_the_language_s_first_voice()
    {
        var voice = await Engine().SpeakAsync(new SpeechRequest("Hola,\n¿qué <tal>?", "es", null, 1.25), _host.PathOf("a.wav"), default);
        Assert.That(voice, Is.EqualTo("es_ES-davefx-medium"));
        Assert.That(WavInfo.Read(_host.PathOf("a.wav")).Peak, Is.GreaterThan(0.1));
        Assert.That(
            (_tool.After("--model"), _tool.After("--length_scale")), Is.EqualTo((_folder.PathOf("es_ES-davefx-medium.onnx"), "0.8")));
        Assert.That(await File.ReadAllTextAsync(_tool.Path + ".said"), Is.EqualTo("Hola, ¿qué tal ?\n"), "one line");
        Assert.That(Directory.GetFiles(_host.Folder), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Languages_are_those_of_the_voices_in_the_folder()
    {
        Assert.That(await Engine().LanguagesAsync(default), Is.EquivalentTo((string[])["en", "es"]));
        using var bare = new EngineHost();
        Assert.That(await bare.Get<ISynthesizer>(e => e.Name == "Piper").LanguagesAsync(default), Is.Empty);
    }

    [TestCase("es", "../etc/passwd")]
    [TestCase("en", "es_MX-ald-medium")]
    [TestCase("de", null)]
    public void A_voice_that_is_not_there_is_refused(string language, string? voice) =>
        Assert.That(() => Engine().SpeakAsync(new SpeechRequest("Hola", language, voice), _host.PathOf("a.wav"), default),
            Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.VoiceUnknown));

    [TestCase("cat > /dev/null; exit 1")]
    [TestCase("cat > /dev/null; exit 0")]
    public void A_program_that_breaks_off_is_a_fault_that_may_pass(string script) =>
        Assert.That(() => Engine(script).SpeakAsync(new SpeechRequest("Hola", "es"), _host.PathOf("a.wav"), default),
            Throws.TypeOf<TransientDubException>().With.Message.Contains("Piper"));

    [Test]
    public async Task A_check_tells_version_and_voices()
    {
        Engine();
        var check = await _host.Get<ICheckedEngine>(e => e.Name == "Piper").CheckAsync(default);
        Assert.That((check.Ready, check.Version), Is.EqualTo((true, "1.2.0")));
        Assert.That(check.Voices, Is.EqualTo((string[])["es_ES-davefx-medium", "es_MX-ald-medium", "old"]));
    }
}
