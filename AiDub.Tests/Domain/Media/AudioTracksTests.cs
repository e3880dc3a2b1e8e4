using AiDub.Domain.Errors;
using AiDub.Domain.Media;

namespace AiDub.Tests.Domain.Media;

public sealed class AudioTracksTests
{
    // A track as "language role role", "-" for no language.
    [TestCase(null, 0, "first", "-", "-")]
    [TestCase(null, 1, "default", "-", "- default")]
    [TestCase(null, 2, "original", "- default", "-", "- original")]
    [TestCase("en", 1, "from_lang", "jpn default", "eng")]
    [TestCase("ja", 1, "from_lang", "eng default", "ja-JP")]
    [TestCase("ja", 1, "from_lang", "eng", "ja")]
    [TestCase("zh", 1, "from_lang", "eng", "chi")]
    [TestCase("en", 2, "from_lang", "eng comment", "jpn default", "eng")]
    [TestCase("en", 1, "from_lang", "jpn default", "-", TestName = "A track that does not say its language before one of another")]
    [TestCase(null, 1, "first", "eng visual_impaired default", "eng", TestName = "A description that plays by default gives way")]
    [TestCase(null, 1, "first", "eng hearing_impaired", "eng")]
    [TestCase(null, 1, "first", "eng dub default", "jpn")]
    [TestCase("en", 0, "default", "jpn default", "eng comment", TestName = "A comment is never dubbed while another track speaks, "
        + "whatever its language")]
    public void The_track_is_chosen_by_language_then_by_flags(string? fromLang, int number, string reason, params string[] tracks)
    {
        var made = tracks.Select(Track).ToList();

        var (track, why) = AudioTracks.InOrder(made, [.. made.Select(_ => HeardSound.Speech)], fromLang, null)[0];

        Assert.That((track.Number, why), Is.EqualTo((number, reason)));
    }

    [TestCase(1, 1, null, true)]
    [TestCase(1, 2, null, false)]
    [TestCase(2, 1, "de", false, TestName = "A channel in a language of its own is no half of a stereo with another track")]
    public void Mono_tracks_counted_by_twos_may_be_a_stereo(int channels, int others, string? language, bool may)
    {
        var track = new AudioStream(1, "mp2", channels) { LanguageTag = "eng", SecondLanguageTag = language is null ? null : "deu" };
        var other = new AudioStream(2, "mp2", others) { Number = 1, LanguageTag = language is null ? "eng" : "deu" };

        Assert.That(track.In(language).OtherHalf([track, other]), Is.EqualTo(may ? other : null));
    }

    [TestCase(1, "Other", "Speech")]
    [TestCase(1, "Silence", "Speech")]
    [TestCase(1, "Silence", "Other")]
    [TestCase(2, "Silence", "Other", "Speech")]
    public void A_track_that_speaks_goes_before_one_that_does_not_and_that_is_the_reason(int number, params string[] heard)
    {
        var tracks = heard.Select((_, i) => Track(i == 0 ? "eng default original" : "jpn comment", i)).ToList();

        var order = AudioTracks.InOrder(tracks, [.. heard.Select(Enum.Parse<HeardSound>)], "en", null);

        Assert.That((order[0].Track.Number, order[0].Reason), Is.EqualTo((number, "speech")));
        Assert.That(order, Has.Count.EqualTo(heard.Length), "the others follow");
    }

    [TestCase("Director's Commentary")]
    [TestCase("English Audio Description")]
    [TestCase("Deutsch (Audiodeskription)")]
    [TestCase("Audiodescrição")]
    [TestCase("Commentaires du réalisateur")]
    [TestCase("Комментарий режиссёра")]
    [TestCase("オーディオコメンタリー")]
    public void A_title_that_names_a_comment_or_a_description_counts_as_the_flag(string title) =>
        Assert.That((Track("eng default", 0) with { Title = title }).IsAside, Is.True);

    [TestCase("Originalton ohne Kommentar")]
    [TestCase("Original (sans commentaire)")]
    [TestCase("Sin comentarios")]
    public void A_title_that_says_that_there_is_no_comment_names_none(string title) =>
        Assert.That((Track("eng default", 0) with { Title = title }).IsAside, Is.False);

    [TestCase("2", 2)]
    [TestCase("eng", 1)]
    [TestCase("en-GB", 1)]
    public void The_track_that_was_asked_for_is_dubbed_whatever_it_is(string asked, int number)
    {
        var tracks = new[] { "jpn default", "eng comment", "fra" }.Select(Track).ToList();

        var order = AudioTracks.InOrder(tracks, [HeardSound.Speech, HeardSound.Silence, HeardSound.Silence], "ja", asked);

        Assert.That(order.Select(o => (o.Track.Number, o.Reason)), Is.EqualTo(new[] { (number, "asked") }));
    }

    [TestCase("3")]
    [TestCase("de")]
    public void A_track_that_is_not_there_is_refused_with_those_that_are(string asked)
    {
        var tracks = new[] { Track("jpn", 0) with { Title = "Main" }, Track("-", 1) };

        var refused = Assert.Throws<PermanentDubException>(() => AudioTracks.InOrder(tracks, [default, default], null, asked));

        Assert.That(refused.Code.Value, Is.EqualTo("source_audio_not_found"));
        Assert.That(refused.Message, Is.EqualTo($"The source has no audio track {asked}; it has 0 (jpn, \"Main\"), 1."));
    }

    private static AudioStream Track(string told, int number)
    {
        var words = told.Split(' ');
        return new AudioStream(number + 1, "aac", 2)
        {
            Number = number,
            LanguageTag = words[0] == "-" ? null : words[0],
            Roles = words[1..],
        };
    }
}
