using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Models;
using AiDub.Tests.Jobs.Engines.Native;

namespace AiDub.Tests.Jobs.Engines.Supertonic;

/// <summary>What becomes of files that are missing or are something else, and of models that answer nonsense.</summary>
public sealed class SupertonicFaultTests
{
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

    [Test]
    public async Task Without_a_model_it_is_not_configured_and_without_a_file_it_says_which()
    {
        using var none = new EngineHost();
        File.Delete(Path.Combine(_folder, "onnx", "vocoder.onnx"));

        Assert.That((await CheckAsync(none)).IsConfigured, Is.False);
        Assert.That((await CheckAsync(_host)).Detail, Does.Contain("has no onnx/vocoder.onnx"));
        Assert.That(await Engine.LanguagesAsync(default), Is.Empty);
    }

    [Test]
    public async Task It_is_ready_with_its_voices()
    {
        var check = await CheckAsync(_host);

        Assert.That((check.Ready, check.Voices), Is.EqualTo((true, (string[])["F1", "M1"])), check.Detail);
    }

    [TestCase("duration_predictor.onnx")]
    [TestCase("text_encoder.onnx")]
    [TestCase("vector_estimator.onnx")]
    [TestCase("vocoder.onnx")]
    public async Task A_graph_that_is_another_is_told_by_its_name_and_leaves_the_engine_out(string name)
    {
        var graph = new TinyGraph();
        await graph.Output("out", graph.Input("sound", 1, 4), 1, 4).WriteAsync(Path.Combine(_folder, "onnx", name));

        Assert.That((await CheckAsync(_host)).Detail, Does.Contain($": {name} takes or answers something else"));
        Assert.That(
            () => SpeakAsync("hola"),
            Throws.TypeOf<TransientDubException>().With.Message.EqualTo("The text could not be spoken: Supertonic broke off.")
                .And.Property("IsEngineLeftOut").True);
    }

