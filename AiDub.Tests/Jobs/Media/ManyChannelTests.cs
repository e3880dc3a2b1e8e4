using System.Runtime.InteropServices;
using System.Text;
using AiDub.Domain.Media;
using AiDub.Jobs.Media.Rendering;

namespace AiDub.Tests.Jobs.Media;

/// <summary>Recordings of many microphones, each a channel, of which the file does not say where they stand.</summary>
public sealed class ManyChannelTests
{
    private const int Rate = 48000;
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    // Without being told ffmpeg refuses twelve and makes a cinema's sound of 24, of which it leaves some out.
    [TestCase(12)]
    [TestCase(24)]
    public async Task Every_one_of_them_is_heard(int channels)
    {
        var source = _bench.Path("a.wav");
        await File.WriteAllBytesAsync(source, Wave(channels));
        var job = new RenderJob
        {
            SourcePath = source,
            Media = await _bench.ProbeAsync(source),
            Speech = [],
            OriginalSpeech = [],
            Language = "es",
            OutputPath = _bench.Path("dubbed.m4a"),
            Scratch = _bench.Folder,
        };

        await _bench.Renderer.RenderAsync(job, new NoProgress(), default);

        Assert.That(await FlashAndBeep.BeepsAsync(job.OutputPath), Is.EqualTo(Enumerable.Range(0, channels).Select(At)).Within(0.02));
    }

    // Of what comes from the left; of who narrates, who stays with the head.
    [TestCase("a.opus", "", "4c|c0=c0|c1=0.9*c0|c2=0*c0|c3=0*c0")]
    [TestCase("a.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=3", "4c|c0=c0|c1=0.9*c0|c2=0*c0|c3=0*c0")]
    [TestCase("a.opus", "", "6c|c0=0*c0|c1=0*c0|c2=0*c0|c3=0*c0|c4=c0|c5=c0")]
    public async Task Ambisonic_sound_is_heard_and_dubbed_as_stereo(string name, string picture, string channels)
    {
        var source = await _bench.MakeAsync(
            name, (FlashAndBeep.Sound(3, 1) + $" {picture} -af pan={channels} -c:a libopus -mapping_family 2").Replace("  ", " "));
        var media = await _bench.ProbeAsync(source);
        var job = new RenderJob
        {
            SourcePath = source,
            Media = media,
            Speech = [],
            OriginalSpeech = [],
            Language = "es",
            OutputPath = _bench.Path("dubbed" + media.Container.Extension()),
            Scratch = _bench.Folder,
        };

        await _bench.Extractor.ExtractAsync(source, media, _bench.Path("speech.wav"), _bench.Folder, new NoProgress(), default);
        await _bench.Renderer.RenderAsync(job, new NoProgress(), default);

        Assert.That(media.Audio, Has.Property("Channels").EqualTo(2));
        Assert.That(await FlashAndBeep.BeepsAsync(_bench.Path("speech.wav")), Is.EqualTo(new[] { 1.0 }).Within(0.04));
        Assert.That(await FlashAndBeep.BeepsAsync(job.OutputPath), Is.EqualTo(new[] { 1.0 }).Within(0.04));
    }

    private static double At(int channel) => 1 + channel;

    // In each channel a beep of its own.
    private static byte[] Wave(int channels)
    {
        var samples = new short[(channels + 2) * Rate * channels];
        for (var c = 0; c < channels; c++)
        {
            for (var (first, i) = ((int)(At(c) * Rate), 0); i < Rate / 4; i++)
                samples[((first + i) * channels) + c] = (short)(16000 * Math.Sin(2 * Math.PI * 1000 * i / Rate));
        }
        using var stream = new MemoryStream();
        using var to = new BinaryWriter(stream, Encoding.ASCII);
        var bytes = MemoryMarshal.AsBytes(samples.AsSpan());
        to.Write("RIFF"u8);
        to.Write(36 + bytes.Length);
        to.Write("WAVEfmt "u8);
        to.Write(16);
        to.Write((short)1);
        to.Write((short)channels);
        to.Write(Rate);
        to.Write(Rate * channels * sizeof(short));
        to.Write((short)(channels * sizeof(short)));
        to.Write((short)16);
        to.Write("data"u8);
        to.Write(bytes.Length);
        to.Write(bytes);
        return stream.ToArray();
    }
}
