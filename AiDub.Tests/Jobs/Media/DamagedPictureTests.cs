using AiDub.Domain.Errors;
using AiDub.Jobs.Media.Rendering;

namespace AiDub.Tests.Jobs.Media;

/// <summary>A video of whose picture nothing can be shown is refused, and not answered as sound alone.</summary>
public sealed class DamagedPictureTests
{
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task A_picture_of_which_nothing_gets_into_the_result_is_refused_as_damaged()
    {
        var source = await _bench.MakeAsync(
            "a.mp4", "-f lavfi -i testsrc2=s=64x48:r=25:d=2 -f lavfi -i sine=d=2 -c:v libx264 -preset ultrafast -c:a aac");
        var bytes = await File.ReadAllBytesAsync(source);
        // The lengths before the units of its pictures have one byte by this, and four in truth (ISO/IEC 14496-15, 5.3.3.1.2).
        bytes[bytes.AsSpan().LastIndexOf("avcC"u8) + 8] = 0xFC;
        await File.WriteAllBytesAsync(source, bytes);
        var job = await JobAsync(source);

        var refusal = Assert.ThrowsAsync<PermanentDubException>(() => _bench.Renderer.RenderAsync(job, new NoProgress(), default));

        Assert.That((refusal.Code, File.Exists(job.OutputPath)), Is.EqualTo((FailureCode.MediaInvalid, false)));
    }

    [Test]
    public async Task A_track_in_which_there_is_no_picture_is_no_damage()
    {
        var source = await _bench.MakeAsync(
            "off.mp4",
            "-f lavfi -i testsrc2=s=64x48:r=25:d=2 -f lavfi -i sine=d=2 -vf select=0 -c:v libx264 -preset ultrafast -c:a aac "
                + "-movflags +empty_moov+frag_keyframe+default_base_moof");
        var job = await JobAsync(source);

        await _bench.Renderer.RenderAsync(job, new NoProgress(), default);

        Assert.That(job.Media.Video, Is.Not.Null);
        Assert.That(await _bench.DurationAsync(job.OutputPath), Is.EqualTo(2).Within(0.1));
    }

    private async Task<RenderJob> JobAsync(string source) => new()
    {
        SourcePath = source,
        Media = await _bench.ProbeAsync(source),
        Speech = [],
        OriginalSpeech = [],
        Language = "es",
        OutputPath = _bench.Path("dubbed.mp4"),
        Scratch = _bench.Folder,
    };
}