    [TestCase("tts.json", "{}")]
    [TestCase("tts.json", """{"ae": {"sample_rate": 16000, "base_chunk_size": 4}, "ttl": {"chunk_compress_factor": 3, "latent_dim": 1}}""")]
    [TestCase("tts.json", """{"ae": {"sample_rate": -1, "base_chunk_size": 4}, "ttl": {"chunk_compress_factor": 2, "latent_dim": 1}}""")]
    [TestCase("unicode_indexer.json", "{\"a\": 1}")]
    [TestCase("unicode_indexer.json", "[1, \"b\"]")]
    [TestCase("../voice_styles/F1.json", "nothing")]
    [TestCase("../voice_styles/F1.json", """{"style_ttl": {"dims": [1, 9, 9], "data": [1]}, "style_dp": {"dims": [1, 1], "data": [1]}}""")]
    [TestCase("../voice_styles/F1.json", """
        {"style_ttl": {"dims": [1, 4, 4611686018427387905], "data": [1, 2, 3, 4]}, "style_dp": {"dims": [1, 1, 1], "data": [1]}}
        """)]
    [TestCase("../voice_styles/F1.json", """{"style_ttl": {"dims": [1, 4, 1]}, "style_dp": {"dims": [1, 1, 1], "data": [1]}}""")]
    public async Task A_file_beside_the_graphs_that_is_something_else_is_a_fault(string file, string content)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "onnx", file), content);

        Assert.That((await CheckAsync(_host)).Ready, Is.False);
        Assert.That(() => SpeakAsync("hola"), Throws.TypeOf<TransientDubException>());
    }

    [TestCase(0f)]
    [TestCase(-1f)]
    [TestCase(float.NaN)]
    [TestCase(1e9f)]
    public async Task A_length_that_no_text_has_is_a_fault(float seconds)
    {
        var graph = new TinyGraph();
        graph.Input("text_ids", Onnx.TensorProto.Types.DataType.Int64, 1, -1);
        graph.Input("style_dp", 1, 1, 1);
        graph.Input("text_mask", 1, 1, -1);
        await graph.Output("duration", graph.Constant([seconds], 1), 1)
            .WriteAsync(Path.Combine(_folder, "onnx", "duration_predictor.onnx"));

        Assert.That(() => SpeakAsync("hola"), Throws.TypeOf<TransientDubException>());
    }

    [Test]
    public async Task Sound_that_ends_before_the_text_does_is_a_fault_and_not_cut_off_speech()
    {
        var graph = new TinyGraph();
        graph.Input("latent", 1, 2, -1);
        await graph.Output("wav_tts", graph.Constant([0.5f], 1, 1), 1, 1).WriteAsync(Path.Combine(_folder, "onnx", "vocoder.onnx"));

        Assert.That(() => SpeakAsync("hola"), Throws.TypeOf<TransientDubException>());
    }

    [Test]
    public async Task A_file_that_is_not_the_one_that_was_brought_is_refused(
        [Values("onnx/vocoder.onnx", "onnx/tts.json", "onnx/unicode_indexer.json", "voice_styles/F1.json")] string changed)
    {
        var catalogue = ModelCatalogue.Carried;
        var files = catalogue.Find("supertonic")!.Files;
        var root = Directory.CreateDirectory(Path.Combine(_folder, "models")).FullName;
        await TinySupertonic.WriteAsync(Path.Combine(root, "supertonic"));
        foreach (var file in files.Where(f => !File.Exists(Path.Combine(root, f.Local))))
            File.Copy(Path.Combine(root, "supertonic/voice_styles/F1.json"), Path.Combine(root, file.Local));
        var folder = new ModelFolder(root, catalogue);
        foreach (var file in files)
        {
            await ModelsLock.SetAsync(
                root, file.Local, new LockedFile(await ModelFolder.HashAsync(folder.PathOf(file.Local), default), 1, "here"), default);
        }
        using var host = new EngineHost(folder, ("Engines:Supertonic:Steps", "1"));
        Assert.That((await SpeakAsync("hola", host: host)).Samples, Is.Not.Empty);
        await File.AppendAllTextAsync(Path.Combine(root, "supertonic", changed), " ");
        using var later = new EngineHost(folder, ("Engines:Supertonic:Steps", "1"));

        Assert.That((await CheckAsync(later)).Detail, Does.Contain("SHA-256 differs"));
        Assert.That(() => SpeakAsync("hola", host: later), Throws.TypeOf<TransientDubException>());
    }

    [Test]
    public async Task A_call_that_is_cancelled_ends_and_the_next_is_answered()
    {
        await SpeakAsync("hola");
        using var host = Host("Steps", "50");
        using var cancel = new CancellationTokenSource();
        var speaking = host.Get<ISynthesizer>(e => e.Name == "Supertonic").SpeakAsync(
            new SpeechRequest(string.Concat(Enumerable.Repeat("La casa es grande. ", 2000)), "es"), _host.PathOf("long.wav"), cancel.Token);
        await cancel.CancelAsync();

        Assert.That(() => speaking, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.Exists(_host.PathOf("long.wav")), Is.False);
        Assert.That((await SpeakAsync("hola", host: host)).Samples, Is.Not.Empty);
    }

    private EngineHost Host(string setting = "Steps", string value = "3") => new(
        ("Engines:Supertonic:ModelDirectory", _folder), ($"Engines:Supertonic:{setting}", value));

    private static Task<EngineCheck> CheckAsync(EngineHost host) =>
        host.Get<ICheckedEngine>(e => e.Name == "Supertonic").CheckAsync(default);

    private async Task<WavFile> SpeakAsync(string text, EngineHost? host = null)
    {
        var path = _host.PathOf($"{Guid.NewGuid():N}.wav");
        await (host ?? _host).Get<ISynthesizer>(e => e.Name == "Supertonic").SpeakAsync(new SpeechRequest(text, "es"), path, default);
        return WavFile.Read(path);
    }
}
