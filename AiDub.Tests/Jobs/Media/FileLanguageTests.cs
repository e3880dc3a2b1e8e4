namespace AiDub.Tests.Jobs.Media;

/// <summary>The language that a file states of itself, where its format has tags for the file alone.</summary>
public sealed class FileLanguageTests
{
    private const string Sound = "-f lavfi -i sine=d=1";
    private MediaBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new MediaBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [TestCase("a.mp3")]
    [TestCase("a.flac")]
    [TestCase("a.wav")]
    [TestCase("a.wma")]
    [TestCase("a.caf")]
    public async Task It_is_that_of_its_only_track(string name)
    {
        var media = await _bench.ProbeAsync(await _bench.MakeAsync(name, Sound + " -metadata language=deu"));

        Assert.That(media.Audio.Language, Is.EqualTo("de"));
    }

    [Test]
    public async Task What_a_track_says_of_itself_goes_before_it()
    {
        var media = await _bench.ProbeAsync(
            await _bench.MakeAsync("a.mka", Sound + " -c:a libvorbis -metadata language=deu -metadata:s:a:0 language=fra"));

        Assert.That(media.Audio.Language, Is.EqualTo("fr"));
    }

    [Test]
    public async Task Several_of_them_are_not_those_of_its_channels()
    {
        var media = await _bench.ProbeAsync(await _bench.MakeAsync("a.mp3", Sound + " -ac 2 -metadata language=deu;eng"));

        Assert.That((media.Audio.LanguageTag, media.Audio.SecondLanguageTag), Is.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public async Task It_says_nothing_of_several_tracks()
    {
        var media = await _bench.ProbeAsync(
            await _bench.MakeAsync("a.mka", Sound + " -map 0 -map 0 -c:a libvorbis -metadata language=deu"));

        Assert.That(media.AudioTracks.Select(track => track.Language), Is.EqualTo(new string?[] { null, null }));
    }
}
