namespace AiDub.Tests.Jobs.Media.Clock;

/// <summary>
/// Real files whose clock restarts, steps back, jumps or begins late: picture and sound stay together, and nothing is lost.
/// </summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Category("Long")]
public sealed class JoinedSourceTests : IDisposable
{
    private const string H264 = "-c:v libx264 -preset ultrafast -bf 2 -g 25 -c:a aac";
    private const string Mpeg2 = "-c:v mpeg2video -bf 2 -g 12 -c:a mp2";
    private const string Fragmented = H264 + " -movflags frag_keyframe+empty_moov+default_base_moof";
    private const double Length = 4;

    // What encoders and containers add at the ends of a recording: a player shows that too.
    private const double Joint = 0.3;
    private static readonly double[] At = [1.2, 3];
    private readonly MediaBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [TestCase("a.ts", H264, TestName = "A transport stream")]
    [TestCase("a.mpg", Mpeg2 + " -f vob", TestName = "A program stream")]
    [TestCase("a.mkv", H264, TestName = "Matroska")]
    [TestCase("a.mp4", Fragmented, TestName = "A fragmented MP4")]
    [TestCase("a.nut", H264, TestName = "NUT")]
    [TestCase("a.avi", "-c:v mpeg4 -c:a libmp3lame", TestName = "AVI")]
    public async Task Two_recordings_one_after_another_are_dubbed_whole(string name, string how)
    {
        var one = await ClipAsync(name, how);
        var joined = JoinedClips.Join(_bench, name, one, one);

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, joined);

        Assert.That(media.DurationSeconds, Is.EqualTo(2 * Length).Within(Joint));
        await FlashAndBeep.AssertAsync(dubbed, [1.2, 3, 5.2, 7], Joint);
    }

    [TestCase("a.wmv", "-c:v wmv2 -c:a wmav2", TestName = "ASF at an hour")]
    [TestCase("a.flv", H264, TestName = "FLV at an hour")]
    [TestCase("a.ts", H264, TestName = "A transport stream at an hour")]
    [TestCase("a.mpg", Mpeg2 + " -f vob", TestName = "A program stream at an hour")]
    [TestCase("a.mkv", H264, TestName = "Matroska at an hour")]
    [TestCase("a.nut", H264, TestName = "NUT at an hour")]
    [TestCase("a.ogg", "-c:v libtheora -q:v 5 -c:a libvorbis", TestName = "Ogg at an hour")]
    [TestCase("a.mp4", Fragmented, TestName = "A fragmented MP4 at an hour")]
    public async Task A_recording_that_starts_at_an_hour_lasts_as_long_as_it_does(string name, string how)
    {
        var source = await ClipAsync(name, how + " -output_ts_offset 3600");

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, source);

        Assert.That(media.DurationSeconds, Is.EqualTo(Length).Within(0.2));
        Assert.That(media.ClockRepairs, Is.Empty);
        await FlashAndBeep.AssertAsync(dubbed, At, 0.15);
    }

    [TestCase("a.ts", 2.5, 8, TestName = "A step back by less than ten seconds")]
    [TestCase("a.ts", 304, 8, TestName = "A jump of minutes in a transport stream")]
    [TestCase("a.ts", 8, 12, TestName = "A gap of seconds in a transport stream stays")]
    [TestCase("a.flv", 0, 8, TestName = "A recorder's FLV that restarts")]
    [TestCase("a.flv", 304, 8, TestName = "A recorder's FLV that jumps by minutes")]
    [TestCase("a.mkv", 24, 28, TestName = "A gap in a live recording stays")]
    [TestCase("a.mkv", 304, 8, TestName = "A live recording that jumps by minutes")]
    [TestCase("a.mp4", 304, 8, TestName = "Fragments that jump by minutes")]
    public async Task What_follows_at_another_time_is_dubbed_where_a_player_shows_it(string name, double offset, double seconds)
    {
        var how = name == "a.mp4" ? Fragmented : H264;
        var one = await ClipAsync(name, how);
        var two = await ClipAsync("two-" + name, FormattableString.Invariant($"{how} -output_ts_offset {offset}"));
        var joined = JoinedClips.Join(_bench, name, one, two);

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, joined);

        Assert.That(media.DurationSeconds, Is.EqualTo(seconds).Within(Joint));
        await FlashAndBeep.AssertAsync(dubbed, [.. At, .. At.Select(a => a + seconds - Length)], Joint);
    }

    [TestCase("a.ts", H264, TestName = "A transport stream whose clock wraps")]
    [TestCase("a.mpg", Mpeg2 + " -f vob", TestName = "A program stream whose clock wraps")]
    public async Task A_clock_of_33_bits_that_wraps_is_no_break(string name, string how)
    {
        var source = await ClipAsync(name, how + " -output_ts_offset 95440.5");

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, source);

        Assert.That(media.DurationSeconds, Is.EqualTo(Length).Within(Joint));
        await FlashAndBeep.AssertAsync(dubbed, At, 0.15);
    }

    private Task<string> ClipAsync(string name, string how) =>
        _bench.MakeAsync("one-" + name, $"{FlashAndBeep.Picture(Length, At)} {FlashAndBeep.Sound(Length, At)} {how}");
}
