using System.Buffers.Binary;
using AiDub.Jobs.Tools;
using CliWrap;

namespace AiDub.Tests.Jobs.Media.Probing;

/// <summary>Of a Wave64 file all its sound is dubbed, whatever length its head states.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class Wave64LengthTests
{
    private const string Sound = "-f lavfi -i sine=d=6:r=16000 -fflags +bitexact";
    private const int Second = 32_000;
    private readonly MediaBench _bench = new();

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task What_was_written_into_a_pipe_has_all_its_sound()
    {
        var path = _bench.Path("piped.w64");
        var piped = new ToolCommand("ffmpeg", ["-v", "error", .. Sound.Split(' '), "-f", "w64", "pipe:1"], _bench.Folder)
        {
            StandardOutput = PipeTarget.ToFile(path),
        };
        await _bench.Tools.RunAsync(piped, default);

        var media = await _bench.ProbeAsync(path);

        Assert.That(media.DurationSeconds, Is.EqualTo(6).Within(0.01));
        Assert.That(media.CutShort, Is.Null);
    }

    [Test]
    public async Task The_length_of_a_moment_before_a_recorder_lost_its_power_is_not_believed()
    {
        var path = await MakeAsync();
        var bytes = await File.ReadAllBytesAsync(path);
        State(bytes, Second / 2);
        await File.WriteAllBytesAsync(path, bytes);

        Assert.That((await _bench.ProbeAsync(path)).DurationSeconds, Is.EqualTo(6).Within(0.01));
    }

    // Levels, and markers, whose name has no letters; each begins at a multiple of 8 bytes.
    [TestCase(0, "6C65766CF3ACD3118CD100C04F8EDB8A")]
    [TestCase(6, "6C65766CF3ACD3118CD100C04F8EDB8A")]
    [TestCase(0, "5662F7AB2D39D21186C700C04F8EDB8A")]
    public async Task What_follows_the_sound_and_has_a_name_is_no_sound(int lacking, string name)
    {
        var path = await MakeAsync();
        var bytes = await File.ReadAllBytesAsync(path);
        State(bytes, 2 * Second - lacking);
        var end = Data(bytes) + 2 * Second;
        bytes.AsSpan(end - lacking, lacking).Clear();
        Convert.FromHexString(name).CopyTo(bytes.AsSpan(end));
        await File.WriteAllBytesAsync(path, bytes);

        Assert.That((await _bench.ProbeAsync(path)).DurationSeconds, Is.EqualTo(2).Within(0.01));
    }

    private Task<string> MakeAsync() => _bench.MakeAsync("a.w64", Sound);

    // Where the samples begin: behind the name of their chunk and its size.
    private static int Data(byte[] bytes) => bytes.AsSpan().IndexOf("data"u8) + 24;

    private static void State(byte[] bytes, long length)
    {
        var data = Data(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), data + length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(data - 8), length + 24);
    }
}
