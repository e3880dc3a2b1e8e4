using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Domain.Speech;
using AiDub.Jobs.Media;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Media.Rendering;
using AiDub.Jobs.Tools;
using AiDub.Tests.Jobs.Media.Clock;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Media;

/// <summary>Sources with several audio tracks, in the containers that have them.</summary>
public sealed class AudioTrackTests
{
    private const string Clip = "-i picture.mkv -i tone.wav -i voice.wav";
    private MediaBench _bench = null!;
    private TrackListener _listener = null!;

    [OneTimeSetUp]
    public async Task MakeAsync()
    {
        _bench = new MediaBench();
        _listener = new TrackListener(_bench.Tools, new NoFinder(), NullLogger<TrackListener>.Instance);
        await _bench.MakeAsync("picture.mkv", "-f lavfi -i testsrc2=s=64x48:r=25:d=6 -c:v libx264 -preset ultrafast");
        await _bench.MakeAsync("tone.wav", "-f lavfi -i sine=f=330:r=48000:d=6 -af volume=0.3");
        string[] voice =
        [
            "-v", "error", "-f", "lavfi", "-i",
            "flite=voice=rms:text='The boat sailed over the cold lake this morning, and nobody saw it again.'",
            "-af", "aresample=48000,adelay=500,apad=whole_dur=6,atrim=0:6", "voice.wav",
        ];
        await _bench.Tools.RunAsync(new ToolCommand("ffmpeg", voice, _bench.Folder), default);
        voice[5] = "flite=voice=slt:text='Ten small birds were sitting on a wall and sang all day.'";
        voice[^1] = "other.wav";
        await _bench.Tools.RunAsync(new ToolCommand("ffmpeg", voice, _bench.Folder), default);
    }

    [OneTimeTearDown]
    public void Close() => _bench.Dispose();

