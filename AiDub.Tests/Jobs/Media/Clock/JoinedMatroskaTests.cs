using System.Buffers.Binary;
using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Media.Clock;
using AiDub.Jobs.Media.Probing;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Media.Clock;

/// <summary>
/// Matroska and WebM files joined byte by byte: each has a head of its own, and is seen and heard as it was by itself.
/// </summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Category("Long")]
public sealed class JoinedMatroskaTests : IDisposable
{
    private const string H264 = "-c:v libx264 -preset ultrafast -bf 2 -g 25 -c:a aac";
    private const string High = "-c:v libx264 -preset veryfast -g 25 -c:a aac";
    private const string Small = "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 25";
    private const double Length = 4;
    private const double Joint = 0.3;
    private static readonly double[] At = [1.2, 3];
    private static readonly double[] AtBoth = [1.2, 3, 5.2, 7];
    private readonly MediaBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [TestCase("mkv", H264, H264 + " -vf scale=320:240,setsar=1", TestName = "A picture of another size")]
    [TestCase("mkv", H264, High, TestName = "A picture of the same size with other parameters")]
    [TestCase("mkv", H264, "-c:v mpeg4 -c:a aac", TestName = "A picture of another codec")]
    [TestCase("mkv", H264 + " -ac 1", H264 + " -ar 44100 -ac 2", TestName = "Sound of another rate under the same picture")]
    [TestCase("webm", Small + " -c:a libvorbis", Small + " -c:a libvorbis -q:a 8 -ac 2", TestName = "Vorbis with other tables")]
    [TestCase("webm", Small + " -c:a libopus", Small + " -vf scale=320:240,setsar=1 -c:a libopus", TestName = "WebM of another size")]
    public async Task What_follows_in_files_of_other_parameters_is_dubbed_as_it_was(string kind, string before, string after)
    {
        var (one, two) = (await ClipAsync($"one.{kind}", before), await ClipAsync($"two.{kind}", after));

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, JoinedClips.Join(_bench, $"a.{kind}", one, two));

