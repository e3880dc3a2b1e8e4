using System.Text.Json;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Models;
using AiDub.Tests.Jobs.Engines.Native;
using Onnx;

namespace AiDub.Tests.Jobs.Engines.Piper;

/// <summary>
/// Voices in processes of their own: graphs that take what Piper's do, and whose sound is the number of each sound times the length scale,
/// a hundredth of it, and more for later speakers.
/// </summary>
public sealed class PiperVoiceTests
{
    // What eSpeak NG says of "Hola." in Spanish, with the mark.
    private const string Sounds = "ˈola.";
    private static readonly Dictionary<string, long[]> Ids = new()
    {
        ["_"] = [0],
        ["^"] = [1],
        ["$"] = [2],
        ["ˈ"] = [20],
        ["o"] = [30],
        ["l"] = [25],
        ["a"] = [14],
        ["."] = [10],
        [" "] = [3],
    };

    private EngineHost _host = null!;

    private ISynthesizer Engine => _host.Get<ISynthesizer>(e => e.Name == "Piper");

    [SetUp]
    public async Task Open()
    {
        var folder = Directory.CreateTempSubdirectory("aidub-piper-").FullName;
        _host = new EngineHost(("Engines:Piper:VoicesDirectory", folder));
        await WriteAsync(Path.Combine(folder, "es_ES-one.onnx"), 1);
        await WriteAsync(Path.Combine(folder, "es_ES-two.onnx"), 3);
    }

    [TearDown]
    public void Close() => _host.Dispose();

    [TestCase(1, "es_ES-one", 0)]
    [TestCase(2, "es_ES-one", 0)]
    [TestCase(1, "es_ES-two#2", 2)]
    public async Task What_is_said_is_what_the_graph_makes_of_the_sounds(double rate, string voice, int speaker)
    {
        var spoken = await SpeakAsync("Hola.", voice, rate);

        Assert.That(spoken.Voice, Is.EqualTo(voice));
        Assert.That(spoken.Wav.SampleRate, Is.EqualTo(16000));
        Assert.That(spoken.Wav.Samples, Is.EqualTo(Plain(rate, speaker)).Within(1));
    }

    [Test]
    public async Task Sentences_are_parted_by_a_pause()
    {
        var one = (await SpeakAsync("Hola.", null, 1)).Wav.Samples;
        var two = (await SpeakAsync("Hola. Hola.", null, 1)).Wav.Samples;

        Assert.That(two, Is.EqualTo((short[])[.. one, .. new short[3200], .. one]).Within(1));
    }

    [Test]
    public async Task Voices_and_their_speakers_are_listed() => Assert.That(
        (await Engine.VoicesAsync("es", default)).Select(v => v.Name),
        Is.EqualTo(new[] { "es_ES-one", "es_ES-two#0", "es_ES-two#1", "es_ES-two#2" }));

