using System.Buffers.Binary;
using AiDub.Domain.Media;

namespace AiDub.Tests.Jobs.Media.Clock;

/// <summary>Files that say where they end, joined byte by byte: players show the first one only, and a dub all of them.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class JoinedFilesTests : IDisposable
{
    private const string H264 = "-c:v libx264 -preset ultrafast -bf 2 -g 25 -c:a aac";
    private const double Length = 4;
    private const double Joint = 0.3;
    private static readonly double[] At = [1.2, 3];
    private static readonly double[] AtBoth = [1.2, 3, 5.2, 7];
    private readonly MediaBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [TestCase("mp4", H264, H264, false, TestName = "MP4")]
    [TestCase(
        "mp4", H264, H264 + " -vf scale=320:240,setsar=1 -ac 1", true, TestName = "MP4 of another size and other sound", Category = "Long")]
    [TestCase("mov", H264 + " -movflags +faststart", H264, false, TestName = "QuickTime, of which one begins with its index")]
    [TestCase(
        "mp4", H264 + " -movflags empty_moov+frag_keyframe", H264, false,
        TestName = "MP4 of fragments before one of none", Category = "Long")]
    [TestCase("flv", H264, H264, false, TestName = "Flash video", Category = "Long")]
    [TestCase("wmv", "-c:v mpeg4 -c:a wmav2", "-c:v mpeg4 -c:a wmav2", true, TestName = "Windows Media", Category = "Long")]
    public async Task All_that_was_joined_is_seen_and_heard(string kind, string before, string after, bool encodes)
    {
        var (one, two) = (await ClipAsync($"one.{kind}", before), await ClipAsync($"two.{kind}", after));

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, JoinedClips.Join(_bench, "joined", one, two));

        Assert.That((media.LeavesFilesOut, media.PictureChanges), Is.EqualTo((false, encodes)));
        Assert.That(media.DurationSeconds, Is.EqualTo(2 * Length).Within(Joint));
        await FlashAndBeep.AssertAsync(dubbed, AtBoth, Joint);
    }

    [TestCase("wav")]
    [TestCase("w64", Category = "Long")]
    [TestCase("aiff", Category = "Long")]
    [TestCase("au", Category = "Long")]
    [TestCase("m4a")]
    [TestCase("flac")]
    public async Task All_the_sound_that_was_joined_is_heard(string kind)
    {
        var one = await ClipAsync($"one.{kind}", "-map 1");

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, JoinedClips.Join(_bench, "joined", one, one, one));

        Assert.That((media.Container, media.LeavesFilesOut), Is.EqualTo((Container.M4a, false)));
        Assert.That(await FlashAndBeep.BeepsAsync(dubbed), Is.EqualTo([.. AtBoth, 9.2, 11]).Within(Joint));
    }

    [Test]
    public async Task A_picture_that_is_to_be_turned_is_turned()
    {
        var one = await ClipAsync("upright.mp4", H264);
        var turned = await _bench.MakeAsync("turned.mp4", $"-i {one} -c copy -metadata:s:v rotate=90");

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, JoinedClips.Join(_bench, "joined", turned, turned));

        Assert.That(media.DurationSeconds, Is.EqualTo(2 * Length).Within(Joint));
        var picture = (await _bench.InspectAsync(dubbed)).GetProperty("streams")[0];
        Assert.That((picture.GetProperty("width").GetInt32(), picture.GetProperty("height").GetInt32()), Is.EqualTo((90, 160)));
    }

    [Test]
    public async Task What_follows_and_cannot_be_read_is_told_of()
    {
        var one = await ClipAsync("one.mp4", H264);
        var cut = _bench.Path("cut.mp4");
        var bytes = await File.ReadAllBytesAsync(one);
        await File.WriteAllBytesAsync(cut, bytes[..(bytes.Length / 2)]);

        var media = await _bench.ProbeAsync(JoinedClips.Join(_bench, "joined", one, cut));

        Assert.That(media.LeavesFilesOut, Is.True);
        Assert.That(media.DurationSeconds, Is.EqualTo(Length).Within(Joint));
    }

    [Test]
    public async Task One_file_is_one_file()
    {
        var media = await _bench.ProbeAsync(await ClipAsync("one.mp4", H264));

        Assert.That((media.LeavesFilesOut, media.ClockRepairs.Count, media.PictureChanges), Is.EqualTo((false, 0, false)));
    }

    [TestCase("-movflags +faststart", TestName = "MP4 at whose end its type is said again")]
    [TestCase("-movflags empty_moov+frag_keyframe", TestName = "MP4 of fragments at whose end its type is said again")]
    public async Task What_it_is_said_to_be_again_is_no_other_file(string how)
    {
        var bytes = await File.ReadAllBytesAsync(await ClipAsync("one.mp4", $"{H264} {how}"));
        var ending = _bench.Path("ending.mp4");
        await File.WriteAllBytesAsync(ending, [.. bytes, .. bytes[..BinaryPrimitives.ReadInt32BigEndian(bytes)]]);

        Assert.That((await _bench.ProbeAsync(ending)).LeavesFilesOut, Is.False);
    }

    [Test]
    public async Task A_flac_behind_tags_is_one_file()
    {
        byte[] tags = [.. "ID3"u8, 3, 0, 0, 0, 0, 0, 21, .. "TIT2"u8, 0, 0, 0, 11, 0, 0, 0, .. "Some title"u8];
        var tagged = _bench.Path("tagged.flac");
        await File.WriteAllBytesAsync(tagged, [.. tags, .. await File.ReadAllBytesAsync(await ClipAsync("one.flac", "-map 1"))]);

        Assert.That((await _bench.ProbeAsync(tagged)).LeavesFilesOut, Is.False);
    }

    private Task<string> ClipAsync(string name, string how) =>
        _bench.MakeAsync(name, $"{FlashAndBeep.Picture(Length, At)} {FlashAndBeep.Sound(Length, At)} {how}");
}
