using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines;

namespace AiDub.Tests.Jobs.Engines.WhisperCpp;

public sealed class WhisperCppRecognizerTests
{
    // The form of whisper-cli's -oj, shortened.
    private const string Recorded = """
        {"systeminfo":"AVX = 1","model":{"type":"base","multilingual":true},"params":{"model":"m.bin","language":"auto","translate":false},
         "result":{"language":"id"},
         "transcription":[
          {"timestamps":{"from":"00:00:00,000","to":"00:00:02,480"},"offsets":{"from":0,"to":2480},"text":" Selamat pagi, semuanya."},
          {"timestamps":{"from":"00:00:02,480","to":"00:00:04,000"},"offsets":{"from":2480,"to":4000},"text":" Hari ini kita"},
          {"timestamps":{"from":"00:00:04,000","to":"00:00:05,500"},"offsets":{"from":4000,"to":5500},"text":" pergi ke pasar."},
          {"timestamps":{"from":"00:00:05,500","to":"00:00:09,000"},"offsets":{"from":5500,"to":9000},"text":" [MUSIK]"}]}
        """;

    private const string Works = """
        [ "$1" = --version ] && { echo 'whisper.cpp version: 1.8.2'; exit 0; }
        while [ $# -gt 0 ]; do [ "$1" = -of ] && out=$2; shift; done
        echo 'whisper_print_progress_callback: progress =  40%' >&2
        cat "$0.json" > "$out.json"
        """;

    private EngineHost _host = null!;
    private EngineHost _folder = null!;
    private FakeTool _tool = null!;

    private IRecognizer Engine(string script = Works, string model = "ggml-base.bin")
    {
        _folder = new EngineHost();
        _tool = new FakeTool(_folder.Folder, "whisper-cli", script);
        File.WriteAllText(_tool.Path + ".json", Recorded);
        File.WriteAllText(_folder.PathOf(model), "model");
        _host = new EngineHost(("Engines:WhisperCpp:Executable", _tool.Path), ("Engines:WhisperCpp:ModelPath", _folder.PathOf(model)));
        return _host.Get<IRecognizer>(e => e.Name == "WhisperCpp");
    }

    [TearDown]
    public void Stop()
    {
        _host.Dispose();
        _folder.Dispose();
    }

    private Task<Transcript> RecognizeAsync(IRecognizer engine, string? language = null, List<double>? shares = null) =>
        engine.RecognizeAsync(
        new RecognitionRequest(_host.PathOf("speech.wav"), language, _host.Folder), new Shares(shares ?? []), default);

    [Test]
    public async Task Recorded_output_becomes_a_transcript()
    {
        var shares = new List<double>();
        var transcript = await RecognizeAsync(Engine(), shares: shares);
        Assert.That((transcript.Language, transcript.Engine), Is.EqualTo(("id", "WhisperCpp ggml-base")));
        Assert.That(transcript.Segments.Select(s => (s.Start, s.End, s.Text)), Is.EqualTo(new[]
        {
            (0, 2.48, "Selamat pagi, semuanya."), (2.48, 5.5, "Hari ini kita pergi ke pasar."),
        }));
        Assert.That(shares, Is.EqualTo((double[])[0.4, 1]));
        Assert.That((_tool.After("-l"), _tool.After("-f")), Is.EqualTo(("auto", _host.PathOf("speech.wav"))));
        Assert.That(Directory.GetFiles(_host.Folder), Is.Empty);
    }

    [Test]
    public async Task A_known_language_is_passed_on()
    {
        Assert.That((await RecognizeAsync(Engine(), "ms")).Language, Is.EqualTo("ms"));
        Assert.That(_tool.After("-l"), Is.EqualTo("ms"));
    }

    [TestCase("echo out of memory >&2; exit 3")]
    [TestCase("exit 0")]
    [TestCase("while [ $# -gt 0 ]; do [ \"$1\" = -of ] && out=$2; shift; done; echo '{\"result\":' > \"$out.json\"")]
    [TestCase("while [ $# -gt 0 ]; do [ \"$1\" = -of ] && out=$2; shift; done; echo '{}' > \"$out.json\"")]
    public void A_program_that_breaks_off_is_a_fault_that_may_pass(string script) =>
        Assert.That(() => RecognizeAsync(Engine(script)), Throws.TypeOf<TransientDubException>().With.Message.Contains("WhisperCpp"));

    [Test]
    public async Task A_check_tells_version_and_model()
    {
        Engine();
        var check = await _host.Get<ICheckedEngine>(e => e.Name == "WhisperCpp").CheckAsync(default);
        Assert.That((check.Ready, check.Version, check.Voices.Single()), Is.EqualTo((true, "whisper.cpp version: 1.8.2", "ggml-base")));
        File.Delete(_folder.PathOf("ggml-base.bin"));
        Assert.That(
            (await _host.Get<ICheckedEngine>(e => e.Name == "WhisperCpp").CheckAsync(default)).Detail, Does.StartWith("there is no model"));
    }

    [Test]
    public async Task Languages_are_those_of_the_model()
    {
        Assert.That(await Engine().LanguagesAsync(default), Has.Count.GreaterThan(95));
        Stop();
        Assert.That(await Engine(model: "ggml-base.en.bin").LanguagesAsync(default), Is.EquivalentTo((string[])["en"]));
        using var bare = new EngineHost();
        Assert.That(await bare.Get<IRecognizer>(e => e.Name == "WhisperCpp").LanguagesAsync(default), Is.Empty);
    }

    private sealed class Shares(List<double> seen) : IProgress<double>
    {
        public void Report(double value) => seen.Add(value);
    }
}
