using AiDub.Domain.Subtitles;

namespace AiDub.Tests.Domain.Subtitles.Reading;

public sealed class RepairTests
{
    [TestCase("1\r\r\n00:00:01,000 --> 00:00:02,500\r\r\nUno.\r\r\n\r\r\n2\r\r\n00:00:03,000 --> 00:00:04,000\r\r\nDos.\r\r\n", 1,
        TestName = "CR CR LF")]
    [TestCase("1\n00:00:01,0 --> 00:00:02,5\nUno.\n\n2\n00:00:03,00 --> 00:00:04,00\nDos.\n", 2, 6, TestName = "one and two decimals")]
    [TestCase("1\n00:00:01 --> 00:00:02,500\nUno.\n\n2\n00:00:03,000 --> 00:00:04\nDos.\n", 2, 6, TestName = "no milliseconds")]
    [TestCase("1\n00:00:01.000 --> 00:00:02.500\nUno.\n\n2\n00:00:03,000 --> 00:00:04,000\nDos.\n", 2,
        TestName = "a full stop for a comma")]
    [TestCase("1\n00:01,000 --> 00:02,500\nUno.\n\n2\n00:03,000 --> 00:04,000\nDos.\n", 2, 6, TestName = "no hours")]
    [TestCase("1\n00: 00: 01,000 -> 00: 00: 02,500\nUno.\n\n2\n00:00:03,000 —> 00:00:04,000\nDos.\n", 2, 6,
        TestName = "spaces within, other arrows")]
    [TestCase("1\n00:00:01,000 → 00:00:02,500\nUno.\n\n2\n00:00:03,000 --&gt; 00:00:04,000\nDos.\n", 2, 6,
        TestName = "an arrow of one character, an arrow as HTML")]
    [TestCase("1\n００：００：０１，０００ --> ００：００：０２，５００\nUno.\n\n2\n٠٠:٠٠:٠٣,٠٠٠ --> ٠٠:٠٠:٠٤,٠٠٠\nDos.\n", 2, 6,
        TestName = "digits of other scripts")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,500 Uno.\n\n2\n00:00:03,000 --> 00:00:04,000\nDos.\n", 2,
        TestName = "text on the line of the time")]
    [TestCase("[00:00:01.000 --> 00:00:02.500]  Uno.\n[00:00:03.000 --> 00:00:04.000]  Dos.\n", 1, 2,
        TestName = "lines as Whisper prints them")]
    [TestCase("1 00:00:01,000 --> 00:00:02,500\nUno.\n\n2\n00:00:03,000 --> 00:00:04,000\nDos.\n", 1,
        TestName = "the number on the line of the time")]
    [TestCase("1\n\n00:00:01,000 --> 00:00:02,500\n\nUno.\n\n2\n\n00:00:03,000 --> 00:00:04,000\n\nDos.\n", 5, 11,
        TestName = "every second line blank")]
    [TestCase("2\n00:00:03,000 --> 00:00:04,000\nDos.\n\n1\n00:00:01,000 --> 00:00:02,500\nUno.\n", 6, TestName = "not in order")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,500\nUno.\n\n1\n00:00:01,000 --> 00:00:02,500\nUno.\n\n2\n00:00:03,000 --> "
        + "00:00:04,000\nDos.\n", 6, TestName = "twice")]
    [TestCase("A title\n\n1\n00:00:01,000 --> 00:00:02,500\nUno.\n\n2\n00:00:03,000 --> 00:00:04,000\nDos.\n", 1,
        TestName = "text before the first time")]
    [TestCase("1\n00:00:01,000 --> 00:00:02,500\nUno.\n\n9\nsoon --> later\nLost.\n\n2\n00:00:03,000 --> 00:00:04,000\nDos.\n", 5,
        TestName = "a time that is none")]
    [TestCase("WEBVTT\n\n00:01.000 --> 00:02.500\nUno.\n\nWEBVTT\n\n00:03.000 --> 00:04.000\nDos.\n", 6, TestName = "a second header")]
    [TestCase("1\n-00:00:01,000 --> 00:00:02,500\nUno.\n\n2\n00:00:03,000 --> 00:00:04,000\nDos.\n", 2,
        TestName = "a time before the start")]
    public void What_can_be_mended_is_and_its_line_is_told(string text, params int[] lines)
    {
        var reading = SubtitleParser.Read(text);

        Assert.That(
            reading.Texts.Select(t => (t.Text, t.End)), Is.EqualTo(new[] { ("Uno.", 2.5), ("Dos.", 4.0) }).Using<(string, double)>(Near));
        Assert.That(
            reading.Texts.Select(t => t.Start),
            Is.EqualTo(new[] { lines is [2] && text.Contains("-00", StringComparison.Ordinal) ? 0 : 1.0, 3.0 }));
        Assert.That(reading.Repairs.Select(r => r.Line), Is.EqualTo(lines), reading.Summary);
    }

    [TestCase("00:00:03,000 --> 00:00:03,000", 4, "the end is the start")]
    [TestCase("00:00:03,000 --> 00:00:02,000", 4, "the end is before the start")]
    [TestCase("00:00:03,000 --> 00:00:00,000", 4, "the end is before the start")]
    [TestCase("00:00:03,000 -->", 4, "the time is not written as it should be")]
    public void A_subtitle_without_an_end_lasts_as_long_as_it_takes_to_say_it(string time, double end, string what)
    {
        var last = SubtitleParser.Read($"1\n00:00:01,000 --> 00:00:02,000\nUno.\n\n2\n{time}\nDos.\n");
        var between = SubtitleParser.Read($"1\n{time}\nUno.\n\n2\n00:00:03,400 --> 00:00:05,000\nDos.\n");

        Assert.That((last.Texts[1].Start, last.Texts[1].End), Is.EqualTo((3.0, end)));
        Assert.That((between.Texts[0].Start, between.Texts[0].End), Is.EqualTo((3.0, 3.4)));
        Assert.That(last.Repairs.Single(), Is.EqualTo(new TextRepair(6, what)));
    }

    [Test]
    public void Frames_are_read_where_a_time_ends_with_them() =>
        Assert.That(
            SubtitleParser.Read("1\n00:00:01:05 --> 00:00:02:20\nUno.\n").Texts.Single(), Is.EqualTo(new TimedText(1.2, 2.8, "Uno.")));

    [Test]
    public void Text_after_a_blank_line_belongs_to_the_subtitle_before() =>
        Assert.That(SubtitleParser.Read("1\n00:00:01,000 --> 00:00:02,000\nUno\n\ny medio.\n\n2\n00:00:03,000 --> "
            + "00:00:04,000\nDos.\n").Texts.Select(t => t.Text),
            Is.EqualTo(new[] { "Uno y medio.", "Dos." }));

    [Test]
    public void Zeros_and_marks_are_passed_over() =>
        Assert.That(
            SubtitleParser.Read("\uFEFF\uFEFF1\0\n00:00:01,000 -\0-> 00:00:02,000\nU\0no.\uFEFF\n").Texts.Single(),
            Is.EqualTo(new TimedText(1, 2, "Uno.")));

    [Test]
    public void Pieces_of_a_stream_are_laid_where_their_clocks_say()
    {
        const string text = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n\n00:01.000 --> 00:02.000\nUno.\n\n"
            + "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:1800000\n\n00:01.000 --> 00:02.000\nDos.\n";

        Assert.That(SubtitleParser.Read(text).Texts, Is.EqualTo(new TimedText[] { new(1, 2, "Uno."), new(11, 12, "Dos.") }));
    }

    [Test]
    public void Many_repairs_are_counted_and_the_first_told()
    {
        var reading = SubtitleParser.Read(
            string.Concat(
                Enumerable.Range(1, 500).Select(i => $"{i}\n00:{i / 60:00}:{i % 60:00},5 --> 00:{i / 60:00}:{i % 60:00},9\nUno {i}.\n\n")));

        Assert.That((reading.Texts.Count, reading.RepairCount, reading.Repairs.Count), Is.EqualTo((500, 500, SubtitleReading.MaxRepairs)));
        Assert.That(reading.Summary, Does.StartWith("line 2: ").And.EndsWith("; and 480 more").And.Length.LessThan(1500));
    }

    [Test]
    public void A_long_text_is_split_after_sentences_with_its_share_of_the_time()
    {
        var sentence = "Esta frase tiene exactamente cincuenta caracteres. ";
        var reading = SubtitleParser.Read($"1\n00:00:00,000 --> 00:01:00,000\n{string.Concat(Enumerable.Repeat(sentence, 40))}\n");

        Assert.That(
            reading.Texts.Select(t => t.Text.Length).ToList(),
            Has.Count.EqualTo(3).And.All.LessThanOrEqualTo(SubtitleParser.MaxTextLength));
        Assert.That(reading.Texts.Select(t => t.Text), Is.All.EndsWith("caracteres."));
        Assert.That(reading.Texts[1].Start, Is.EqualTo(reading.Texts[0].End));
        Assert.That((reading.Texts[0].Start, reading.Texts[^1].End), Is.EqualTo((0.0, 60.0)));
        Assert.That(
            reading.Texts[0].End, Is.EqualTo(60.0 * reading.Texts[0].Text.Length / reading.Texts.Sum(t => t.Text.Length)).Within(0.01));
        Assert.That(reading.Repairs.Single().What, Does.Contain("1000 characters"));
    }

    [TestCase("語")]
    [TestCase("ก็")]
    [TestCase("a")]
    [TestCase("👍🏽")]
    public void A_long_text_without_sentences_or_spaces_is_split_between_characters(string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, 5000));
        var texts = SubtitleParser.Read($"1\n00:00:00,000 --> 00:01:00,000\n{text}\n").Texts;

        Assert.That(string.Concat(texts.Select(t => t.Text)), Is.EqualTo(text));
        Assert.That(texts.Select(t => t.Text.Length), Is.All.LessThanOrEqualTo(SubtitleParser.MaxTextLength));
        Assert.That(texts.Select(t => t.Text), Is.All.StartsWith(character));
    }

    [Test]
    public void What_begins_together_is_merged_up_to_the_same_limit()
    {
        var text = string.Concat(Enumerable.Range(0, 400).Select(i => $"{i + 1}\n00:00:01,000 --> 00:00:09,000\nTexto número {i}.\n\n"));
        var texts = SubtitleParser.Read(text).Texts;

        Assert.That(texts.Select(t => t.Text.Length), Is.All.LessThanOrEqualTo(SubtitleParser.MaxTextLength));
        Assert.That(
            string.Join(' ', texts.Select(t => t.Text)),
            Is.EqualTo(string.Join(' ', Enumerable.Range(0, 400).Select(i => $"Texto número {i}."))));
        Assert.That((texts[0].Start, texts[^1].End), Is.EqualTo((1.0, 9.0)));
    }

    private static bool Near((string Text, double End) a, (string Text, double End) b) =>
        a.Text == b.Text && Math.Abs(a.End - b.End) < 1e-6;
}
