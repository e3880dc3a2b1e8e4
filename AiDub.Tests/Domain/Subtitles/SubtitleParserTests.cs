using AiDub.Domain.Subtitles;

namespace AiDub.Tests.Domain.Subtitles;

public sealed class SubtitleParserTests
{
    private const string Srt = "1\n00:00:01,000 --> 00:00:02,500\nHello.\n\n2\n00:00:03,000 --> 00:00:04,000\nHow are\nyou?\n";
    private const string Vtt =
        "WEBVTT\n\n00:01.000 --> 00:02.500\nHello.\n\nlast\n00:00:03.000 --> 00:00:04.000 align:start line:0\nHow are\nyou?\n";

    [TestCase(Srt, TestName = "SubRip")]
    [TestCase(Vtt, TestName = "WebVTT")]
    [TestCase("\uFEFF" + Srt, TestName = "a byte order mark")]
    [TestCase("\uFEFF" + Vtt, TestName = "a byte order mark in WebVTT")]
    [TestCase("\n \n" + Srt + "\n\n\n", TestName = "blank lines around")]
    [TestCase("00:00:01,000 --> 00:00:02,500\nHello.\n\n00:00:03,000 --> 00:00:04,000\nHow are\nyou?", TestName = "no numbers")]
    [TestCase("7\n00:00:01,000 --> 00:00:02,500\nHello.\n7\n00:00:03,000 --> 00:00:04,000\nHow are\nyou?",
        TestName = "wrong numbers and no blank lines")]
    [TestCase("1\n0:00:01.000-->0:00:02.500 X1:40 X2:600\nHello.\n\n2\n00:03,000 -->\t00:04,000\nHow are\nyou?",
        TestName = "times of both formats, positions")]
    [TestCase("1\n00:00:03,000 --> 00:00:04,000\nHow are you?\n\n2\n00:00:01,000 --> 00:00:02,500\nHello.", TestName = "in any order")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,500\n{\\an8}<i>Hello</i>.\n\n2\n00:00:03,000 --> 00:00:04,000\n<font color=\"#ff0\">How  "
        + "are</font>\n<b>you?", TestName = "tags")]
    [TestCase("WEBVTT - a talk\nKind: captions\n\nNOTE a --\nmore\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n1\n00:01.000 --> "
        + "00:02.500\n<c.loud>Hello<00:01.500>.</c>\n\nNOTE\n\n00:03.000 --> 00:04.000\nHow&nbsp;are\n&#121;ou?&lrm;",
        TestName = "notes, styles, regions, entities")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,500\nHello.\n\n2\n00:00:02,600 --> 00:00:02,900\n<i></i>\n\n3\n00:00:03,000 --> "
        + "00:00:04,000\nHow are\nyou?", TestName = "a subtitle that says nothing")]
    public void Subtitles_are_read(string text)
    {
        TimedText[] expected = [new(1, 2.5, "Hello."), new(3, 4, "How are you?")];

        Assert.That(SubtitleParser.Read(text).Texts, Is.EqualTo(expected));
        Assert.That(SubtitleParser.Read(text.Replace("\n", "\r\n", StringComparison.Ordinal)).Texts, Is.EqualTo(expected), "CRLF");
        Assert.That(SubtitleParser.Read(text.Replace("\n", "\r", StringComparison.Ordinal)).Texts, Is.EqualTo(expected), "CR");
    }

    [TestCase("2 < 3 & <b>4</b> &gt; 1 &amp;lt;", "2 < 3 & 4 > 1 &lt;")]
    [TestCase("- Who are you?", "Who are you?")]
    [TestCase("-5 degrees", "-5 degrees")]
    [TestCase("今日は\nいい天気", "今日はいい天気")]
    [TestCase("<ruby>漢<rt>かん</rt></ruby>字", "漢字")]
    [TestCase("well-known - yes", "well-known - yes")]
    [TestCase("a\u0007b\u200Bc", "a b c")]
    [TestCase("می\u200Cخواهم", "می\u200Cخواهم")]
    [TestCase("ශ්\u200Dරී ලංකා", "ශ්\u200Dරී ලංකා")]
    [TestCase("👩\u200D👧 Hi", "👩\u200D👧 Hi")]
    [TestCase("\u200Dא\u200C ב\u200D", "א ב")]
    [TestCase("שלום\u200F! \u202Bמה\u202C?", "שלום! מה?")]
    [TestCase("wo\u2060rd\uFEFFs to\u00ADday", "words today")]
    [TestCase("12\n13", "12 13")]
    public void What_is_said_is_left(string text, string said)
    {
        Assert.That(SubtitleParser.Read($"1\n00:00:01,000 --> 00:00:02,000\n{text}\n").Texts.Single().Text, Is.EqualTo(said));
    }

    [Test]
    public void A_subtitle_ends_where_the_next_begins_and_those_that_begin_together_are_one()
    {
        const string text =
            "00:00:01,000 --> 00:00:09,000\nOne.\n\n00:00:04,000 --> 00:00:05,000\nTwo.\n\n00:00:04,020 --> 00:00:06,000\nThree.\n";

        Assert.That(SubtitleParser.Read(text).Texts, Is.EqualTo(new TimedText[] { new(1, 4, "One."), new(4, 6, "Two. Three.") }));
    }

    [Test]
    public void A_voice_tag_names_the_speaker()
    {
        const string text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Ana &amp; Co>Hello.</v>\n\n00:03.000 --> 00:04.000\n<i>Hi.</i>\n";

        Assert.That(SubtitleParser.Read(text).Texts.Select(c => c.Speaker), Is.EqualTo(new[] { "Ana & Co", null }));
    }

    [TestCase("", 1, "there is no subtitle in the file")]
    [TestCase("WEBVTT\n\nNOTE nothing\n", 1, "there is no subtitle in the file")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,000\n \n", 1, "there is no subtitle in the file")]
    [TestCase("Hello\n", 1, "a time is expected, such as 00:00:01,000 --> 00:00:02,500")]
    [TestCase("WEBVTT\n\nintro\n", 3, "a time is expected, such as 00:00:01,000 --> 00:00:02,500")]
    [TestCase("Title\n\n1\nsoon --> later\nOne.", 4, "a time is expected, such as 00:00:01,000 --> 00:00:02,500")]
    public void What_is_wrong_is_told_with_its_line(string text, int line, string reason)
    {
        var error = Assert.Throws<SubtitleFormatException>(() => SubtitleParser.Read(text))!;

        Assert.That((error.Line, error.Message), Is.EqualTo((line, $"line {line}: {reason}")));
        Assert.That(
            Assert.Throws<SubtitleFormatException>(() => SubtitleParser.Read(text.Replace("\n", "\r\n", StringComparison.Ordinal)))!.Line,
            Is.EqualTo(line));
    }
}
