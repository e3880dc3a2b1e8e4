using AiDub.Jobs.Media.Rendering;
using AiDub.Jobs.Tools;

namespace AiDub.Tests.Jobs.Media;

/// <summary>The sound of a source is read as often as a mix needs it, and of a short one decoded once.</summary>
public sealed class SourceSoundTests
{
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase(1, 2)]
    [TestCase(2, 3.3)]
    public async Task A_short_source_is_the_same_when_it_is_read_again_and_needs_no_file_for_it(int channels, double seconds)
    {
        var (sound, path) = await OpenAsync(channels, seconds);
        var first = await ReadAsync(sound);

        File.Delete(path);

        Assert.That(first, Has.Count.EqualTo(seconds * DubRenderer.SampleRate * channels));
        Assert.That(first.Max(), Is.GreaterThan(0.05));
        Assert.That((await ReadAsync(sound)).SequenceEqual(first), Is.True);
        Assert.That((await ReadAsync(sound)).SequenceEqual(first), Is.True);
    }

    [Test]
    public async Task A_source_that_would_take_much_memory_is_decoded_again()
    {
        var (sound, path) = await OpenAsync(2, 90);
        var first = await ReadAsync(sound);
        Assert.That((await ReadAsync(sound)).SequenceEqual(first), Is.True);

        File.Delete(path);

        Assert.That(() => ReadAsync(sound), Throws.InstanceOf<ToolFailedException>(), "no file, and no fault of its sound");
    }

    [Test]
    public async Task A_reading_that_was_ended_is_begun_anew()
    {
        var (sound, _) = await OpenAsync(2, 5);
        using var stop = new CancellationTokenSource();
        Assert.That(
            () => sound.ReadAsync((_, _) => new ValueTask(stop.CancelAsync()), stop.Token),
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(await ReadAsync(sound), Has.Count.EqualTo(5 * DubRenderer.SampleRate * 2).And.Some.GreaterThan(0.05));
    }

    private async Task<(SourceSound Sound, string Path)> OpenAsync(int channels, double seconds)
    {
        var path = await _bench.MakeAsync("a.wav", FormattableString.Invariant($"-f lavfi -i sine=d={seconds} -ac {channels} -ar 48000"));
        var job = new RenderJob
        {
            SourcePath = path,
            Media = await _bench.ProbeAsync(path),
            Speech = [],
            OriginalSpeech = [],
            Language = "es",
            OutputPath = _bench.Path("dubbed.wav"),
            Scratch = _bench.Folder,
        };
        return (new SourceSound(_bench.Tools, job), path);
    }

    // As those do who mix: what they are given is written over.
    private static async Task<List<float>> ReadAsync(SourceSound sound)
    {
        var (all, last) = (new List<float>(), 0.0);
        await sound.ReadAsync(
            (chunk, share) =>
            {
                Assert.That(share, Is.GreaterThan(last));
                last = share;
                all.AddRange(chunk.Span);
                chunk.Span.Fill(7);
                return ValueTask.CompletedTask;
            },
            default);
        Assert.That(last, Is.EqualTo(1));
        return all;
    }
}
