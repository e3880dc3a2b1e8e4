using System.Text;

namespace AiDub.Tests.Jobs.Media.Corpus;

/// <summary>Files as strangers send them: whole, odd, damaged, and such as only call themselves media.</summary>
internal static class CorpusFiles
{
    /// <summary>What no dub may hold: the text of a local file that hostile files point at.</summary>
    public const string Secret = "canary-8f1d2c-of-a-local-file";

    private const int Cuts = 10;
    private const int Seeds = 8;
    private const string Picture = "-f lavfi -i testsrc2=s=64x48:r=25:d=2";
    private const string Sound = "-f lavfi -i sine=f=300:d=2";
    private const string H264 = "-c:v libx264 -preset ultrafast -c:a aac";

    /// <summary>One small clip of every container that is accepted; each is cut and damaged in many ways.</summary>
    private static readonly (string Name, string Arguments)[] Containers =
    [
        ("clip.mp4", $"{Picture} {Sound} {H264} -movflags +faststart"),
        ("clip.mov", $"{Picture} {Sound} {H264}"),
        ("clip.mkv", $"{Picture} {Sound} {H264}"),
        ("clip.webm", $"{Picture} {Sound} -c:v libvpx -deadline realtime -c:a libopus"),
        ("clip.avi", $"{Picture} {Sound} -c:v mpeg4 -c:a libmp3lame"),
        ("clip.ts", $"{Picture} {Sound} {H264}"),
        ("clip.flv", $"{Picture} {Sound} {H264}"),
        ("clip.ogg", $"{Sound} -c:a libvorbis"),
        ("clip.mp3", $"{Sound} -c:a libmp3lame"),
        ("clip.wav", Sound),
        ("clip.m4a", $"{Sound} -c:a aac"),
    ];

