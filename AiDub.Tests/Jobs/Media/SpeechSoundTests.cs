using AiDub.Domain.Audio;
using AiDub.Domain.Errors;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Tests.Jobs.Media;

public sealed class SpeechSoundTests
{
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task Silence_is_trimmed_from_the_ends_only()
    {
        var wav = await _bench.MakeAsync(
            "a.wav", "-f lavfi -i aevalsrc=0.5*sin(2*PI*400*t)*(between(t\\,1\\,1.5)+between(t\\,2\\,2.5)):s=22050:d=4 -c:a pcm_s16le");

        var seconds = await SpeechTrimmer.TrimAsync(wav, default);

        Assert.That(seconds, Is.EqualTo(1.54).Within(0.003));
        Assert.That(WavFile.Read(wav).Seconds, Is.EqualTo(seconds));
    }

    [Test]
    public async Task Silence_trims_to_nothing()
    {
        var wav = await _bench.MakeAsync("a.wav", "-f lavfi -i anullsrc=r=16000:cl=mono -t 1 -c:a pcm_s16le");

        Assert.That(await SpeechTrimmer.TrimAsync(wav, default), Is.Zero);
        Assert.That(WavFile.Read(wav).Samples, Is.Empty);
    }

    [TestCase(1.137)]
    [TestCase(1.3)]
    [TestCase(2.4)]
    [TestCase(0.8)]
    public async Task Shaped_speech_lasts_exactly_as_long_as_asked(double tempo)
    {
        var wav = await _bench.MakeAsync("a.wav", "-f lavfi -i sine=500:d=1.2345:r=22050 -c:a pcm_s16le");
        var seconds = WavFile.Read(wav).Seconds;

        var shaped = await _bench.Shaper.ShapeAsync([new UnshapedSpeech(wav, tempo, _bench.Path("b.wav"))], _bench.Folder, default);

        var result = WavFile.Read(_bench.Path("b.wav"));
        Assert.That(result.SampleRate, Is.EqualTo(22050));
        Assert.That(result.Samples, Has.Length.EqualTo((int)Math.Round(seconds * 22050 / tempo)));
        Assert.That(shaped.Single(), Is.EqualTo(result.Seconds));
    }

    [TestCase(1.3)]
    [TestCase(2.4)]
    public async Task Shaping_keeps_the_pitch(double tempo)
    {
        var wav = await _bench.MakeAsync("a.wav", "-f lavfi -i sine=500:d=2:r=22050 -c:a pcm_s16le");

        await _bench.Shaper.ShapeAsync([new UnshapedSpeech(wav, tempo, _bench.Path("b.wav"))], _bench.Folder, default);

        var samples = WavFile.Read(_bench.Path("b.wav")).Samples[2205..^2205];
        var crossings = samples.Zip(samples.Skip(1), (a, b) => a < 0 && b >= 0).Count(c => c);
        Assert.That(crossings / (samples.Length / 22050.0), Is.EqualTo(500).Within(5));
    }

    [Test]
    public async Task The_last_word_is_not_cut_off()
    {
        var wav = await _bench.MakeAsync(
            "a.wav", "-f lavfi -i aevalsrc=0.5*sin(2*PI*400*t)*(lt(t\\,0.2)+gt(t\\,1.8)):s=22050:d=2 -c:a pcm_s16le");
        await SpeechTrimmer.TrimAsync(wav, default);

        await _bench.Shaper.ShapeAsync([new UnshapedSpeech(wav, 1.3, _bench.Path("b.wav"))], _bench.Folder, default);

        var samples = WavFile.Read(_bench.Path("b.wav")).Samples;
        var lastWord = Enumerable.Range(0, samples.Length).Where(n => Math.Abs((int)samples[n]) > 4000).ToList();
        Assert.That((lastWord[^1] - lastWord.First(n => n > 22050)) / 22050.0, Is.EqualTo(0.2 / 1.3).Within(0.02));
    }

    [Test]
    public async Task One_process_shapes_several_files_each_at_its_own_tempo_and_rate()
    {
        var slow = await _bench.MakeAsync("a.wav", "-f lavfi -i sine=500:d=1:r=22050 -c:a pcm_s16le");
        var fast = await _bench.MakeAsync("b.wav", "-f lavfi -i sine=500:d=2:r=16000 -c:a pcm_s16le");

        var seconds = await _bench.Shaper.ShapeAsync(
            [new UnshapedSpeech(slow, 0.8, _bench.Path("x.wav")), new UnshapedSpeech(fast, 1.25, _bench.Path("y.wav"))],
            _bench.Folder, default);

        Assert.That(seconds, Is.EqualTo(new[] { 1.25, 1.6 }).Within(0.001));
        Assert.That(WavFile.Read(_bench.Path("x.wav")).SampleRate, Is.EqualTo(22050));
        Assert.That(WavFile.Read(_bench.Path("y.wav")).SampleRate, Is.EqualTo(16000));
    }

