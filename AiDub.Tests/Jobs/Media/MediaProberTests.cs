using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Media.Probing;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Media;

public sealed class MediaProberTests
{
    private const string Picture = "-f lavfi -i testsrc2=s=160x120:r=25:d=3";
    private const string Sound = "-f lavfi -i sine=d=3";
    private const string H264 = "-c:v libx264 -preset ultrafast -c:a aac";
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase("a.mp4", Picture + " " + Sound + " " + H264, Container.Mp4)]
    [TestCase("a.mov", Picture + " " + Sound + " " + H264, Container.Mov)]
    [TestCase("a.mkv", Picture + " " + Sound + " " + H264, Container.Mkv)]
    [TestCase("a.webm", Picture + " " + Sound + " -c:v libvpx -deadline realtime -c:a libopus", Container.Webm)]
    [TestCase("a.avi", Picture + " " + Sound + " -c:v mpeg4 -c:a libmp3lame", Container.Mkv)]
    [TestCase("a.ts", Picture + " " + Sound + " " + H264, Container.Mp4)]
    [TestCase("a.ts", Picture + " " + Sound + " -c:v mpeg2video -c:a mp2", Container.Mkv)]
    [TestCase("a.wav", Sound, Container.M4a)]
    [TestCase("a.aac", Sound + " -c:a aac", Container.M4a)]
    [TestCase("live.webm", Picture + " " + Sound + " -c:v libvpx -deadline realtime -c:a libopus -live 1", Container.Webm)]
    [TestCase("live.mkv", Picture + " " + Sound + " " + H264 + " -live 1", Container.Mkv)]
    [TestCase("a.dts", Sound + " -c:a dca -strict -2", Container.M4a)]
    [TestCase("a.thd", Sound + " -c:a truehd -strict -2", Container.M4a)]
    [TestCase("a.latm", Sound + " -c:a aac", Container.M4a)]
    [TestCase("a.voc", Sound, Container.M4a)]
    [TestCase("a.wtv", Picture + " " + Sound + " -c:v mpeg2video -c:a mp2", Container.Mkv)]
    public async Task The_container_and_the_length_are_found(string name, string arguments, Container container)
    {
        var media = await _bench.ProbeAsync(await _bench.MakeAsync(name, arguments));

        Assert.That(media.Container, Is.EqualTo(container));
        Assert.That(media.DurationSeconds, Is.EqualTo(3).Within(0.08));
        Assert.That(media.Video?.FrameSeconds ?? 0.04, Is.EqualTo(0.04).Within(1e-6));
    }

    [Test]
    public async Task Segments_of_a_stream_that_were_saved_as_one_file_last_until_their_last_picture()
    {
        const string segments = "-hls_time 1 -hls_list_size 0 -hls_segment_type fmp4 -hls_flags single_file";
        await _bench.MakeAsync("a.m3u8", $"-y {Picture} {Sound} {H264} -bf 3 -g 25 {segments}");

        Assert.That((await _bench.ProbeAsync(_bench.Path("a.m4s"))).DurationSeconds, Is.EqualTo(3.03).Within(0.02));
    }

    [TestCase("a.mp4", Picture + " " + Sound + " " + H264)]
    [TestCase("fragments.mp4", Picture + " " + Sound + " " + H264 + " -movflags frag_keyframe+empty_moov", Category = "Long")]
    [TestCase("a.ts", Picture + " " + Sound + " " + H264)]
    [TestCase("a.m2ts", Picture + " " + Sound + " " + H264, Category = "Long")]
    [TestCase("a.webm", Picture + " " + Sound + " -c:v libvpx -deadline realtime -c:a libopus")]
    [TestCase("a.avi", Picture + " " + Sound + " -c:v mpeg4 -c:a libmp3lame", Category = "Long")]
    [TestCase("a.flv", Picture + " " + Sound + " " + H264, Category = "Long")]
    [TestCase("a.mpg", Picture + " " + Sound + " -c:v mpeg2video -c:a mp2 -f vob", Category = "Long")]
    [TestCase("a.wmv", Picture + " " + Sound + " -c:v wmv2 -c:a wmav2", Category = "Long")]
    [TestCase("a.mp3", Sound + " -c:a libmp3lame")]
    [TestCase("a.ogg", Sound + " -c:a libvorbis", Category = "Long")]
    [TestCase("a.wav", Sound)]
    [TestCase("a.flac", Sound, Category = "Long")]
    public async Task Media_is_found_behind_what_is_none(string name, string arguments)
    {
        var plain = await _bench.MakeAsync(name, arguments);
        var alone = await _bench.ProbeAsync(plain);
        var noise = new byte[5000];
        new Random(7).NextBytes(noise);
        byte[][] heads = ["HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nServer: x\r\n\r\n"u8.ToArray(), noise, new byte[70_000]];

        foreach (var head in heads)
        {
            var path = _bench.Path("behind" + Path.GetExtension(name));
            await File.WriteAllBytesAsync(path, [.. head, .. await File.ReadAllBytesAsync(plain)]);
            var media = await _bench.ProbeAsync(path);

            Assert.That((media.Container, media.Video?.Codec, media.Audio.Codec), Is.EqualTo(
                (alone.Container, alone.Video?.Codec, alone.Audio.Codec)));
            Assert.That(media.DurationSeconds, Is.EqualTo(alone.DurationSeconds).Within(0.1));
            Assert.That(media.LeadingBytes, Is.EqualTo(head.Length).Or.Zero);
        }
    }

    [TestCase("a.mp3", Sound + " -c:a libmp3lame -write_xing 0 -id3v2_version 0", "b.mp3",
        TestName = "Sound before other sound that has a title")]
    [TestCase("a.m2ts", Picture + " " + Sound + " " + H264, null, TestName = "A disc recorder's file")]
    public async Task Nothing_is_cut_off_what_begins_as_it_should(string name, string arguments, string? next)
    {
        var source = await _bench.MakeAsync(name, arguments);
        if (next is not null)
        {
            var more = await _bench.MakeAsync(next, $"{Sound} -c:a libmp3lame -metadata title=More");
            await File.WriteAllBytesAsync(source, [.. await File.ReadAllBytesAsync(source), .. await File.ReadAllBytesAsync(more)]);
        }
        var bytes = new FileInfo(source).Length;

        Assert.That((await _bench.ProbeAsync(source)).LeadingBytes, Is.Zero);
        Assert.That(new FileInfo(source).Length, Is.EqualTo(bytes));
    }

    [Test]
    public async Task A_cover_is_no_picture_and_stays()
    {
        var cover = await _bench.MakeAsync("cover.png", "-f lavfi -i color=red:s=64x64 -frames:v 1");
        var song = await _bench.MakeAsync(
            "a.mp3", $"{Sound} -i {cover} -map 0 -map 1 -c:v copy -c:a libmp3lame -disposition:v attached_pic");

        var media = await _bench.ProbeAsync(song);

        Assert.That((media.Container, media.Video), Is.EqualTo((Container.M4a, (VideoStream?)null)));
        Assert.That(media.CarriedStreams, Has.Count.EqualTo(1));
    }

    [TestCase("a.mp4", Picture + " -c:v libx264 -preset ultrafast", "audio_missing")]
    [TestCase("a.h264", Picture + " -c:v libx264 -preset ultrafast", "audio_missing")]
    [TestCase("a.hevc", Picture + " -c:v libx265 -preset ultrafast -x265-params log-level=0", "audio_missing")]
    [TestCase("a.m2v", Picture + " -c:v mpeg2video", "audio_missing")]
    [TestCase("a.m4v", Picture + " -c:v mpeg4 -f m4v", "audio_missing")]
    [TestCase("a.ivf", Picture + " -c:v libvpx -deadline realtime", "audio_missing")]
    [TestCase("a.gif", Picture, "audio_missing")]
    [TestCase("a.apng", Picture, "audio_missing")]
    [TestCase("a.webp", Picture, "audio_missing")]
    [TestCase("still", Picture + " -frames:v 1 -c:v mjpeg -f image2 -update 1", "audio_missing")]
    [TestCase("empty.wav", "-f lavfi -i sine=d=0.0001 -af atrim=end_sample=0", "media_empty")]
    public async Task What_lacks_something_has_its_own_error(string name, string arguments, string code)
    {
        Assert.That(Code(await _bench.MakeAsync(name, arguments)), Is.EqualTo(code));
    }

    [TestCase("", "media_empty")]
    [TestCase("hello, this is no video at all", "media_invalid")]
    [TestCase("#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\nother.ts\n#EXT-X-ENDLIST\n", "media_invalid")]
    [TestCase("ffconcat version 1.0\nfile other.ts\n", "media_invalid")]
    [TestCase("<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"></MPD>", "media_invalid")]
    public async Task Text_that_calls_itself_a_video_is_refused(string text, string code)
    {
        await _bench.MakeAsync("other.ts", $"{Picture} {Sound} {H264}");
        await File.WriteAllTextAsync(_bench.Path("a.mp4"), text);

        Assert.That(Code(_bench.Path("a.mp4")), Is.EqualTo(code));
    }

    [TestCase("a.ts", TestName = "A picture every ten seconds in a transport stream")]
    [TestCase("a.flv", TestName = "A picture every ten seconds in FLV")]
    [TestCase("a.mp4", TestName = "A picture every ten seconds in an MP4 of fragments")]
    public async Task Slides_are_found_and_last_as_long_as_they_stand(string name)
    {
        var how = name == "a.mp4" ? " -movflags frag_keyframe+empty_moov" : "";
        var slides = await _bench.MakeAsync(
            name, $"-f lavfi -i testsrc2=s=160x120:r=0.1:d=60 -f lavfi -i sine=d=60 {H264} -g 1{how}");

        var media = await _bench.ProbeAsync(slides);

        Assert.That((media.Video?.Width, media.Video?.Height), Is.EqualTo((160, 120)));
        Assert.That(media.DurationSeconds, Is.EqualTo(60).Within(0.1));
    }

    [TestCase("a.ts", H264)]
    [TestCase("a.mpg", "-c:v mpeg2video -c:a mp2 -f vob")]
    [TestCase("a.flv", H264)]
    public async Task Sound_that_begins_late_is_found_where_a_file_does_not_list_what_is_in_it(string name, string how)
    {
        var late = await _bench.MakeAsync(
            name, $"-f lavfi -i testsrc2=s=160x120:r=25:d=40 -itsoffset 35 -f lavfi -i sine=d=5 {how}");

        var media = await _bench.ProbeAsync(late);

        Assert.That((media.Video?.Width, media.Audio.Channels), Is.EqualTo((160, 1)));
        Assert.That(media.DurationSeconds, Is.EqualTo(40).Within(0.1));
    }

    [Test]
    public void A_file_of_a_kind_that_is_not_opened_is_said_to_be_that() =>
        Assert.That(
            async () => await _bench.ProbeAsync(await _bench.MakeAsync("a.swf", $"{Picture} {Sound} -c:v flv1 -c:a libmp3lame -ar 22050")),
            Throws.TypeOf<PermanentDubException>().With.Message.EqualTo("The source is a file of a kind that is not opened here."));

    [Test]
    public async Task A_video_without_its_second_half_where_its_index_was_is_refused()
    {
        var whole = await _bench.MakeAsync("whole.mp4", $"{Picture} {Sound} {H264}");
        var bytes = await File.ReadAllBytesAsync(whole);
        await File.WriteAllBytesAsync(_bench.Path("half.mp4"), bytes[..(bytes.Length / 2)]);

        Assert.That(Code(_bench.Path("half.mp4")), Is.EqualTo("source_cut_short"));
    }

    [Test]
    public async Task A_source_that_is_too_long_is_refused()
    {
        var path = await _bench.MakeAsync("a.wav", Sound);
        var prober = new MediaProber(_bench.Tools, Options.Create(new SourceOptions { MaxDurationSeconds = 2 }));

        var error = Assert.ThrowsAsync<PermanentDubException>(() => prober.ProbeAsync(path, _bench.Folder, default));

        Assert.That(
            (error.Code.Value, error.Message),
            Is.EqualTo(("media_too_long", "The source lasts 00:00:03; at most 00:00:02 can be dubbed.")));
    }

    private string Code(string path)
    {
        var error = Assert.ThrowsAsync<PermanentDubException>(() => _bench.ProbeAsync(path));
        Assert.That(error.Message, Does.Not.Contain(_bench.Folder));
        return error.Code.Value;
    }
}