    /// <summary>Clips that are odd and right: each has to be dubbed.</summary>
    private static readonly (string Name, string Arguments)[] Odd =
    [
        ("surround.mp4", $"{Picture} {Sound} {H264} -ac 6"),
        ("24bit.mov", $"{Picture} {Sound} -c:v libx264 -preset ultrafast -c:a pcm_s24le"),
        (
            "two-tracks.mkv",
            $"{Picture} {Sound} {Sound} -map 0 -map 1 -map 2 {H264} -metadata:s:a:0 language=eng -metadata:s:a:1 language=fra"),
        (
            "two-tracks.mp4",
            $"{Picture} {Sound} {Sound} -map 0 -map 1 -map 2 {H264} -metadata:s:a:1 handler_name=Mic -disposition:a:1 default"),
        (
            "languages.ts",
            $"{Picture} {Sound} {Sound} {Sound} -map 0 -map 1 -map 2 -map 3 {H264} -metadata:s:a:0 language=deu -metadata:s:a:1 "
                + "language=fra -metadata:s:a:2 language=eng"),
        (
            "languages-mp2.ts",
            $"{Picture} {Sound} {Sound} -map 0 -map 1 -map 2 -c:v mpeg2video -c:a:0 mp2 -c:a:1 ac3 -disposition:a:1 visual_impaired"),
        ("tracks.mov", $"{Picture} {Sound} {Sound} -map 0 -map 1 -map 2 -c:v libx264 -preset ultrafast -c:a:0 pcm_s16le -c:a:1 pcm_s24le"),
        (
            "eight-microphones.mxf",
            $"{Picture} {Sound} -map 0 {string.Concat(Enumerable.Repeat("-map 1 ", 8))}-c:v mpeg2video -c:a pcm_s16le -ar 48000 -ac 1"),
        ("four-channels.mov", $"{Picture} {Sound} -c:v libx264 -preset ultrafast -af pan=4c|c2=c0 -c:a pcm_s16le"),
        ("sixteen-channels.wav", $"{Sound} -af pan=16c|c9=c0 -c:a pcm_s16le"),
        ("antiphase.mov", $"{Picture} {Sound} -c:v libx264 -preset ultrafast -af pan=stereo|c0=c0|c1=-1*c0 -c:a pcm_s16le"),
        ("antiphase.webm", $"{Picture} {Sound} -c:v libvpx -deadline realtime -af pan=stereo|c0=c0|c1=-1*c0 -c:a libopus"),
        ("one-channel.mp4", $"{Picture} {Sound} {H264} -af pan=stereo|c1=c0"),
        ("centre.mkv", $"{Picture} {Sound} -c:v mpeg4 -af pan=5.1|FC=c0 -c:a ac3"),
        (
            "comment-first.mkv",
            $"{Picture} {Sound} {Sound} -map 0 -map 1 -map 2 {H264} -disposition:a:0 comment+default -metadata:s:a:0 "
                + "title=Director's_commentary -disposition:a:1 original"),
        (
            "unequal-tracks.mkv",
            $"{Picture} {Sound} -f lavfi -i sine=f=500:d=1 -map 0 -map 1 -map 2 -c:v mpeg4 -c:a:0 flac -c:a:1 libvorbis"),
        ("late-track.mkv", $"{Picture} {Sound} -itsoffset 1 -f lavfi -i sine=f=500:d=1 -map 0 -map 1 -map 2 {H264}"),
        (
            "track-not-carried.webm",
            $"{Picture} {Sound} {Sound} -map 0 -map 1 -map 2 -c:v libvpx -deadline realtime -c:a:0 libopus -c:a:1 libvorbis"),
        ("tracks-vorbis.mp4", $"{Picture} {Sound} {Sound} -map 0 -map 1 -map 2 -c:v libx264 -preset ultrafast -c:a:0 aac -c:a:1 libvorbis"),
        ("tracks.mka", $"{Sound} {Sound} -map 0 -map 1 -c:a:0 flac -c:a:1 aac -metadata:s:a:0 language=jpn -metadata:s:a:1 language=eng"),
        ("tracks.avi", $"{Picture} {Sound} {Sound} -map 0 -map 1 -map 2 -c:v mpeg4 -c:a:0 libmp3lame -c:a:1 pcm_s16le"),
        ("vfr.mkv", $"{Picture} {Sound} -vf select='not(mod(n\\,7))+lt(n\\,10)' -fps_mode vfr {H264}"),
        ("odd-size.mp4", $"-f lavfi -i testsrc2=s=63x47:r=25:d=2 {Sound} -pix_fmt yuv444p {H264}"),
        ("portrait.mp4", $"-f lavfi -i testsrc2=s=48x86:r=30:d=2 {Sound} {H264}"),
        ("short.mp4", $"-f lavfi -i testsrc2=s=64x48:r=25:d=0.2 -f lavfi -i sine=d=0.2 {H264}"),
        ("silent.mp4", $"{Picture} -f lavfi -i anullsrc=r=44100:cl=stereo -t 2 {H264}"),
        ("late-sound.mp4", $"{Picture} -itsoffset 1.2 -f lavfi -i sine=d=0.8 {H264}"),
        ("late-picture.mkv", $"-itsoffset 0.7 {Picture} {Sound} {H264}"),
        ("negative.mkv", $"{Picture} -itsoffset -0.3 {Sound} {H264} -avoid_negative_ts disabled"),
        ("long-sound.mp4", $"{Picture} -f lavfi -i sine=d=3 {H264}"),
        ("long-picture.mp4", $"-f lavfi -i testsrc2=s=64x48:r=25:d=3 {Sound} {H264}"),
        ("fragmented.mp4", $"{Picture} {Sound} {H264} -movflags frag_keyframe+empty_moov"),
        ("timecode.mov", $"{Picture} {Sound} {H264} -timecode 01:00:00:00"),
        ("ten-bit.mkv", $"{Picture} {Sound} -pix_fmt yuv420p10le {H264}"),
        ("interlaced.ts", $"{Picture} {Sound} -c:v mpeg2video -flags +ildct+ilme -c:a mp2"),
        ("opus.webm", $"{Picture} {Sound} -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus"),
        ("vorbis.webm", $"{Picture} {Sound} -c:v libvpx -deadline realtime -c:a libvorbis"),
        ("ac3.mkv", $"{Picture} {Sound} -c:v mpeg4 -c:a ac3"),
        ("mp2.ts", $"{Picture} {Sound} -c:v mpeg2video -c:a mp2"),
        ("hevc.mp4", $"{Picture} {Sound} -c:v libx265 -preset ultrafast -x265-params log-level=0 -c:a aac"),
        ("prores.mov", $"{Picture} {Sound} -c:v prores -c:a pcm_s16le"),
        ("av1.mp4", $"{Picture} {Sound} -c:v libaom-av1 -cpu-used 8 -usage realtime -c:a aac"),
        ("phone.3gp", $"{Picture} {Sound} -c:v mpeg4 -c:a aac -ar 8000 -ac 1"),
        ("8khz.wav", $"{Sound} -ar 8000 -c:a pcm_mulaw"),
        ("starts-at-7.ts", $"{Picture} {Sound} {H264} -output_ts_offset 7"),
        ("wmv.wmv", $"{Picture} {Sound} -c:v wmv2 -c:a wmav2"),
        ("flac.flac", Sound),
        ("misnamed.txt", $"{Picture} {Sound} {H264} -f mp4"),
        ("misnamed-webm.mp4", $"{Picture} {Sound} -c:v libvpx -deadline realtime -c:a libopus -f webm"),
    ];

