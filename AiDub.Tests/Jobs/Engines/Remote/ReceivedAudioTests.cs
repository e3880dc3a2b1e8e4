using System.Text;
using AiDub.Jobs.Engines.Remote;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Jobs.Engines.Remote;

public sealed class ReceivedAudioTests
{
    private EngineHost _host = null!;

    [SetUp]
    public void Start() => _host = new EngineHost();

    [TearDown]
    public void Stop() => _host.Dispose();

    private async Task<byte[]> ToneAsync(params string[] form)
    {
        var path = _host.PathOf("tone." + form[^1]);
        await Tool.FfmpegAsync(["-v", "error", "-f", "lavfi", "-i", "sine=frequency=440:duration=1", .. form[..^1], path]);
        return await File.ReadAllBytesAsync(path);
    }

    private async Task AssertSecondOfSoundAsync(byte[] body)
    {
        ReceivedAudio.Check(body, raw: false);
        await _host.Get<ReceivedAudio>().WriteAsync("Vendor", body, null, _host.PathOf("out.wav"), default);
        var wav = WavInfo.Read(_host.PathOf("out.wav"));
        Assert.That((wav.Format, wav.Channels, wav.Bits, wav.HeaderIsTrue), Is.EqualTo((1, 1, 16, true)));
        Assert.That(wav.Seconds, Is.EqualTo(1).Within(0.1));
        Assert.That(wav.Peak, Is.GreaterThan(0.05));
    }

    [TestCase("-ac", "2", "wav")]
    [TestCase("-c:a", "pcm_f32le", "wav")]
    [TestCase("-b:a", "64k", "mp3")]
    [TestCase("-ar", "24000", "wav")]
    public async Task Whatever_sound_is_sent_becomes_16_bit_mono(string option, string value, string extension) =>
        await AssertSecondOfSoundAsync(await ToneAsync(option, value, extension));

    [TestCase(0u)]
    [TestCase(0xFFFFFFFFu)]
    public async Task A_stream_whose_header_knows_no_length_is_taken_whole(uint length)
    {
        var wav = await ToneAsync("-fflags", "+bitexact", "wav");
        BitConverter.TryWriteBytes(wav.AsSpan(wav.AsSpan().IndexOf("data"u8) + 4), length);
        await AssertSecondOfSoundAsync(wav);
    }

    [Test]
    public async Task Sound_that_was_cut_off_and_text_are_no_answers()
    {
        var wav = await ToneAsync("-ac", "1", "wav");
        Assert.That(() => ReceivedAudio.Check(wav[..^1000], raw: false), Throws.TypeOf<MalformedAnswerException>());
        Assert.That(() => ReceivedAudio.Check([], raw: true), Throws.TypeOf<MalformedAnswerException>());
        Assert.That(
            () => ReceivedAudio.Check([.. Enumerable.Repeat((byte)' ', 100)], raw: false), Throws.TypeOf<MalformedAnswerException>());
        Assert.That(
            () => ReceivedAudio.Check(Encoding.UTF8.GetBytes("{\"error\": \"" + new string('x', 100)), raw: true),
            Throws.TypeOf<MalformedAnswerException>());
    }
}