    [TestCase("es_ES-one#1")]
    [TestCase("es_ES-two#3")]
    [TestCase("es_ES-two#-1")]
    [TestCase("es_ES-two#1#1")]
    public void A_speaker_that_a_voice_does_not_have_is_refused(string voice) => Assert.That(
        () => SpeakAsync("Hola.", voice, 1),
        Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.VoiceUnknown));

    [Test]
    public async Task A_voice_that_is_another_graph_is_a_fault_that_may_pass_and_tells_no_path()
    {
        var graph = new TinyGraph();
        await graph.Output("out", graph.Input("sound", 1, 4), 1, 4).WriteAsync(Path.Combine(Voices, "es_ES-one.onnx"));

        Assert.That(
            () => SpeakAsync("Hola.", "es_ES-one", 1),
            Throws.TypeOf<TransientDubException>().With.Message.EqualTo("The text could not be spoken: Piper broke off."));
    }

    [Test]
    public async Task It_is_ready_with_its_voices()
    {
        var check = await _host.Get<ICheckedEngine>(e => e.Name == "Piper").CheckAsync(default);

        Assert.That((check.Ready, check.Voices), Is.EqualTo((true, (string[])["es_ES-one", "es_ES-two"])));
    }

    [TestCase(".onnx")]
    [TestCase(".onnx.json")]
    public async Task A_voice_that_changed_since_it_was_brought_is_not_spoken_with(string ending)
    {
        var models = await BroughtAsync("piper-es_ES-davefx-medium");
        var changed = models.PathOf("voices/es_ES-davefx-medium" + ending);
        using var before = new EngineHost(models);
        await before.Get<ISynthesizer>(e => e.Name == "Piper").SpeakAsync(new SpeechRequest("Hola.", "es"), _host.PathOf("a.wav"), default);
        await File.AppendAllTextAsync(changed, " ");
        using var later = new EngineHost(models);
        var told = new StringWriter();

        Assert.That(
            () => later.Get<ISynthesizer>(e => e.Name == "Piper").SpeakAsync(
                new SpeechRequest("Hola.", "es"), _host.PathOf("b.wav"), default),
            Throws.InstanceOf<DubException>());
        Assert.That(await ModelUpkeep.CheckAsync(models, models.Catalogue.Models, told, default), Is.False);
        Assert.That(told.ToString(), Does.Contain($"voices/es_ES-davefx-medium{ending} changed since it was brought"));
    }

    [Test]
    public async Task Settings_of_a_voice_that_changed_are_named_by_the_doctor()
    {
        var models = await BroughtAsync("piper-es_ES-davefx-medium");
        await File.AppendAllTextAsync(models.PathOf("voices/es_ES-davefx-medium.onnx.json"), " ");
        using var host = new EngineHost(models);

        var check = await host.Get<ICheckedEngine>(e => e.Name == "Piper").CheckAsync(default);

        Assert.That((check.Ready, check.Voices.Count), Is.EqualTo((false, 0)));
        Assert.That(check.Detail, Is.EqualTo("es_ES-davefx-medium.onnx.json changed since it was brought: ./aidub models check"));
    }

    [TestCase("{\"files\": {")]
    [TestCase("")]
    [TestCase("null")]
    public async Task Voices_of_which_nobody_can_say_what_they_should_be_are_not_offered_and_the_check_says_why(string damaged)
    {
        var models = await BroughtAsync("piper-es_ES-davefx-medium");
        await File.WriteAllTextAsync(models.PathOf("models.lock.json"), damaged);
        using var host = new EngineHost(models);

        var voices = await host.Get<ISynthesizer>(e => e.Name == "Piper").VoicesAsync("es", default);
        var check = (await host.Get<EngineChecks>().RunAsync(new HashSet<string> { "Piper" }, default)).Single();

        Assert.That(voices, Is.Empty);
        Assert.That((check.Ready, check.IsConfigured), Is.EqualTo((false, true)));
        Assert.That(check.Detail, Does.Contain("models.lock.json").And.Contain("correct or delete it"));
    }

    private async Task<ModelFolder> BroughtAsync(string name)
    {
        var models = new ModelFolder(Directory.CreateDirectory(_host.PathOf(name)).FullName, ModelCatalogue.Carried);
        var files = models.Catalogue.Find(name)!.Files;
        Directory.CreateDirectory(models.PathOf("voices"));
        await WriteAsync(models.PathOf(files.Single(f => f.Local.EndsWith(".onnx", StringComparison.Ordinal)).Local), 1);
        foreach (var file in files)
        {
            var hash = await ModelFolder.HashAsync(models.PathOf(file.Local), default);
            await ModelsLock.SetAsync(models.Root!, file.Local, new LockedFile(hash, 1, "here"), default);
        }
        return models;
    }

    private string Voices => Path.GetDirectoryName(_host.Get<Microsoft.Extensions.Options.IOptions<AiDub.Jobs.Engines.Piper.PiperOptions>>()
        .Value.VoicesDirectory + "/")!;

    private async Task<(string Voice, WavFile Wav)> SpeakAsync(string text, string? voice, double rate)
    {
        var path = _host.PathOf("said.wav");
        var name = await Engine.SpeakAsync(new SpeechRequest(text, "es", voice, rate), path, default);
        return (name, WavFile.Read(path));
    }

    // As loud as 16 bits allow, as the program piper makes it.
    private static short[] Plain(double rate, int speaker)
    {
        long[] numbers = [1, 0, .. Sounds.SelectMany(s => Ids[$"{s}"].Append(0)), 2];
        var sound = numbers.Select(n => n / 100.0 / rate + speaker / 10.0).ToArray();
        return [.. sound.Select(s => (short)(s * short.MaxValue / Math.Max(0.01, sound.Max())))];
    }

    private static async Task WriteAsync(string path, int speakers)
    {
        var graph = new TinyGraph();
        var input = graph.Input("input", TensorProto.Types.DataType.Int64, 1, -1);
        graph.Input("input_lengths", TensorProto.Types.DataType.Int64, 1);
        var scale = graph.Node("Gather", [graph.Input("scales", 3), graph.Constant([1L])]);
        var sound = graph.Node("Mul", [graph.Node("Cast", [input], ("to", 1)), graph.Node("Mul", [scale, graph.Constant([0.01f], 1)])]);
        if (speakers > 1)
        {
            var speaker = graph.Node("Cast", [graph.Input("sid", TensorProto.Types.DataType.Int64, 1)], ("to", 1));
            sound = graph.Node("Add", [sound, graph.Node("Mul", [speaker, graph.Constant([0.1f], 1)])]);
        }
        await graph.Output("output", sound, 1, -1).WriteAsync(path);
        await File.WriteAllTextAsync(path + ".json", JsonSerializer.Serialize(new
        {
            language = new { code = "es_ES" },
            espeak = new { voice = "es" },
            audio = new { sample_rate = 16000 },
            num_speakers = speakers,
            phoneme_id_map = Ids,
        }));
    }
}
