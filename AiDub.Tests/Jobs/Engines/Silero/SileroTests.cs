using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Engines.Silero;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Models;
using AiDub.Tests.Bench;
using AiDub.Tests.Documents;

namespace AiDub.Tests.Jobs.Engines.Silero;

/// <summary>Where somebody speaks, by Silero's real weights in a real process.</summary>
public sealed class SileroTests
{
    private EngineHost _host = null!;
    private VadClips _clips = null!;

    [OneTimeSetUp]
    public void Open()
    {
        _host = new EngineHost(("Engines:Silero:ModelPath", SileroFile.Path));
        _clips = new VadClips(_host.Folder);
    }

    [OneTimeTearDown]
    public void Close() => _host?.Dispose();

    [TestCase("digital")]
    [TestCase("dialling")]
    [TestCase("harmonics")]
    [TestCase("syllables")]
    [TestCase("FM")]
    public async Task Nobody_speaks_in_silence_tones_vibrato_noise_and_music(string name) =>
        Assert.That(await FindAsync(await _clips.MadeAsync(name)), Is.Empty);

    [Test]
    public async Task Nobody_speaks_in_nothing_at_all() => Assert.That(await FindAsync([]), Is.Empty);

    [Test]
    public async Task Speech_under_loud_music_is_found_wherever_the_recording_is_read()
    {
        var clean = await _clips.SpokenAsync("rms");
        var once = VadClips.Mix(clean, await _clips.MadeAsync("FM"), 5);
        var truth = VadClips.Truth(clean);
        // Long enough to be read at several places side by side.
        short[] samples = [.. Enumerable.Repeat(once, 5).SelectMany(s => s)];
        var shares = new List<double>();

        var found = await _host.Get<ISpeechFinder>().FindAsync(await WriteAsync(samples), new Told(shares), default);

        var heard = Enumerable.Range(0, 5 * truth.Length).Select(i => found!.Any(s => s.Start <= i * 0.01 && i * 0.01 < s.End)).ToArray();
        for (var part = 0; part < 5; part++)
        {
            var right = truth.Zip(heard.Skip(part * truth.Length)).Count(p => p.First == p.Second);
            Assert.That((double)right / truth.Length, Is.GreaterThan(0.9), $"part {part}");
        }
        Assert.That(found!.Zip(found!.Skip(1)).All(p => p.First.End <= p.Second.Start), Is.True);
        Assert.That(shares, Is.Not.Empty.And.Ordered);
    }

    [Test]
    public async Task It_is_ready_and_says_what_it_is()
    {
        var check = await _host.Get<ICheckedEngine>(e => e.Name == "Silero").CheckAsync(default);

        Assert.That((check.Ready, check.Detail), Is.EqualTo((true, "finds speech")));
    }

    [Test]
    public async Task A_file_that_is_another_model_is_not_loaded_and_the_reason_is_the_operators()
    {
        var path = _host.PathOf("other.onnx");
        await File.WriteAllBytesAsync(path, [0x08, 0x08, .. new byte[500]]);
        using var host = new EngineHost(("Engines:Silero:ModelPath", path));

        var check = await host.Get<ICheckedEngine>(e => e.Name == "Silero").CheckAsync(default);

        Assert.That((check.Ready, check.Detail), Is.EqualTo((false, check.Detail)));
        Assert.That(check.Detail, Does.Contain("other.onnx"));
        Assert.That(
            async () => await host.Get<ISpeechFinder>().FindAsync(await WriteAsync(new short[100]), null, default),
            Throws.TypeOf<TransientDubException>().With.Message.Not.Contains("onnx"));
    }

    [Test]
    public async Task Without_weights_nothing_is_known()
    {
        using var host = new EngineHost(("Engines:Silero:ModelPath", ""));

        Assert.That(await host.Get<ISpeechFinder>().FindAsync(await WriteAsync(new short[100]), null, default), Is.Null);
    }

    [Test]
    public void The_script_the_service_and_the_catalogue_mean_the_same_weights()
    {
        var listed = ModelCatalogue.Carried.Find("silero-vad")!.Instead!;

        Assert.That(
            Repository.Read("AiDub.Jobs/Engines/Silero/weights/SHA256SUMS").Trim(),
            Is.EqualTo($"{SileroWeights.Hash}  {SileroWeights.File}").And.EqualTo($"{listed.Sha256}  {listed.Local}"));
    }

    private async Task<IReadOnlyList<AudioSpan>> FindAsync(short[] samples) =>
        (await _host.Get<ISpeechFinder>().FindAsync(await WriteAsync(samples), null, default))!;

    private async Task<string> WriteAsync(short[] samples)
    {
        var path = _host.PathOf("clip.wav");
        await new WavFile(VadClips.Rate, samples).WriteAsync(path, default);
        return path;
    }

    private sealed class Told(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
