using System.Buffers.Binary;
using System.Text;
using AiDub.Jobs.Media.Probing;

namespace AiDub.Tests.Jobs.Media.Probing;

/// <summary>Of a WAV file all its sound is dubbed, whatever length its head states.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WavLengthTests
{
    private const string Sound = "-f lavfi -i sine=d=6:r=16000";
    private const int Second = 32_000;
    private const int Head = 44;
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task The_length_of_a_moment_before_a_recorder_lost_its_power_is_not_believed()
    {
        var bytes = await MakeAsync();
        State(bytes, Second / 2);

        Assert.That(await SecondsAsync(bytes), Is.EqualTo(6).Within(0.01));
    }

    [Test]
    public async Task A_length_of_which_32_bits_keep_what_is_left_over_is_not_believed()
    {
        var bytes = await MakeAsync();
        var path = _bench.Path("long.wav");
        await using (var file = File.Create(path))
        {
            // What is not written takes no room.
            file.SetLength(uint.MaxValue + 1L + Head + Second);
            State(bytes, Second);
            await file.WriteAsync(bytes);
        }

        await WavLength.MendAsync(path, default);

        await using var mended = File.OpenRead(path);
        var head = new byte[Head];
        await mended.ReadExactlyAsync(head);
        Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(Head - 4)), Is.EqualTo(uint.MaxValue));
    }

    [TestCase("LIST")]
    [TestCase("ID3")]
    [TestCase("RIFF")]
    public async Task What_follows_the_sound_and_has_a_name_is_no_sound(string name)
    {
        var bytes = await MakeAsync();
        State(bytes, 2 * Second);
        Encoding.Latin1.GetBytes(name).CopyTo(bytes, Head + (2 * Second));

        Assert.That(await SecondsAsync(bytes), Is.EqualTo(2).Within(0.01));
    }

    [Test]
    public async Task What_a_device_fills_its_room_up_with_is_no_sound()
    {
        var bytes = await MakeAsync();
        State(bytes, 2 * Second);
        bytes.AsSpan(Head + (2 * Second)).Clear();

        Assert.That(await SecondsAsync(bytes), Is.EqualTo(2).Within(0.01));
    }

    private async Task<byte[]> MakeAsync() =>
        await File.ReadAllBytesAsync(await _bench.MakeAsync("a.wav", $"{Sound} -fflags +bitexact -flags:a +bitexact"));

    private static void State(byte[] wav, uint length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(4), length + Head - 8);
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(Head - 4), length);
    }

    private async Task<double> SecondsAsync(byte[] wav)
    {
        var path = _bench.Path("b.wav");
        await File.WriteAllBytesAsync(path, wav);
        return (await _bench.ProbeAsync(path)).DurationSeconds;
    }
}
