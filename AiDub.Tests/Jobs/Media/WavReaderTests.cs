using System.Text;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Tests.Jobs.Media;

/// <summary>WAV files as tools and servers write them, well and badly.</summary>
public sealed class WavReaderTests
{
    private static readonly byte[] Whole = new WavFile(8000, [1, -2, 3]).ToBytes();

    private string _path = null!;

    [SetUp]
    public void Name() => _path = Path.GetTempFileName();

    [TearDown]
    public void Remove() => File.Delete(_path);

    [Test]
    public void What_was_written_is_read() => Assert.That(Read(Whole), Is.EqualTo((8000, new short[] { 1, -2, 3 })));

    [TestCase(0xFFFFFFFFu)]
    [TestCase(0x7FFFFFFFu)]
    [TestCase(1000u)]
    public void A_length_that_is_more_than_there_is_ends_with_the_file(uint stated) =>
        Assert.That(Read(WithLength(stated)).Samples, Is.EqualTo(new short[] { 1, -2, 3 }));

    [Test]
    public void Half_a_sample_at_the_end_is_none() => Assert.That(Read(Whole[..^1]).Samples, Is.EqualTo(new short[] { 1, -2 }));

    [Test]
    public void What_stands_before_the_samples_is_passed_over_odd_lengths_with_their_padding()
    {
        byte[] noted = [.. Whole[..12], .. "LIST"u8, 3, 0, 0, 0, 7, 7, 7, 0, .. Whole[12..]];

        Assert.That(Read(noted).Samples, Is.EqualTo(new short[] { 1, -2, 3 }));
    }

    [Test]
    public void It_goes_to_any_sample_and_not_beyond_the_ends()
    {
        File.WriteAllBytes(_path, Whole);
        using var wav = WavReader.Open(_path);
        var sample = new short[1];

        wav.Seek(2);
        Assert.That((wav.Read(sample), sample[0]), Is.EqualTo((1, 3)));
        wav.Seek(99);
        Assert.That(wav.Read(sample), Is.Zero);
        wav.Seek(-5);
        Assert.That((wav.Read(sample), sample[0]), Is.EqualTo((1, 1)));
    }

    [TestCase("")]
    [TestCase("RIFF0000WAVE")]
    [TestCase("RIFF0000WAVEfmt \u0010\0\0\0\u0001\0")]
    [TestCase("{\"error\":\"none\"}")]
    public void What_is_no_such_file_is_refused(string text) =>
        Assert.That(() => Read(Encoding.Latin1.GetBytes(text)), Throws.TypeOf<InvalidDataException>());

    [Test]
    public void Two_channels_are_refused()
    {
        var stereo = Whole.ToArray();
        stereo[22] = 2;

        Assert.That(() => Read(stereo), Throws.TypeOf<InvalidDataException>().With.Message.Contains("2 channels"));
    }

    [TestCase(6u, 50)]
    [TestCase(1000u, 1044)]
    [TestCase(0u, null)]
    [TestCase(0xFFFFFFFFu, null)]
    public void A_file_says_how_long_it_is_unless_that_was_not_known(uint stated, int? bytes) =>
        Assert.That(WavFile.StatedBytes(WithLength(stated)), Is.EqualTo(bytes));

    private static byte[] WithLength(uint stated) => [.. Whole[..40], .. BitConverter.GetBytes(stated), .. Whole[44..]];

    private (int SampleRate, short[] Samples) Read(byte[] file)
    {
        File.WriteAllBytes(_path, file);
        var wav = WavFile.Read(_path);
        return (wav.SampleRate, wav.Samples);
    }
}
