using System.Runtime.InteropServices;
using System.Text;
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