    [TestCase(1.25, true, "apad=pad_dur=0.2,rubberband=tempo=1.25")]
    [TestCase(1.25, false, "apad=pad_dur=0.2,atempo=1.25")]
    [TestCase(3.0, false, "apad=pad_dur=0.2,atempo=2,atempo=1.5")]
    public void The_chain_of_filters_follows_the_tempo(double tempo, bool rubberband, string chain)
    {
        Assert.That(SpeechShaper.Filter(tempo, rubberband), Is.EqualTo(chain));
    }

    [TestCase("a.mp4", "-itsoffset 1", TestName = "Speech that starts late is extracted in place")]
    [TestCase("a.ts", "-itsoffset 1", TestName = "Speech of mpegts is extracted in place")]
    [TestCase("a.mkv", "", TestName = "Speech is extracted in place")]
    public async Task Speech_is_extracted_on_the_time_line_of_the_picture(string name, string offset)
    {
        var sound = $"{offset} -f lavfi -i aevalsrc=0.5*sin(2*PI*400*t)*gt(t\\,1):s=44100:d=2".Trim();
        var source = await _bench.MakeAsync(
            name, $"-f lavfi -i testsrc2=s=160x120:r=25:d=4 {sound} -c:v libx264 -preset ultrafast -bf 2 -c:a aac");
        var shares = new List<double>();

        await _bench.Extractor.ExtractAsync(
            source, await _bench.ProbeAsync(source), _bench.Path("x.wav"), _bench.Folder, new Told(shares), default);

        var wav = WavFile.Read(_bench.Path("x.wav"));
        var onset = Array.FindIndex(wav.Samples, s => Math.Abs((int)s) > 3000) / 16000.0;
        Assert.That(wav.SampleRate, Is.EqualTo(16000));
        Assert.That(onset, Is.EqualTo(offset.Length > 0 ? 2 : 1).Within(0.03));
        Assert.That(shares, Is.Not.Empty);
        Assert.That(shares, Is.Ordered.And.All.InRange(0, 1));
    }

    [Test]
    public async Task Sound_that_cannot_be_decoded_is_an_error()
    {
        var source = await _bench.MakeAsync("a.mp4", "-f lavfi -i sine=d=2 -c:a aac");
        var media = await _bench.ProbeAsync(source);
        var bytes = await File.ReadAllBytesAsync(source);
        var data = bytes.AsSpan().IndexOf("mdat"u8) + 4;
        bytes.AsSpan(data, bytes.AsSpan().IndexOf("moov"u8) - 4 - data).Fill(0xFF);
        await File.WriteAllBytesAsync(source, bytes);

        var error = Assert.ThrowsAsync<PermanentDubException>(
            () => _bench.Extractor.ExtractAsync(source, media, _bench.Path("x.wav"), _bench.Folder, new NoProgress(), default));

        Assert.That(error.Code.Value, Is.EqualTo("media_invalid"));
    }

    [TestCase("aevalsrc=0.3*sin(2*PI*200*t)*(0.2+gt(sin(2*PI*0.7*t)\\,0)):s=48000:d=12")]
    [TestCase("anoisesrc=c=pink:a=0.4:r=48000:d=8")]
    [TestCase("flite=text='A_long_enough_sentence_to_measure_how_loud_a_voice_is':voice=rms")]
    public async Task The_meter_agrees_with_ffmpegs(string source)
    {
        var wav = await _bench.MakeAsync("a.wav", $"-f lavfi -i {source} -ar 48000 -ac 1 -c:a pcm_s16le");
        var meter = new LoudnessMeter(48000, 1);

        meter.Add(WavFile.Read(wav).Samples.Select(s => s / 32768f).ToArray());

        Assert.That(meter.Integrated, Is.EqualTo(await _bench.LufsAsync(wav)).Within(0.1));
    }

    [TestCase("-ac 1", TestName = "Encrypted sound of one channel")]
    [TestCase("-ac 2", TestName = "Encrypted sound of two channels")]
    public async Task Encrypted_sound_is_refused_as_such(string channels)
    {
        var source = await _bench.MakeAsync(
            "a.mp4",
            $"-f lavfi -i sine=d=3 {channels} -c:a aac -encryption_scheme cenc-aes-ctr "
                + "-encryption_key 76a6c65c5ea762046bd749a2e632ccbb -encryption_kid a7e61c373e219033c21091fa607bf3b8");
        var media = await _bench.ProbeAsync(source);

        var refusal = Assert.ThrowsAsync<PermanentDubException>(
            () => _bench.Extractor.ExtractAsync(source, media, _bench.Path("x.wav"), _bench.Folder, new NoProgress(), default));

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.MediaEncrypted));
    }

    private sealed class Told(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }
}
