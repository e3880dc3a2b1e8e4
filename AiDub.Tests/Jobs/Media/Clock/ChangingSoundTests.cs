using AiDub.Jobs.Media.Clock;

namespace AiDub.Tests.Jobs.Media.Clock;

/// <summary>Real files whose sound changes channels, rate or codec on the way: all of it is there, and stays with the picture.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Category("Long")]
public sealed class ChangingSoundTests : IDisposable
{
    private const string H264 = "-c:v libx264 -preset ultrafast -bf 2 -g 25";
    private const string Mpeg2 = "-c:v mpeg2video -bf 2 -g 12 -c:a mp2 -f vob";
    private const double Length = 4;
    private const double Joint = 0.3;
    private static readonly double[] At = [1.2, 3];
    private static readonly double[] AtBoth = [1.2, 3, 5.2, 7];
    private readonly MediaBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [TestCase("a.ts", "-c:a aac -ac 1", "-c:a aac -ac 2", true, 2, TestName = "Mono, then stereo")]
    [TestCase("a.ts", "-c:a aac -ac 1", "-c:a aac -ac 2", false, 2, TestName = "Mono, then stereo, with a clock that restarts")]
    [TestCase("a.ts", "-c:a ac3 -ac 2", "-c:a ac3 -ac 6", true, 6, TestName = "Stereo, then six channels")]
    [TestCase("a.ts", "-c:a ac3 -ac 6", "-c:a ac3 -ac 2", false, 6, TestName = "Six channels, then stereo")]
    [TestCase("a.ts", "-c:a aac -ar 44100", "-c:a aac -ar 48000", true, 2, TestName = "44.1 kHz, then 48 kHz")]
    [TestCase("a.ts", "-c:a aac -ar 44100", "-c:a aac -ar 22050", true, 2, TestName = "44.1 kHz, then 22.05 kHz")]
    [TestCase("a.ts", "-c:a aac -ar 24000", "-c:a aac -ar 48000", true, 2, TestName = "24 kHz, then 48 kHz")]
    [TestCase("a.flv", "-c:a aac -ar 44100", "-c:a aac -ar 22050", false, 1, TestName = "44.1 kHz, then 22.05 kHz in FLV")]
    [TestCase("a.flv", "-c:a aac -ac 1", "-c:a aac -ac 2", false, 2, TestName = "Mono, then stereo in FLV")]
    [TestCase("a.mpg", Mpeg2 + " -ac 1", Mpeg2 + " -ac 2", false, 2, TestName = "Mono, then stereo in a program stream")]
    [TestCase("a.ts", "-c:a aac", "-c:a ac3", true, 2, TestName = "AAC, then AC-3")]
    [TestCase("a.ts", "-c:a ac3", "-c:a mp2", false, 2, TestName = "AC-3, then MP2, with a clock that restarts")]
    [TestCase("a.ts", "-c:a aac", "-c:a mp2 -ac 2", true, 2, TestName = "AAC, then MP2")]
    public async Task What_follows_a_change_is_heard_where_it_is_seen(string name, string before, string after, bool goesOn, int channels)
    {
        var one = await ClipAsync("one-" + name, before);
        var two = await ClipAsync("two-" + name, after + (goesOn ? " -output_ts_offset 4" : ""));
        var joined = JoinedClips.Join(_bench, name, one, two);

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, joined);

