using AiDub.Domain.Errors;
using AiDub.Domain.Media;
using AiDub.Jobs.Media.Probing;

namespace AiDub.Tests.Jobs.Media;

public sealed class SourceMediaReaderTests
{
    private const string Mp4 =
        """{"format_name":"mov,mp4,m4a,3gp,3g2,mj2","start_time":"0.000000","duration":"10.5","tags":{"major_brand":"isom"}}""";
    private const string Matroska = """{"format_name":"matroska,webm","start_time":"5.000000","duration":"15.0"}""";
    private const string Video =
        """{"index":0,"codec_name":"h264","codec_type":"video","width":160,"height":120"""
        + ""","avg_frame_rate":"24000/1001","r_frame_rate":"24000/1001","disposition":{"default":1,"attached_pic":0}}""";
    private const string Audio = """{"index":1,"codec_name":"aac","codec_type":"audio","channels":2,"disposition":{"default":0}}""";

    [Test]
    public void The_default_audio_track_is_the_one_that_is_dubbed()
    {
        var second = Audio.Replace("\"index\":1", "\"index\":2").Replace("\"default\":0", "\"default\":1");

        Assert.That(Read(Mp4, Video, Audio, second).Audio.Index, Is.EqualTo(2));
        Assert.That(Read(Mp4, Video, Audio, second.Replace("\"default\":1", "\"default\":0")).Audio.Index, Is.EqualTo(1));
    }

    [Test]
    public void The_picture_is_described()
    {
        Assert.That(Read(Mp4, Video, Audio).Video, Is.EqualTo(new VideoStream(0, "h264", 1001 / 24000.0) { Width = 160, Height = 120 }));
    }

    [Test]
    public void What_the_container_can_carry_is_carried_and_the_rest_is_listed()
    {
        string[] others =
        [
            Other(2, "subtitle", "mov_text"), Other(3, "subtitle", "dvd_subtitle"),
            Other(4, "data", "bin_data", "text"), Other(5, "data", "bin_data", "gpmd"), Other(6, "data", "dvd_nav_packet"),
        ];

        var media = Read(Mp4, [Video, Audio, .. others]);

        Assert.That(media.CarriedStreams, Is.EqualTo(new[] { 2 }));
        Assert.That(media.DroppedStreams, Is.EqualTo(new[] { "subtitle/dvd_subtitle", "data/gpmd" }));
    }

    [Test]
    public void Matroska_carries_fonts_and_styled_subtitles()
    {
        var font = """{"index":3,"codec_name":"ttf","codec_type":"attachment","tags":{"filename":"a.ttf","mimetype":"font/ttf"}}""";

        Assert.That(Read(Matroska, Video, Audio, Other(2, "subtitle", "ass"), font).CarriedStreams, Is.EqualTo(new[] { 2, 3 }));
    }

    [TestCase("language", "title", TestName = "Tags in small letters are read")]
    [TestCase("LANGUAGE", "TITLE", TestName = "Tags in capitals are read, as programs write them into Ogg")]
    public void Tags_are_read_whatever_the_case_of_their_names(string language, string title)
    {
        var tags = $$"""{"{{language}}":"deu","{{title}}":"Kommentar"}""";

        var media = Read(
            Matroska, Video, Audio.Replace("{\"index\":1", $"{{\"tags\":{tags},\"index\":1"),
            Other(2, "subtitle", "ass").Replace("{\"index\":2", $"{{\"tags\":{tags},\"index\":2"));

        Assert.That((media.Audio.LanguageTag, media.Audio.Title), Is.EqualTo(("deu", "Kommentar")));
        Assert.That(media.Tags[2], Is.EquivalentTo(new Dictionary<string, string> { ["language"] = "deu", ["title"] = "Kommentar" }));
    }

    [TestCase("\"channels\":2", "\"channels\":0")]
    [TestCase("\"codec_name\":\"aac\",", "")]
    [TestCase("\"aac\"", "\"unknown\"")]
    public void Sound_that_cannot_be_known_is_damaged_and_not_missing(string good, string bad)
    {
        Assert.That(Code(Mp4, Video, Audio.Replace(good, bad)), Is.EqualTo("media_invalid"));
    }

    [Test]
    public void A_picture_that_cannot_be_known_is_damaged()
    {
        Assert.That(Code(Mp4, Video.Replace("160", "0"), Audio), Is.EqualTo("media_invalid"));
    }

    [TestCase("{}")]
    [TestCase("{\"streams\":[]}")]
    [TestCase("not json")]
    public void A_report_of_nothing_is_no_media(string json)
    {
        Assert.That(
            Assert.Throws<PermanentDubException>(() => SourceMediaReader.StatedDuration(json)).Code.Value, Is.EqualTo("media_invalid"));
    }

    [TestCase("\"channels\":2", "\"channels\":\"2\"")]
    [TestCase("\"channels\":2", "\"channels\":99999999999999")]
    [TestCase("\"index\":1", "\"index\":null")]
    [TestCase("\"disposition\":{\"default\":0}", "\"disposition\":[]")]
    public void A_field_of_another_kind_than_it_should_be_is_no_media(string good, string bad)
    {
        Assert.That(Code(Mp4, Video, Audio.Replace(good, bad)), Is.EqualTo("media_invalid"));
    }