        Assert.That(media.DurationSeconds, Is.EqualTo(2 * Length).Within(Joint));
        Assert.That(media.ClockRepairs, Is.EqualTo(new[] { Length }).Within(Joint));
        await FlashAndBeep.AssertAsync(dubbed, AtBoth, Joint);
    }

    [Test]
    public async Task A_picture_that_differs_is_encoded_and_what_is_not_laid_is_told()
    {
        var texts = _bench.Path("a.srt");
        await File.WriteAllTextAsync(texts, "1\n00:00:01,000 --> 00:00:02,000\nHello\n");
        var one = await _bench.MakeAsync(
            "one.mkv", $"{Clip} -i {texts} -map 0 -map 1 -map 2 {H264} -c:s srt -metadata:s:a language=spa -metadata:s:a title=Noticias");
        var two = await ClipAsync("two.mkv", H264 + " -vf scale=320:240,setsar=1");

        var media = await _bench.ProbeAsync(JoinedClips.Join(_bench, "a.mkv", one, two));

        Assert.That((media.PictureChanges, media.Container, media.Video!.Width), Is.EqualTo((true, Container.Mkv, 160)));
        Assert.That((media.Audio.LanguageTag, media.Audio.Title), Is.EqualTo(("spa", "Noticias")));
        Assert.That(media.DroppedStreams, Has.Count.EqualTo(1).And.All.StartsWith("subtitle"));
    }

    [TestCase("-map 1 -c:a aac", H264, new double[] { 5.2, 7 }, TestName = "The picture of the second where the first has none")]
    [TestCase(H264, "-map 1 -c:a aac", new double[] { 1.2, 3 }, TestName = "The picture of the first where the second has none")]
    public async Task A_picture_that_one_file_has_is_seen_where_it_is(string before, string after, double[] flashes)
    {
        var (one, two) = (await ClipAsync("one.mkv", before), await ClipAsync("two.mkv", after));

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, JoinedClips.Join(_bench, "a.mkv", one, two));

        Assert.That(media.DurationSeconds, Is.EqualTo(2 * Length).Within(Joint));
        Assert.That(await FlashAndBeep.FlashesAsync(dubbed), Is.EqualTo(flashes).Within(Joint));
        Assert.That(await FlashAndBeep.BeepsAsync(dubbed), Is.EqualTo(AtBoth).Within(Joint));
    }

    [TestCase("-map 0 -an " + H264, H264, TestName = "The sound of the second where the first has none")]
    [TestCase("-map 0 -an " + H264, "-map 1 -c:a aac", TestName = "The picture of the first and the sound of the second")]
    public async Task Sound_that_only_a_file_behind_the_first_has_is_heard_where_it_is(string before, string after)
    {
        var (one, two) = (await ClipAsync("one.mkv", before), await ClipAsync("two.mkv", after));

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, JoinedClips.Join(_bench, "a.mkv", one, two));

        Assert.That(media.DurationSeconds, Is.EqualTo(2 * Length).Within(Joint));
        Assert.That(await FlashAndBeep.BeepsAsync(dubbed), Is.EqualTo([5.2, 7]).Within(Joint));
        Assert.That((await FlashAndBeep.FlashesAsync(dubbed)).Take(2), Is.EqualTo(At).Within(Joint));
    }

    [Test]
    public async Task Files_without_any_sound_are_refused_as_one_is()
    {
        var (one, two) = (await ClipAsync("one.mkv", "-map 0 " + H264), await ClipAsync("two.mkv", "-map 0 " + High));

        var refusal = Assert.ThrowsAsync<PermanentDubException>(() => _bench.ProbeAsync(JoinedClips.Join(_bench, "a.mkv", one, two)));

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.AudioMissing));
    }

    [Test]
    public async Task Chapters_that_are_lost_are_told()
    {
        var chapters = _bench.Path("chapters");
        await File.WriteAllTextAsync(chapters, ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=2\ntitle=One\n");
        var one = await _bench.MakeAsync("one.mkv", $"{Clip} -f ffmetadata -i {chapters} -map 0 -map 1 -map_chapters 2 {H264}");
        var two = await ClipAsync("two.mkv", H264 + " -vf scale=320:240,setsar=1");

        var media = await _bench.ProbeAsync(JoinedClips.Join(_bench, "a.mkv", one, two));

        Assert.That(media.DroppedStreams, Is.EqualTo(["chapters"]));
    }

    [Test]
    public async Task A_picture_behind_the_first_may_be_no_larger_than_the_first_may()
    {
        var (one, two) = (await ClipAsync("one.mkv", H264), await ClipAsync("two.mkv", H264 + " -vf scale=320:240,setsar=1"));
        var prober = new MediaProber(_bench.Tools, Options.Create(new SourceOptions { MaxPixels = 160 * 120 }));

        var refusal = Assert.ThrowsAsync<PermanentDubException>(
            () => prober.ProbeAsync(JoinedClips.Join(_bench, "a.mkv", one, two), _bench.Folder, default));

        Assert.That(refusal.Code, Is.EqualTo(FailureCode.MediaPixels));
    }

    [Test]
    public async Task A_picture_of_odd_size_is_written_as_others_are()
    {
        const string Odd = "-vf scale=161:91,setsar=1 -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 25 -c:a libvorbis";
        var (one, two) = (await ClipAsync("one.webm", Odd), await ClipAsync("two.webm", Odd + " -q:a 8 -ac 2"));

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, JoinedClips.Join(_bench, "a.webm", one, two));

        Assert.That(media.DurationSeconds, Is.EqualTo(2 * Length).Within(Joint));
        await FlashAndBeep.AssertAsync(dubbed, AtBoth, Joint);
    }

    [Test]
    public async Task Opus_of_which_the_heads_tell_another_origin_stays_a_copy()
    {
        var one = await ClipAsync("one.webm", Small + " -c:a libopus");
        var two = _bench.Path("two.webm");
        var bytes = await File.ReadAllBytesAsync(one);
        // The rate of what was encoded (RFC 7845, 5.1), which says nothing of how it is decoded.
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.AsSpan().IndexOf("OpusHead"u8) + 12), 24000);
        await File.WriteAllBytesAsync(two, bytes);

        var media = await _bench.ProbeAsync(JoinedClips.Join(_bench, "a.webm", one, two));

        Assert.That((media.PictureChanges, media.Container, media.Audio.Codec), Is.EqualTo((false, Container.Webm, "opus")));
    }

    [Test]
    public async Task What_looks_like_a_thousand_heads_is_one_file()
    {
        var path = _bench.Path("a.mkv");
        var alike = Enumerable.Repeat(Part("x"), 2000).SelectMany(p => p);
        await File.WriteAllBytesAsync(path, [.. Part("L"), .. alike, .. Part("B")]);

        Assert.That(await MatroskaParts.StartsAsync(path, 10, default), Is.Empty);
    }

    [Test]
    public async Task Files_of_the_same_parameters_stay_a_copy()
    {
        var one = await ClipAsync("one.mkv", H264);

        var media = await _bench.ProbeAsync(JoinedClips.Join(_bench, "a.mkv", one, one));

        Assert.That((media.PictureChanges, media.Audio.Codec), Is.EqualTo((false, "aac")));
    }

    [TestCase("A B", "1", TestName = "A file behind another")]
    [TestCase("A", "", TestName = "One file")]
    [TestCase("L B", "1", TestName = "A file behind a live recording, which does not say where it ends")]
    [TestCase("C B", "1", TestName = "A file behind one that broke off")]
    [TestCase("L x B", "2", TestName = "What only looks like a head is passed over")]
    [TestCase("A A A", "1 2", TestName = "Three files")]
    public async Task A_file_in_a_file_is_found_by_its_head(string told, string expected)
    {
        var parts = told.Split(' ').Select(Part).ToList();
        var path = _bench.Path("a.mkv");
        await File.WriteAllBytesAsync(path, [.. parts.SelectMany(p => p)]);

        var found = await MatroskaParts.StartsAsync(path, 10, default);

        var places = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse);
        Assert.That(found, Is.EqualTo(places.Select(p => parts.Take(p).Sum(b => (long)b.Length))));
    }

    private static string Clip => $"{FlashAndBeep.Picture(Length, At)} {FlashAndBeep.Sound(Length, At)}";

    private Task<string> ClipAsync(string name, string how) => _bench.MakeAsync(name, $"{Clip} {how}");

    // A: a head and a segment of 3,000,000 bytes; B: the same, short; C: of which less is there; L: which states no length; x: no head.
    private static byte[] Part(string told)
    {
        byte[] head = [0x1A, 0x45, 0xDF, 0xA3, 0x87, 0x42, 0x82, 0x84, .. "webm"u8];
        byte[] segment = [0x18, 0x53, 0x80, 0x67];
        return told switch
        {
            "A" => [.. head, .. segment, 0x01, 0, 0, 0, 0, 0x2D, 0xC6, 0xC0, .. new byte[3_000_000]],
            "C" => [.. head, .. segment, 0x01, 0, 0, 0, 0, 0x2D, 0xC6, 0xC0, .. new byte[1_048_570]],
            "L" => [.. head, .. segment, 0xFF, .. new byte[1_048_550]],
            "B" => [.. head, .. segment, 0x85, .. new byte[5]],
            _ => [0x1A, 0x45, 0xDF, 0xA3, 1, 2, 3, 4, 5],
        };
    }
}
