using System.Buffers.Binary;

namespace AiDub.Tests.Jobs.Media.Probing;

/// <summary>Of what containers state of their size only that is believed which is meant so.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StatedSizeTests
{
    private const string Sound = "-f lavfi -i sine=d=6";
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task A_WAV_file_that_states_a_few_bytes_too_many_is_whole_though_its_packets_do_not_say_how_long_they_last()
    {
        var path = await _bench.MakeAsync("a.wav", $"{Sound} -ar 16000 -c:a libspeex");
        var bytes = await File.ReadAllBytesAsync(path);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length);
        await File.WriteAllBytesAsync(path, bytes);

        Assert.That((await _bench.ProbeAsync(path)).CutShort, Is.Null);
    }

    [Test]
    public async Task A_WAV_file_of_64_bit_sizes_of_broadcasters_that_broke_off_is_told()
    {
        var path = await _bench.MakeAsync("a.wav", $"{Sound} -rf64 always");
        var bytes = await File.ReadAllBytesAsync(path);
        "BW64"u8.CopyTo(bytes);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length * 6 / 10)]);
        Assert.That((await _bench.ProbeAsync(path)).CutShort, Is.Not.Null);
    }

    [Test]
    public async Task A_WMA_file_that_has_all_its_packets_is_whole_though_it_states_a_larger_size_and_a_longer_time()
    {
        var path = await _bench.MakeAsync("a.wma", Sound);
        var bytes = await File.ReadAllBytesAsync(path);
        var properties = bytes.AsSpan(bytes.AsSpan().IndexOf<byte>([0xA1, 0xDC, 0xAB, 0x8C, 0x47, 0xA9, 0xCF, 0x11]));
        BinaryPrimitives.WriteInt64LittleEndian(properties[40..], bytes.Length + 3000);
        var time = BinaryPrimitives.ReadInt64LittleEndian(properties[64..]);
        BinaryPrimitives.WriteInt64LittleEndian(properties[64..], time + 3_000_000);
        await File.WriteAllBytesAsync(path, bytes);

        Assert.That((await _bench.ProbeAsync(path)).CutShort, Is.Null);
    }

    [Test]
    public async Task A_NUT_file_that_broke_off_is_dubbed_to_the_end_of_its_sound()
    {
        var path = await _bench.MakeAsync(
            "a.nut", $"-f lavfi -i testsrc2=s=64x48:r=25:d=6 {Sound} -c:v mpeg4 -c:a pcm_s16le");
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length * 6 / 10)]);
        var sound = (await _bench.SamplesAsync(path)).Length / 48000.0;

        Assert.That((await _bench.ProbeAsync(path)).DurationSeconds, Is.GreaterThan(sound - 0.03));
    }
}