    [TestCase("NaN")]
    [TestCase("inf")]
    [TestCase("-inf")]
    [TestCase("N/A")]
    [TestCase("")]
    [TestCase("12:00")]
    public void A_length_that_is_no_number_is_not_known(string duration)
    {
        Assert.That(SourceMediaReader.StatedDuration(Json(Mp4.Replace("10.5", duration), Video, Audio)), Is.Null);
    }

    [TestCase(double.NaN)]
    [TestCase(-3)]
    [TestCase(0)]
    public void A_length_of_nothing_is_refused(double seconds)
    {
        var error = Assert.Throws<PermanentDubException>(() => SourceMediaReader.Read(Json(Mp4, Video, Audio), null, seconds));

        Assert.That(error.Code.Value, Is.EqualTo("media_empty"));
    }

    [TestCase("\"width\":160", "\"width\":80000", "media_pixels")]
    [TestCase("\"width\":160,\"height\":120", "\"width\":2147483647,\"height\":2147483647", "media_pixels")]
    [TestCase("\"avg_frame_rate\":\"24000/1001\"", "\"avg_frame_rate\":\"301/1\"", "media_frame_rate")]
    [TestCase("\"avg_frame_rate\":\"24000/1001\"", "\"avg_frame_rate\":\"0/0\"", null)]
    [TestCase("\"avg_frame_rate\":\"24000/1001\"", "\"avg_frame_rate\":\"x/-1\"", null)]
    public void What_a_header_tells_is_held_against_the_limits(string good, string bad, string? code)
    {
        var limits = new AiDub.Jobs.Fetching.SourceOptions { MaxPixels = 8_000_000 };
        var error = Assert.Catch(() =>
        {
            SourceLimits.CheckSize(Json(Mp4, Video.Replace(good, bad), Audio), limits);
            throw new OperationCanceledException();
        });

        Assert.That((error as PermanentDubException)?.Code.Value, Is.EqualTo(code));
    }

    [Test]
    public void Too_many_streams_are_refused()
    {
        var error = Assert.Throws<PermanentDubException>(() => SourceLimits.CheckSize(
            Json(Mp4, [Video, .. Enumerable.Range(1, 100).Select(i => Audio.Replace("\"index\":1", $"\"index\":{i}"))]), new()));

        Assert.That(error.Code.Value, Is.EqualTo("media_streams"));
    }

    [TestCase("-0.323", 10.323)]
    [TestCase("-0.007", 10)]
    [TestCase("0.5", 9.5)]
    public void The_length_of_a_Matroska_file_counts_from_where_it_starts_before_zero_too(string start, double seconds) => Assert.That(
        SourceMediaReader.StatedDuration(
            $$"""{"format":{"format_name":"matroska,webm","start_time":"{{start}}","duration":"10"},"streams":[{"codec_type":"audio"}]}"""),
        Is.EqualTo(seconds).Within(1e-9));

    [Test]
    public void A_length_that_counts_from_zero_is_counted_from_where_the_file_starts()
    {
        Assert.That(SourceMediaReader.StatedDuration(Json(Matroska, Video, Audio)), Is.EqualTo(10));
    }

    [TestCase("webm", "1A45DFA39F4286810142F7810142F2810442F381084282847765626D42878104428581021853")]
    [TestCase("matroska", "1A45DFA3A34286810142F7810142F2810442F38108428288" + "6D6174726F736B61" + "42878104428581021853")]
    [TestCase(null, "0000001C66747970")]
    [TestCase(null, "1A45DFA39F42")]
    [TestCase(null, "1A45DFA3")]
    public void The_head_of_a_file_tells_Matroska_from_WebM(string? docType, string head)
    {
        Assert.That(EbmlHead.DocType(Convert.FromHexString(head)), Is.EqualTo(docType));
    }

    [Test]
    public void No_head_makes_the_reader_stumble()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var head = new byte[64];
            random.NextBytes(head);
            Convert.FromHexString("1A45DFA3").CopyTo(head, 0);
            Assert.That(() => EbmlHead.DocType(head), Throws.Nothing, Convert.ToHexString(head));
        }
    }

    private static SourceMedia Read(string format, params string[] streams) =>
        SourceMediaReader.Read(Json(format, streams), "matroska", 10);

    private static string Code(string format, params string[] streams)
    {
        var error = Assert.Throws<PermanentDubException>(() => Read(format, streams));
        return error.Code.Value;
    }

    private static string Json(string format, params string[] streams) =>
        $$"""{"streams":[{{string.Join(',', streams)}}],"format":{{format}}}""";

    private static string Other(int index, string type, string codec, string tag = "") =>
        $$"""{"index":{{index}},"codec_name":"{{codec}}","codec_type":"{{type}}","codec_tag_string":"{{tag}}"}""";
}