    /// <summary>Media that has something wrong with it as a whole.</summary>
    private static readonly (string Name, string Arguments)[] Wrong =
    [
        ("mute.mp4", $"{Picture} -c:v libx264 -preset ultrafast"),
        ("picture.png", "-f lavfi -i color=red:s=64x64 -frames:v 1"),
        ("moving.gif", "-f lavfi -i testsrc2=s=64x48:r=5:d=1"),
        ("huge.mp4", $"-f lavfi -i color=s=1200x1000:r=5:d=0.4 {Sound} {H264}"),
        ("fast.mp4", $"-f lavfi -i color=s=16x16:r=500:d=0.2 -f lavfi -i sine=d=0.2 {H264}"),
        ("long.m4a", "-f lavfi -i anullsrc=r=8000:cl=mono -t 61 -c:a aac -b:a 8k"),
    ];

    /// <summary>Writes them all into a folder; the paths of those that must be dubbed come with true.</summary>
    public static async Task<IReadOnlyList<(string Path, bool MustDub)>> MakeAsync(MediaBench bench)
    {
        var secret = bench.Path("secret.ts");
        await bench.MakeAsync("secret.ts", $"{Picture} {Sound} {H264} -metadata service_name={Secret}");
        var files = new List<(string, bool)>();
        await bench.MakeAllAsync(Containers.Concat(Odd).Concat(CorpusPictures.Clips).Concat(Wrong));
        files.AddRange(Containers.Concat(Odd).Concat(CorpusPictures.Clips).Select(clip => (bench.Path(clip.Name), true)));
        files.AddRange(Wrong.Select(clip => (bench.Path(clip.Name), false)));
        foreach (var (name, _) in Containers)
        {
            var whole = await File.ReadAllBytesAsync(bench.Path(name));
            for (var cut = 0; cut < Cuts; cut++)
                files.Add((Write($"cut-{cut}-{name}", whole[..((whole.Length * cut / Cuts) + cut)]), false));
            for (var seed = 1; seed <= Seeds; seed++)
                files.Add((Write($"flip-{seed}-{name}", Flipped(whole, seed)), false));
        }

        foreach (var (name, text) in Texts(secret))
            files.Add((Write(name, Encoding.UTF8.GetBytes(text)), false));
        var mp4 = await File.ReadAllBytesAsync(bench.Path("clip.mp4"));
        files.Add((Write("no-rate.mp4", Patched(mp4, "mdhd", 16, 0)), false));
        files.Add((Write("endless.mp4", Patched(Patched(mp4, "mvhd", 20, 0xFFFFFFFF), "mdhd", 20, 0xFFFFFFFF)), false));
        files.Add((Write("no-time.mp4", Patched(mp4, "mvhd", 20, 0)), false));
        files.Add((Write("wide.mp4", Patched(mp4, "avc1", 28, 0xFFFFFFFF)), false));
        files.Add((Write("tail.mp4", [.. mp4, .. new byte[5000]]), false));
        files.Add((Write("noise.mp4", Flipped(new byte[50_000], 99, 1)), false));
        files.Add((Write("many.mkv", await ManyStreamsAsync(bench)), false));
        return files;

        string Write(string name, byte[] bytes)
        {
            File.WriteAllBytes(bench.Path(name), bytes);
            return bench.Path(name);
        }
    }