        Assert.That(media.DurationSeconds, Is.EqualTo(2 * Length).Within(Joint));
        Assert.That(media.Audio.Channels, Is.EqualTo(channels));
        await FlashAndBeep.AssertAsync(dubbed, AtBoth, Joint);
    }

    [Test]
    public async Task Sound_in_two_languages_that_changes_its_rate_at_one_place_is_heard()
    {
        const string two = "-f lavfi -i sine=f=300:d=4 -map 0 -map 1 -map 2 -c:a aac -ar ";
        var joined = JoinedClips.Join(
            _bench, "a.ts", await ClipAsync("one.ts", two + "44100"), await ClipAsync("two.ts", two + "48000 -output_ts_offset 4"));

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, joined);

        Assert.That(media.AudioTracks, Has.Count.EqualTo(2));
        await FlashAndBeep.AssertAsync(dubbed, AtBoth, Joint);
    }

    [TestCase("ac3", TestName = "AC-3 in Matroska")]
    [TestCase("mp2", TestName = "MP2 in Matroska")]
    public async Task Sound_that_changes_inside_Matroska_is_heard(string codec)
    {
        var one = await ClipAsync("one.ts", $"-c:a {codec} -ac 1");
        var two = await ClipAsync("two.ts", $"-c:a {codec} -ac 2 -output_ts_offset 4");
        var joined = JoinedClips.Join(_bench, "joined.ts", one, two);
        var source = await _bench.MakeAsync("a.mkv", $"-i {joined} -c copy");

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, source);

        Assert.That(media.Audio.Channels, Is.EqualTo(2));
        await FlashAndBeep.AssertAsync(dubbed, AtBoth, Joint);
    }

    [TestCase("-ac 1", "-ac 2", TestName = "Joined MP3s, mono, then stereo")]
    [TestCase("-ar 44100 -q:a 4", "-ar 48000 -q:a 4", TestName = "Joined MP3s, 44.1 kHz, then 48 kHz")]
    public async Task Joined_MP3s_are_heard_to_their_end(string before, string after)
    {
        var sound = FlashAndBeep.Sound(Length, At);
        var one = await _bench.MakeAsync("one.mp3", $"{sound} -c:a libmp3lame {before}");
        var two = await _bench.MakeAsync("two.mp3", $"{sound} -c:a libmp3lame {after}");

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, JoinedClips.Join(_bench, "a.mp3", one, two));

        Assert.That(media.DurationSeconds, Is.EqualTo(2 * Length).Within(Joint));
        Assert.That(await FlashAndBeep.BeepsAsync(dubbed), Is.EqualTo(AtBoth).Within(Joint));
    }

    [TestCase("a.aac", "-c:a aac -ar 48000 -ac 2", "-c:a aac -ar 32000 -ac 1", TestName = "Joined AAC, 48 kHz, then 32 kHz")]
    [TestCase("a.aac", "-c:a aac -ar 24000", "-c:a aac -ar 48000", TestName = "Joined AAC, 24 kHz, then 48 kHz")]
    [TestCase("a.ogg", "-c:a libvorbis -ar 48000", "-c:a libvorbis -ar 32000", TestName = "Chained Vorbis, 48 kHz, then 32 kHz")]
    public async Task Sound_that_counts_its_times_is_as_long_as_it_is_whatever_its_rates(string name, string before, string after)
    {
        var sound = FlashAndBeep.Sound(Length, At);
        var one = await _bench.MakeAsync("one-" + name, $"{sound} {before}");
        var two = await _bench.MakeAsync("two-" + name, $"{sound} {after}");

        var (media, dubbed) = await JoinedClips.RenderAsync(_bench, JoinedClips.Join(_bench, name, one, two));

        Assert.That(media.DurationSeconds, Is.EqualTo(2 * Length).Within(Joint));
        Assert.That(await FlashAndBeep.BeepsAsync(dubbed), Is.EqualTo(AtBoth).Within(Joint));
    }

    [Test]
    public void Formats_are_told_by_what_ffmpeg_says_while_it_decodes()
    {
        var formats = new AudioFormats();
        foreach (var line in (string[])[
            "[graph_0_in_0_1 @ 0x55] tb:1/48000 samplefmt:fltp samplerate:48000 chlayout:stereo",
            "Stream #0:1: Audio: ac3, 48000 Hz, stereo",
            "time=00:00:00.03 speed=1x    [graph_0_in_0_1 @ 0x56] tb:1/48000 samplefmt:fltp samplerate:48000 chlayout:5.1(side)",
            "[graph_1_in_0_2 @ 0x57] tb:1/44100 samplefmt:fltp samplerate:44100 chlayout:mono",
            "[graph_1_in_0_x samplerate:1 chlayout:mono", ""])
            formats.Add(line);

        Assert.That(formats.Changing, Is.EqualTo(new Dictionary<int, int> { [1] = 6 }));
    }

    private Task<string> ClipAsync(string name, string how)
    {
        var picture = how.Contains("-c:v", StringComparison.Ordinal) ? "" : " " + H264;
        return _bench.MakeAsync(name, $"{FlashAndBeep.Picture(Length, At)} {FlashAndBeep.Sound(Length, At)} {how}{picture}");
    }
}
