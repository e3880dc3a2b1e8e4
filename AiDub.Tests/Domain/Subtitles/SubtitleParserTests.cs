using System.Text;
using AiDub.Domain.Subtitles;

namespace AiDub.Tests.Domain.Subtitles;

public sealed class SubtitleParserTests
{
    private const string Srt = "1\n00:00:01,000 --> 00:00:02,500\nHello.\n\n2\n00:00:03,000 --> 00:00:04,000\nHow are\nyou?\n";
    private const string Vtt = "WEBVTT\n\n00:01.000 --> 00:02.500\nHello.\n\nlast\n00:00:03.000 --> 00:00:04.000 align:start line:0\nHow are\nyou?\n";

    [TestCase(Srt, TestName = "SubRip")]
    [TestCase(Vtt, TestName = "WebVTT")]
    [TestCase("\uFEFF" + Srt, TestName = "a byte order mark")]
    [TestCase("\uFEFF" + Vtt, TestName = "a byte order mark in WebVTT")]
    [TestCase("\n \n" + Srt + "\n\n\n", TestName = "blank lines around")]
    [TestCase("00:00:01,000 --> 00:00:02,500\nHello.\n\n00:00:03,000 --> 00:00:04,000\nHow are\nyou?", TestName = "no numbers")]
    [TestCase("7\n00:00:01,000 --> 00:00:02,500\nHello.\n7\n00:00:03,000 --> 00:00:04,000\nHow are\nyou?", TestName = "wrong numbers and no blank lines")]
    [TestCase("1\n0:00:01.000-->0:00:02.500 X1:40 X2:600\nHello.\n\n2\n00:03,000 -->\t00:04,000\nHow are\nyou?", TestName = "times of both formats, positions")]
    [TestCase("1\n00:00:03,000 --> 00:00:04,000\nHow are you?\n\n2\n00:00:01,000 --> 00:00:02,500\nHello.", TestName = "in any order")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,500\n{\\an8}<i>Hello</i>.\n\n2\n00:00:03,000 --> 00:00:04,000\n<font color=\"#ff0\">How  are</font>\n<b>you?", TestName = "tags")]
    [TestCase("WEBVTT - a talk\nKind: captions\n\nNOTE a --\nmore\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\n1\n00:01.000 --> 00:02.500\n<c.loud>Hello<00:01.500>.</c>\n\nNOTE\n\n00:03.000 --> 00:04.000\nHow&nbsp;are\n&#121;ou?&lrm;", TestName = "notes, styles, regions, entities")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,500\nHello.\n\n2\n00:00:02,600 --> 00:00:02,900\n<i></i>\n\n3\n00:00:03,000 --> 00:00:04,000\nHow are\nyou?", TestName = "a subtitle that says nothing")]
    public void Subtitles_are_read(string text)
    {
        TimedText[] expected = [new(1, 2.5, "Hello."), new(3, 4, "How are you?")];

        Assert.That(SubtitleParser.Parse(text), Is.EqualTo(expected));
        Assert.That(SubtitleParser.Parse(text.Replace("\n", "\r\n", StringComparison.Ordinal)), Is.EqualTo(expected), "CRLF");
        Assert.That(SubtitleParser.Parse(text.Replace("\n", "\r", StringComparison.Ordinal)), Is.EqualTo(expected), "CR");
    }

    [TestCase("2 < 3 & <b>4</b> &gt; 1 &amp;lt;", "2 < 3 & 4 > 1 &lt;")]
    [TestCase("- Who?\n- You.", "Who? You.")]
    [TestCase("今日は\nいい天気", "今日はいい天気")]
    [TestCase("<ruby>漢<rt>かん</rt></ruby>字", "漢字")]
    [TestCase("well-known - yes", "well-known - yes")]
    [TestCase("a\u0007b\u200Bc", "a b c")]
    [TestCase("12\n13", "12 13")]
    public void What_is_said_is_left(string text, string said)
    {
        Assert.That(SubtitleParser.Parse($"1\n00:00:01,000 --> 00:00:02,000\n{text}\n").Single().Text, Is.EqualTo(said));
    }

    [Test]
    public void A_subtitle_ends_where_the_next_begins_and_those_that_begin_together_are_one()
    {
        const string text = "00:00:01,000 --> 00:00:09,000\nOne.\n\n00:00:04,000 --> 00:00:05,000\nTwo.\n\n00:00:04,020 --> 00:00:06,000\nThree.\n";

        Assert.That(SubtitleParser.Parse(text), Is.EqualTo(new TimedText[] { new(1, 4, "One."), new(4, 6, "Two. Three.") }));
    }

    [Test]
    public void A_voice_tag_names_the_speaker()
    {
        const string text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Ana &amp; Co>Hello.</v>\n\n00:03.000 --> 00:04.000\n<i>Hi.</i>\n";

        Assert.That(SubtitleParser.Parse(text).Select(c => c.Speaker), Is.EqualTo(new[] { "Ana & Co", null }));
    }

    [TestCase("", 1, "there is no subtitle in the file")]
    [TestCase("WEBVTT\n\nNOTE nothing\n", 1, "there is no subtitle in the file")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,000\n \n", 1, "there is no subtitle in the file")]
    [TestCase("Hello\n", 1, "a time is expected, such as 00:00:01,000 --> 00:00:02,500")]
    [TestCase("<html>\n<body>", 1, "a time is expected, such as 00:00:01,000 --> 00:00:02,500")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,000\nOne.\n\nTwo.\n", 5, "a time is expected, such as 00:00:01,000 --> 00:00:02,500")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\nTwo.\n", 6, "a time is expected, such as 00:00:01,000 --> 00:00:02,500")]
    [TestCase("WEBVTT\n\nintro\n", 4, "a time is expected, such as 00:00:01,000 --> 00:00:02,500")]
    [TestCase("1\n00:00:03,000 --> 00:00:02,999\nOne.", 2, "the end is before the start")]
    [TestCase("1\n00:00:03,000 --> 00:00:03,000\nOne.", 2, "the end is the start")]
    [TestCase("1\n00:00:03 --> 00:00:04,000\nOne.", 2, "'00:00:03' is not a time such as 00:01:02,500")]
    [TestCase("1\n00:00:03,000 -->\nOne.", 2, "'' is not a time such as 00:01:02,500")]
    [TestCase("1\n00:60:03,000 --> 00:61:04,000\nOne.", 2, "'00:60:03,000' is not a time such as 00:01:02,500")]
    [TestCase("1\n00:00:03,00 --> 00:00:04,000\nOne.", 2, "'00:00:03,00' is not a time such as 00:01:02,500")]
    [TestCase("1\n-00:00:03,000 --> 00:00:04,000\nOne.", 2, "'-00:00:03,000' is not a time such as 00:01:02,500")]
    [TestCase("1\n٠٠:00:03,000 --> 00:00:04,000\nOne.", 2, "'٠٠:00:03,000' is not a time such as 00:01:02,500")]
    public void What_is_wrong_is_told_with_its_line(string text, int line, string reason)
    {
        var error = Assert.Throws<SubtitleFormatException>(() => SubtitleParser.Parse(text))!;

        Assert.That((error.Line, error.Message), Is.EqualTo((line, $"line {line}: {reason}")));
        Assert.That(Assert.Throws<SubtitleFormatException>(() => SubtitleParser.Parse(text.Replace("\n", "\r\n", StringComparison.Ordinal)))!.Line, Is.EqualTo(line));
    }

    [Test]
    public void A_text_that_nobody_says_in_one_breath_is_refused()
    {
        var text = $"1\n00:00:01,000 --> 00:00:02,000\n{new string('a', 1001)}";

        Assert.That(() => SubtitleParser.Parse(text), Throws.TypeOf<SubtitleFormatException>().With.Message.EqualTo("line 3: the text is longer than 1000 characters"));
    }

    [Test]
    public void Half_a_megabyte_of_hostile_markup_is_read_in_no_time()
    {
        foreach (var part in new[] { "<", "<rt>", "{\\", "<v ", "&#", "- ", "<a<b" })
            Assert.That(() => SubtitleParser.Parse("1\n00:00:01,000 --> 00:00:02,000\n" + string.Concat(Enumerable.Repeat(part, 500_000 / part.Length))), Throws.TypeOf<SubtitleFormatException>());
    }

    [Test]
    public void Bytes_are_utf_8_or_marked_utf_16()
    {
        foreach (var encoding in new[] { new UTF8Encoding(false), Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
            Assert.That(SubtitleParser.Parse(SubtitleBytes.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(Srt.Replace("Hello", "¡Señor", StringComparison.Ordinal))]))[0].Text, Is.EqualTo("¡Señor."));
    }

    [Test]
    public void Bytes_of_another_encoding_are_told_with_their_line()
    {
        var bytes = Encoding.Latin1.GetBytes("1\n00:00:01,000 --> 00:00:02,000\nSeñor\n");

        Assert.That(() => SubtitleBytes.Decode(bytes), Throws.TypeOf<SubtitleFormatException>().With.Message.EqualTo("line 3: the characters are not encoded as UTF-8"));
    }
}
