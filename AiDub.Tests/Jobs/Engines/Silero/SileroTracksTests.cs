using AiDub.Domain.Errors;
using AiDub.Domain.Estimates;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Estimates;
using AiDub.Jobs.Media;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Storage;
using AiDub.Tests.Bench;
using AiDub.Tests.Jobs.Dubbing.Steps;
using AiDub.Tests.Jobs.Media;
using AiDub.Tests.Jobs.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Engines.Silero;

/// <summary>What is dubbed, and how much of it is speech, by Silero's real weights.</summary>
public sealed class SileroTracksTests
{
    private EngineHost _host = null!;
    private MediaBench _media = null!;
    private VadClips _clips = null!;

    [OneTimeSetUp]
    public void Open()
    {
        _host = new EngineHost(("Engines:Silero:ModelPath", SileroFile.Path));
        (_media, _clips) = (new MediaBench(), new VadClips(_host.Folder));
    }

    [OneTimeTearDown]
    public void Close()
    {
        _media?.Dispose();
        _host?.Dispose();
    }

    // By its level the first is taken for speech.
    [TestCase("straight")]
    [TestCase("syllables")]
    public async Task Of_other_sound_and_quieter_speech_the_speech_is_dubbed(string name) =>
        Assert.That(await ChosenAsync(await MixedAsync(name), _host.Get<ISpeechFinder>()), Is.EqualTo(1));

    [Test]
    public async Task Where_nothing_can_tell_tracks_are_told_apart_by_their_level() =>
        Assert.That(await ChosenAsync(await MixedAsync("syllables"), new BrokenFinder()), Is.EqualTo(1));

    [TestCase("FM", 0, 0)]
    [TestCase("piano", 0, 0)]
    [TestCase(null, 5, 12)]
    public async Task An_estimate_counts_no_music_as_speech(string? music, double least, double most)
    {
        await SpokenAsync("said.wav", 1);
        if (music is not null)
            await new WavFile(VadClips.Rate, await PlayedAsync(music)).WriteAsync(_media.Path("said.wav"), default);

        Assert.That((await MeasureAsync("said.wav")).SpeechSeconds, Is.InRange(least, most));
    }

    private async Task<string> MixedAsync(string name)
    {
        await new WavFile(VadClips.Rate, await PlayedAsync(name)).WriteAsync(_media.Path("music.wav"), default);
        await SpokenAsync("voice.wav", 0.1);
        return await _media.MakeAsync(
            $"{name}.mkv",
            "-f lavfi -i testsrc2=s=64x48:r=25:d=12 -i music.wav -i voice.wav -map 0 -map 1 -map 2 -c:v libx264 -preset ultrafast "
                + "-c:a pcm_s16le -metadata:s:a:0 title=Game -metadata:s:a:1 title=Mic");
    }

    private async Task SpokenAsync(string name, double gain)
    {
        var voice = (await _clips.SpokenAsync("slt"))[..(12 * VadClips.Rate)];
        await new WavFile(VadClips.Rate, [.. voice.Select(s => (short)(gain * s))]).WriteAsync(_media.Path(name), default);
    }

    private Task<short[]> PlayedAsync(string name) => VadClips.Made.Any(m => m.Name == name)
        ? _clips.MadeAsync(name)
        : _clips.PlayedAsync(name, name == "straight" ? MidiTune.Drums(24, isBroken: false) : MidiTune.Of(0, 0, 24));

    private async Task<int> ChosenAsync(string source, ISpeechFinder finder) =>
        (await Listener(finder).ChooseAsync(source, await _media.ProbeAsync(source), null, null, _media.Folder, default)).Audio.Number;

    private async Task<SourceMeasure> MeasureAsync(string name)
    {
        var fetcher = new FakeFetcher();
        fetcher.Served["http://127.0.0.1/a"] = await File.ReadAllBytesAsync(_media.Path(name));
        using var data = new TestData();
        var meter = new SourceMeter(
            fetcher, new StepBench().Objects, _media.Prober, Listener(_host.Get<ISpeechFinder>()), _media.Extractor,
            _host.Get<ISpeechFinder>(), new Scratch(data.Directory), Options.Create(new EstimateOptions()), TimeProvider.System);
        return await meter.MeasureAsync("http://127.0.0.1/a", null, null, default);
    }

    private TrackListener Listener(ISpeechFinder finder) => new(_media.Tools, finder, NullLogger<TrackListener>.Instance);

    private sealed class BrokenFinder : ISpeechFinder
    {
        public Task<IReadOnlyList<AudioSpan>?> FindAsync(string wav, IProgress<double>? progress, CancellationToken ct) =>
            throw new TransientDubException("It broke off.");
    }
}
