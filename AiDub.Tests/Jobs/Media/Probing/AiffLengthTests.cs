using System.Buffers.Binary;
using System.Text;

namespace AiDub.Tests.Jobs.Media.Probing;

/// <summary>Of an AIFF file all its sound is dubbed, whatever lengths its head states.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AiffLengthTests
{
    private const int Rate = 16_000;
    private const int Second = 2 * Rate;
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase("pcm_s16be", Second)]
    [TestCase("pcm_s16le", Second)]
    [TestCase("pcm_mulaw", Rate)]
    public async Task The_lengths_of_a_moment_before_a_recorder_lost_its_power_are_not_believed(string codec, int second)
    {
        var bytes = await MakeAsync(codec);
        State(bytes, second / 2, Rate / 2);

        Assert.That(await SecondsAsync(bytes), Is.EqualTo(6).Within(0.01));
    }

    // As ffmpeg and SoX write into a pipe; what is recorded may begin with silence.
    [TestCase(-8, 0)]
    [TestCase(0, 0)]
    [TestCase(0x7F000000, 0x3F800000)]
    public async Task Nor_are_those_of_what_was_written_into_a_pipe(int length, int frames)
    {
        var bytes = await MakeAsync("pcm_s16be");
        State(bytes, length, frames);
        bytes.AsSpan(Place(bytes, "SSND") + 16, 3 * Second).Clear();

        Assert.That(await SecondsAsync(bytes), Is.EqualTo(6).Within(0.01));
    }

    [Test]
    public async Task Nor_is_a_number_of_frames_that_is_less_than_what_is_stored()
    {
        var bytes = await MakeAsync("pcm_s16be");
        Write(bytes, Place(bytes, "COMM") + 10, Rate);

        Assert.That(await SecondsAsync(bytes), Is.EqualTo(6).Within(0.01));
    }

    [TestCase("ID3 ")]
    [TestCase("MARK")]
    [TestCase("FORM")]
    [TestCase("\u00FF\u00D8\u00FF\u00E0", TestName = "The picture of an album behind the sound is no sound")]
    public async Task What_follows_the_sound_and_has_a_name_is_no_sound(string name)
    {
        var bytes = await MakeAsync("pcm_s16be");
        State(bytes, 2 * Second, 2 * Rate);
        Encoding.Latin1.GetBytes(name).CopyTo(bytes, Place(bytes, "SSND") + 16 + (2 * Second));

        Assert.That(await SecondsAsync(bytes), Is.EqualTo(2).Within(0.01));
    }

    [Test]
    public async Task What_a_device_fills_its_room_up_with_is_no_sound()
    {
        var bytes = await MakeAsync("pcm_s16be");
        Write(bytes, Place(bytes, "COMM") + 10, 2 * Rate);
        bytes.AsSpan(Place(bytes, "SSND") + 16 + (2 * Second)).Clear();

        Assert.That(await SecondsAsync(bytes), Is.EqualTo(2).Within(0.01));
    }

    private async Task<byte[]> MakeAsync(string codec) => await File.ReadAllBytesAsync(
        await _bench.MakeAsync("a.aiff", $"-f lavfi -i sine=d=6:r={Rate} -c:a {codec} -fflags +bitexact -flags:a +bitexact"));

    // The file's size, the sound's and the number of frames.
    private static void State(byte[] aiff, int length, int frames)
    {
        var sound = Place(aiff, "SSND");
        Write(aiff, 4, sound + 8 + length);
        Write(aiff, sound + 4, 8 + length);
        Write(aiff, Place(aiff, "COMM") + 10, frames);
    }

    private static void Write(byte[] aiff, int at, int number) => BinaryPrimitives.WriteInt32BigEndian(aiff.AsSpan(at), number);

    private static int Place(byte[] aiff, string chunk) => aiff.AsSpan().IndexOf(Encoding.Latin1.GetBytes(chunk));

    private async Task<double> SecondsAsync(byte[] aiff)
    {
        var path = _bench.Path("b.aiff");
        await File.WriteAllBytesAsync(path, aiff);
        return (await _bench.ProbeAsync(path)).DurationSeconds;
    }
}