    private static IEnumerable<(string Name, string Text)> Texts(string secret)
    {
        yield return ("empty.mp4", "");
        yield return ("text.mp4", "This is a text, whatever its name says.");
        yield return ("page.mp4", "<!DOCTYPE html><html><body>404</body></html>");
        yield return ("error.mp4", "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>");
        foreach (var extension in new[] { "mp4", "ts", "m3u8" })
        {
            yield return ($"hls.{extension}", $"#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{secret}\n#EXT-X-ENDLIST\n");
            yield return ($"hls-file.{extension}", $"#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\nfile://{secret}\n#EXT-X-ENDLIST\n");
            yield return (
                $"hls-concat.{extension}", $"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:3,\nconcat:{secret}|{secret}\n#EXT-X-ENDLIST\n");
        }

        yield return ("concat.mp4", $"ffconcat version 1.0\nfile {secret}\n");
        yield return ("concat.ffconcat", $"ffconcat version 1.0\nfile '{secret}'\nduration 2\n");
        yield return ("concat-address.mp4", "ffconcat version 1.0\nfile http://127.0.0.1:1/x.ts\n");
        yield return (
            "dash.mp4",
            "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" "
                + "mediaPresentationDuration=\"PT2S\"><Period><AdaptationSet><Representation "
                    + $"id=\"1\"><BaseURL>{secret}</BaseURL></Representation></AdaptationSet></Period></MPD>");
        yield return ("protocol.mp4", $"concat:{secret}|{secret}");
        yield return ("list.pls", $"[playlist]\nFile1={secret}\nNumberOfEntries=1\n");
        yield return (
            "sdp.mp4", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n");
        yield return ("subtitles.mp4", "1\n00:00:01,000 --> 00:00:02,000\nHi\n");
    }

    private static byte[] Flipped(byte[] whole, int seed, int every = 400)
    {
        var (bytes, random) = (whole.ToArray(), new Random(seed));
        for (var i = 0; i < Math.Max(8, bytes.Length / every); i++)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    // A big-endian number at an offset from where each box's name ends.
    private static byte[] Patched(byte[] whole, string box, int offset, uint value)
    {
        var (bytes, name) = (whole.ToArray(), Encoding.ASCII.GetBytes(box));
        for (var at = bytes.AsSpan().IndexOf(name); at >= 0 && at + offset + 8 < bytes.Length;)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at + offset - 4), value);
            var next = bytes.AsSpan(at + 4).IndexOf(name);
            at = next < 0 ? -1 : at + 4 + next;
        }
        return bytes;
    }

    private static async Task<byte[]> ManyStreamsAsync(MediaBench bench)
    {
        var maps = string.Join(' ', Enumerable.Repeat("-map 0", 1000));
        return await File.ReadAllBytesAsync(await bench.MakeAsync("thousand.mkv", $"-i clip.m4a {maps} -c copy"));
    }
}