    [TestCase(null, 1, "first", TestName = "The sound of the picture's own programme is dubbed, whatever another says")]
    [TestCase("0", 0, "asked", TestName = "The sound of another programme is dubbed when it is asked for")]
    public async Task A_picture_of_one_programme_is_not_dubbed_with_the_sound_of_another(string? asked, int number, string reason)
    {
        var source = await _bench.MakeAsync(
            "mux.ts",
            $"{Clip} -map 0 -map 2 -map 0 -map 2 -c:v:0 copy -c:v:1 mpeg2video -s:v:1 320x240 -c:a mp2 "
                + "-program st=0:st=1 -program st=2:st=3");

        var media = await ChooseAsync(source, await _bench.ProbeAsync(source), null, asked);

        Assert.That(media.AudioTracks.Select(t => t.IsElsewhere), Is.EqualTo(new[] { true, false }));
        Assert.That((media.Video!.Width, media.Audio.Number, media.SourceAudio!.Reason), Is.EqualTo((320, number, reason)));
        Assert.That(media.Choices, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_broadcast_of_several_programmes_whose_clock_restarts_is_still_one_of_several_programmes()
    {
        var once = await _bench.MakeAsync(
            "once.ts",
            $"{Clip} -map 0 -map 2 -map 0 -map 2 -c:v:0 copy -c:v:1 mpeg2video -s:v:1 320x240 -c:a mp2 "
                + "-program st=0:st=1 -program st=2:st=3");
        var twice = JoinedClips.Join(_bench, "twice.ts", once, once);

        var media = await _bench.ProbeAsync(twice);

        Assert.That(media.ClockRepairs, Is.Not.Empty);
        Assert.That(media.AudioTracks.Select(t => t.IsElsewhere), Is.EqualTo(new[] { true, false }));
    }

    [TestCase("obs.mkv", "-map 0 -map 1 -map 2 -c:v copy -c:a aac -metadata:s:a:0 title=Desktop -metadata:s:a:1 title=Mic", 1, "speech", 3)]
    [TestCase("obs.mp4", "-map 0 -map 1 -map 2 -c:v copy -c:a aac -metadata:s:a:0 handler_name=Desktop -metadata:s:a:1 "
        + "handler_name=Mic", 1, "speech", 3)]
    [TestCase("obs.mov", "-map 0 -map 1 -map 2 -c:v copy -c:a pcm_s16le", 1, "speech", 3, Category = "Long")]
    [TestCase("tv.ts", "-map 0 -map 1 -map 2 -map 2 -c:v copy -c:a mp2 -metadata:s:a:0 language=fra -metadata:s:a:1 language=deu "
        + "-metadata:s:a:2 language=eng", 2, "from_lang", 4)]
    [TestCase("camera.mxf", "-map 0 -map 1 -map 1 -map 2 -map 1 -c:v mpeg2video -c:a pcm_s16le -ac 1", 2, "speech", 5, Category = "Long")]
    public async Task The_track_that_speaks_is_dubbed_and_the_others_lie_beside_it(
        string name, string arguments, int number, string reason, int streams)
    {
        var source = await _bench.MakeAsync(name, $"{Clip} {arguments}");
        var probed = await _bench.ProbeAsync(source);

        var media = await ChooseAsync(source, probed, "en", null);

        Assert.That((media.Audio.Number, media.SourceAudio!.Reason), Is.EqualTo((number, reason)));
        Assert.That(media.AudioLeftOut(), Is.Empty);
        var result = await RenderAsync(source, media);
        var made = (await _bench.InspectAsync(result)).GetProperty("streams").EnumerateArray().ToList();
        Assert.That(made, Has.Count.EqualTo(streams));
        var sounds = made.Where(s => s.GetProperty("codec_type").GetString() == "audio").ToList();
        Assert.That(
            sounds.Select(s => s.GetProperty("disposition").GetProperty("default").GetInt32()),
            Is.EqualTo(sounds.Select((_, i) => i == 0 ? 1 : 0)));
        Assert.That(sounds[0].GetProperty("tags").GetProperty("language").GetString(), Is.EqualTo("spa"));
        Assert.That(await _bench.DurationAsync(result), Is.EqualTo(probed.DurationSeconds).Within(0.05));
        var kept = (await _bench.ProbeAsync(result)).AudioTracks.Skip(1);
        Assert.That(
            kept.Select(t => (t.LanguageTag, t.Title)),
            Is.EqualTo(probed.AudioTracks.Where(t => t.Number != number).Select(t => (t.LanguageTag, t.Title))));
    }

    [TestCase("pair.mxf", "-c:v mpeg2video -c:a pcm_s16le -ar 48000", "[2:a]asplit=2[l][a];[a]volume=0.5[r]", 2.0, "first")]
    [TestCase("pair.mov", "-c:v copy -c:a pcm_s24le", "[2:a]asplit=2[a][b];[4:a]asplit=2[t][u];[a][t]amix=normalize=0[l];"
        + "[u]adelay=900[v];[b][v]amix=normalize=0,atrim=0:6[r]", 1.0, "default",
        TestName = "Voices in the middle of two tracks, other sound at their sides")]
    public async Task Two_mono_tracks_that_are_a_stereo_are_dubbed_as_one_and_the_others_stay(
        string name, string codecs, string halves, double ratio, string reason)
    {
        var source = await _bench.MakeAsync(
            name,
            $"{Clip} -i other.wav -f lavfi -i anoisesrc=a=0.1:d=6 -filter_complex {halves};[1:a]asplit=2[s][e] -map 0:v -map [l] -map [r] "
                + $"-map [s] -map [e] {codecs}");

        var media = await ChooseAsync(source, await _bench.ProbeAsync(source), null, null);
        await _bench.Extractor.ExtractAsync(source, media, _bench.Path("speech.wav"), _bench.Folder, new NoProgress(), default);
        var result = await RenderAsync(source, media);

        Assert.That(media.SourceAudio, Is.EqualTo(new SourceAudio(0, null, null, reason) { Right = 1 }));
        Assert.That(media.Choices, Has.Count.EqualTo(3));
        Assert.That(media.AudioLeftOut(), Is.Empty);
        Assert.That(WavFile.Read(_bench.Path("speech.wav")).Samples.Max(s => Math.Abs((int)s)), Is.GreaterThan(5000));
        Assert.That((await _bench.ProbeAsync(result)).AudioTracks.Select(t => t.Channels), Is.EqualTo(new[] { 2, 1, 1 }));
        Assert.That(await LoudAsync(result, 0) / await LoudAsync(result, 1), Is.EqualTo(ratio).Within(0.2));
    }

    [TestCase("-map 2 -map 3 -map 1", null, TestName = "Two languages over each other's place are no stereo")]
    [TestCase("-map 2 -map 2 -map 1", "0", TestName = "A track that was asked for is dubbed by itself")]
    [TestCase("-map 1 -map 2 -map 2", null, TestName = "Tracks are paired as they are counted, by twos")]
    [TestCase("-map 2 -map 2 -metadata:s:a:0 language=eng -metadata:s:a:1 language=fra", null, TestName = "Tracks of two languages")]
    public async Task Two_mono_tracks_that_are_no_stereo_stay_two(string tracks, string? asked)
    {
        var source = await _bench.MakeAsync("two.mov", $"{Clip} -i other.wav -map 0 {tracks} -c:v copy -c:a pcm_s16le");

        var media = await ChooseAsync(source, await _bench.ProbeAsync(source), null, asked);

        Assert.That((media.Audio.Channels, media.SourceAudio!.Right), Is.EqualTo((1, null as int?)));
        Assert.That(media.AudioLeftOut(), Is.Empty);
    }

    [TestCase(1.2, "[3:a]", TestName = "Two languages over the same soft music")]
    [TestCase(4, "[3:a]", TestName = "Two languages over the same music, as loud as they are")]
    [TestCase(8, "[3:a]", TestName = "Two languages over the same music, louder than they are")]
    [TestCase(4, "[3:a]volume=0[n];[n]", TestName = "All of the sound, and the music without the voices")]
    [TestCase(8, "[3:a]volume=0[n];[n]", TestName = "All of the sound, and the loud music without the voices")]
    public async Task Two_tracks_over_the_same_music_are_no_stereo(double music, string other)
    {
        var source = await _bench.MakeAsync(
            "music.mov",
            FormattableString.Invariant($"{Clip} -i other.wav -filter_complex [1:a]volume={music},asplit=2[t][u];")
                + $"[2:a][t]amix=normalize=0[l];{other}[u]amix=normalize=0[r] -map 0:v -map [l] -map [r] -c:v copy -c:a pcm_s16le");

        var media = await ChooseAsync(source, await _bench.ProbeAsync(source), null, null);

        Assert.That((media.Audio.Number, media.Audio.Channels), Is.EqualTo((0, 1)));
    }

    [TestCase("en", null, 0)]
    [TestCase("de", null, 1, Category = "Long")]
    [TestCase(null, "de", 1, Category = "Long")]
    [TestCase("fr", null, null)]
    [TestCase(null, null, null, Category = "Long")]
    public async Task Of_a_track_of_two_languages_the_channel_of_the_spoken_one_is_dubbed(string? fromLang, string? asked, int? channel)
    {
        var source = await _bench.MakeAsync(
            "dual.ts",
            $"{Clip} -filter_complex [2:a][1:a]join=inputs=2:channel_layout=stereo[a] -map 0 -map [a] -c:v copy -c:a mp2 "
                + "-metadata:s:a:0 language=eng,deu");

        var media = await ChooseAsync(source, await _bench.ProbeAsync(source), fromLang, asked);
        await _bench.Extractor.ExtractAsync(source, media, _bench.Path("speech.wav"), _bench.Folder, new NoProgress(), default);
        var result = await RenderAsync(source, media);

        Assert.That((media.Audio.Channel, media.Audio.Channels), Is.EqualTo((channel, channel is null ? 2 : 1)));
        Assert.That(media.SourceAudio!.Language, Is.EqualTo(channel == 1 ? "de" : "en"));
        Assert.That(media.AudioLeftOut(), Is.Empty);
        Assert.That(
            (await _bench.ProbeAsync(result)).AudioTracks.Select(t => t.Channels),
            Is.EqualTo(channel is null ? new[] { 2 } : [1, 2]), "the other language stays");
        var first = WavFile.Read(_bench.Path("speech.wav")).Samples[1600..6400].Max(s => Math.Abs((int)s));
        if (channel is { } only)
            Assert.That(first, only == 1 ? Is.GreaterThan(1000) : Is.LessThan(300), "the tone sounds before the voice does");
    }

    [Test]
    public async Task A_track_that_the_container_cannot_carry_is_named()
    {
        var source = await _bench.MakeAsync(
            "vorbis.ts.mp4", $"{Clip} -map 0 -map 2 -map 1 -c:v copy -c:a:0 aac -c:a:1 libvorbis -metadata:s:a:1 language=fra");

        var media = await ChooseAsync(source, await _bench.ProbeAsync(source), null, null);

        Assert.That(media.AudioLeftOut().Select(t => t.Name), Is.EqualTo(new[] { "1 (fra)" }));
    }

    [Test]
    public async Task The_track_that_was_asked_for_is_dubbed_without_listening_and_one_that_is_not_there_is_refused()
    {
        var source = await _bench.MakeAsync("asked.mkv", $"{Clip} -map 0 -map 2 -map 1 -c:v copy -c:a aac");
        var media = await _bench.ProbeAsync(source);

        Assert.That((await ChooseAsync(source, media, null, "1")).SourceAudio, Is.EqualTo(new SourceAudio(1, null, null, "asked")));
        Assert.That(
            () => ChooseAsync(source, media, null, "2"),
            Throws.TypeOf<PermanentDubException>().With.Property("Code").EqualTo(FailureCode.SourceAudioNotFound));
    }

    [Test]
    public async Task Flags_of_other_tracks_stay_but_for_the_one_that_plays_by_itself()
    {
        var source = await _bench.MakeAsync(
            "flags.mkv",
            $"{Clip} -map 0 -map 2 -map 2 -map 1 -c:v copy -c:a aac -disposition:a:0 comment+default -disposition:a:1 original "
                + "-disposition:a:2 visual_impaired");

        var media = await ChooseAsync(source, await _bench.ProbeAsync(source), null, null);
        var result = await _bench.ProbeAsync(await RenderAsync(source, media));

        Assert.That(media.SourceAudio, Is.EqualTo(new SourceAudio(1, null, null, "original")));
        Assert.That(
            result.AudioTracks.Select(t => string.Join('+', t.Roles)), Is.EqualTo(new[] { "default", "comment", "visual_impaired" }));
    }

    [TestCase("antiphase.mov", "pan=stereo|c0=c0|c1=-1*c0", "pcm_s16le")]
    [TestCase("right-only.mp4", "pan=stereo|c0=0*c0|c1=c0", "aac")]
    [TestCase("centre.mkv", "pan=5.1|FL=0*c0|FR=0*c0|FC=c0|LFE=0*c0|BL=0*c0|BR=0*c0", "ac3")]
    public async Task Speech_is_extracted_whatever_channels_it_is_in(string name, string filter, string codec)
    {
        var source = await _bench.MakeAsync(name, $"-i picture.mkv -i voice.wav -map 0 -map 1 -c:v copy -af {filter} -c:a {codec}");
        var media = await _bench.ProbeAsync(source);

        await _bench.Extractor.ExtractAsync(source, media, _bench.Path("speech.wav"), _bench.Folder, new NoProgress(), default);

        var speech = WavFile.Read(_bench.Path("speech.wav"));
        Assert.That(speech.Seconds, Is.EqualTo(media.DurationSeconds).Within(0.05));
        Assert.That(speech.Samples.Max(s => Math.Abs((int)s)), Is.GreaterThan(5000));
        var spoken = SpeechSplitter.Split(Levels(speech));
        Assert.That(spoken[0].Start, Is.InRange(0.3, 0.9), "where it is in the source");
    }

    [TestCase("pan=stereo|c0=c0|c1=-1*c0")]
    [TestCase("pan=5.1|FL=c0|FR=-1*c0", TestName = "The dub of a voice against itself in front of an empty middle")]
    public async Task The_dub_of_a_voice_against_itself_is_as_loud_in_mono_as_in_stereo(string filter)
    {
        var source = await _bench.MakeAsync(
            "turned.mov", $"-i picture.mkv -i voice.wav -map 0 -map 1 -c:v copy -af {filter} -c:a pcm_s16le");

        var result = await RenderAsync(source, await ChooseAsync(source, await _bench.ProbeAsync(source), null, null));

        var mono = await _bench.SamplesAsync(result);
        Assert.That(mono.Max(s => Math.Abs((int)s)), Is.GreaterThan(3000), "the original is heard where the channels are added");
        Assert.That(await _bench.LufsAsync(result), Is.EqualTo(await _bench.LufsAsync(source)).Within(1));
    }

    [TestCase(90, 1)]
    [TestCase(7200, 8)]
    public void A_long_source_is_listened_to_in_places_all_over_it(double seconds, int count)
    {
        var places = TrackListener.Places(seconds).ToList();

        Assert.That(places, Has.Count.EqualTo(count));
        Assert.That(places.Sum(p => p.Seconds), Is.LessThanOrEqualTo(120));
        Assert.That(places, Has.All.Matches<(double From, double Seconds)>(p => p.From >= 0 && p.From + p.Seconds <= seconds));
    }

    private Task<SourceMedia> ChooseAsync(string source, SourceMedia media, string? fromLang, string? asked) =>
        _listener.ChooseAsync(source, media, fromLang, asked, _bench.Folder, default);

    private async Task<string> RenderAsync(string source, SourceMedia media)
    {
        var output = _bench.Path("dubbed" + media.Container.Extension());
        await _bench.Renderer.RenderAsync(
            new RenderJob
            {
                SourcePath = source,
                Media = media,
                Speech = [],
                OriginalSpeech = [],
                Language = "es",
                OutputPath = output,
                Scratch = _bench.Folder,
            },
            new NoProgress(),
            default);
        return output;
    }

    private async Task<double> LoudAsync(string path, int channel)
    {
        var wav = await _bench.MakeAsync("channel.wav", $"-i {path} -map 0:a:0 -af pan=mono|c0=c{channel} -c:a pcm_s16le");
        return Math.Sqrt(WavFile.Read(wav).Samples.Average(s => (double)s * s));
    }

    private static IReadOnlyList<float> Levels(WavFile wav)
    {
        var meter = new LevelMeter(wav.SampleRate);
        meter.Add(wav.Samples);
        return meter.Levels;
    }
}
