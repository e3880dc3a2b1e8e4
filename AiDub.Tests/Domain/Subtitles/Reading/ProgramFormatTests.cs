using AiDub.Domain.Subtitles;

namespace AiDub.Tests.Domain.Subtitles.Reading;

/// <summary>Formats that other programs and services write.</summary>
public sealed class ProgramFormatTests
{
    private static readonly TimedText[] Said = [new(1, 2.5, "Hola a todos."), new(3, 4, "Dos & más")];

    private static IEnumerable<TestCaseData> Alike()
    {
        yield return new TestCaseData("""
            <SAMI><HEAD><STYLE TYPE="text/css"><!-- P { margin: 0 } .ESCC {Name: Spanish; lang: es-ES;} --></STYLE></HEAD><BODY>
            <SYNC Start=1000><P Class=ESCC>Hola<br>a
             <i>todos.</i>
            <SYNC Start="2500"><P Class="ESCC">&nbsp;
            <sync start=3000><p class=escc>Dos &amp; m&aacute;s
            <SYNC Start=4000><P Class=ESCC>&nbsp;</BODY></SAMI>
            """).SetArgDisplayNames("SAMI");
        yield return new TestCaseData("[10][25]Hola|/a todos.\n[30][40]Dos & más\n").SetArgDisplayNames("MPL2");
        yield return new TestCaseData("00:00:01.00,00:00:02.50\nHola[br]a todos.\n\n00:00:03.00,00:00:04.00\nDos & más\n")
            .SetArgDisplayNames("SubViewer");
        yield return new TestCaseData("""
            {"text": "…", "language": "es", "segments": [{"id": 0, "seek": 0, "start": 1.0, "end": 2.5, "text": " Hola a todos.",
             "tokens": [1, 2], "words": [{"word": " Hola", "start": 1.0}]}, {"id": 1, "start": 3, "end": 4, "text": " Dos & m\u00e1s"}]}
            """).SetArgDisplayNames("Whisper");
        yield return new TestCaseData("""
            {"systeminfo": "AVX", "transcription": [
              {"timestamps": {"from": "00:00:01,000"}, "offsets": {"from": 1000, "to": 2500}, "text": " Hola a todos."},
              {"timestamps": {"from": "00:00:03,000"}, "offsets": {"from": 3000, "to": 4000}, "text": " Dos & más"}]}
            """).SetArgDisplayNames("whisper.cpp");
        yield return new TestCaseData("""
            {"wireMagic": "pb3", "events": [{"tStartMs": 0, "dDurationMs": 9000, "id": 1, "wpWinPosId": 1},
              {"tStartMs": 1000, "dDurationMs": 1500, "wWinId": 1, "segs": [{"utf8": "Hola"}, {"utf8": " a todos.", "tOffsetMs": 400}]},
              {"tStartMs": 2500, "dDurationMs": 500, "aAppend": 1, "segs": [{"utf8": "\n"}]},
              {"tStartMs": 3000, "dDurationMs": 1000, "segs": [{"utf8": "Dos & más"}]}]}
            """).SetArgDisplayNames("json3");
        yield return new TestCaseData("""
            <?xml version="1.0" encoding="utf-8" ?><timedtext format="3"><head><pen id="1" fc="#FFF"/></head><body>
            <p t="1000" d="1500" w="1"><s>Hola</s><s t="400"> a todos.</s></p><p t="3000" d="1000">Dos &amp; más</p></body></timedtext>
            """).SetArgDisplayNames("srv3");
        yield return new TestCaseData(
            "<transcript><text start=\"1\" dur=\"1.5\">Hola a todos.</text>"
            + "<text start=\"3\" dur=\"1\">Dos &amp;amp; más</text></transcript>")
            .SetArgDisplayNames("srv1");
        yield return new TestCaseData("""
            [{"text": "Hola a todos.", "start": 1.0, "duration": 1.5}, {"text": "Dos & más", "start": "3.0", "duration": 1}]
            """).SetArgDisplayNames("a list of starts and durations");
        yield return new TestCaseData("""
            {"jobName": "x", "results": {"transcripts": [{"transcript": "…"}], "audio_segments": [
              {"id": 0, "transcript": "Hola a todos.", "start_time": "1.0", "end_time": "2.5", "items": [0, 1]},
              {"id": 1, "transcript": "Dos & más", "start_time": "3.0", "end_time": "4.0"}]}}
            """).SetArgDisplayNames("AWS Transcribe");
    }

    [TestCaseSource(nameof(Alike))]
    public void What_programs_write_is_read(string text)
    {
        var reading = SubtitleParser.Read(text);

        Assert.That(reading.Texts, Is.EqualTo(Said));
        Assert.That(reading.Summary, Is.Empty);
        Assert.That(SubtitleParser.Read(text.Replace("\n", "\r\n", StringComparison.Ordinal)).Texts, Is.EqualTo(Said), "CRLF");
    }

    [Test]
    public void Numbers_that_Python_writes_and_JSON_does_not_have_hinder_nothing()
    {
        const string text = """
            {"segments": [{"start": 1, "end": 2, "text": "Es \"x\": NaN, -Infinity, ya.",
             "avg_logprob": NaN, "scores": [NaN, NaN,-Infinity , Infinity]}]}
            """;

        Assert.That(SubtitleParser.Read(text).Texts, Is.EqualTo(new[] { new TimedText(1, 2, "Es \"x\": NaN, -Infinity, ya.") }));
    }

    [Test]
    public void Half_a_picture_is_left_out_of_a_text_of_JSON_and_whole_ones_stay()
    {
        const string text = """
            [{"start": 1, "end": 2, "text": "Hola \ud83d"}, {"start": 2, "end": 3, "text": "\uDE00 ma\u00f1ana \uD83D\ude00"},
             {"start": 3, "end": 4, "text": "C:\\ud83d"}]
            """;

        Assert.That(SubtitleParser.Read(text).Texts.Select(said => said.Text), Is.EqualTo(new[] { "Hola", "mañana 😀", @"C:\ud83d" }));
    }

    [Test]
    public void Words_of_AWS_Transcribe_become_sentences_of_their_speakers()
    {
        var text = $$"""
            {"results": {"items": [{{Word("Hola", "1.0", "1.4", 0)}}, {{Mark(",")}}, {{Word("Ana", "1.5", "2.0", 0)}}, {{Mark(".")}},
              {{Word("Sí", "2.1", "2.5", 1)}}, {{Word("ya", "9.0", "9.5", 1)}}]} }
            """;

        Assert.That(SubtitleParser.Read(text).Texts, Is.EqualTo(new TimedText[]
        {
            new(1, 2, "Hola, Ana.", "spk_0"), new(2.1, 2.5, "Sí", "spk_1"), new(9, 9.5, "ya", "spk_1"),
        }));

        static string Word(string said, string start, string end, int by) =>
            $$"""
            {"start_time": "{{start}}", "end_time": "{{end}}", "speaker_label": "spk_{{by}}", "alternatives": [{"content": "{{said}}"}]}
            """;

        static string Mark(string mark) => $$"""{"type": "punctuation", "alternatives": [{"content": "{{mark}}"}]}""";
    }

    [Test]
    public void Captions_that_stay_while_the_next_are_said_end_where_those_begin()
    {
        const string text = """
            {"events": [{"tStartMs": 1000, "dDurationMs": 5000, "segs": [{"utf8": "Uno"}]},
              {"tStartMs": 3000, "dDurationMs": 5000, "segs": [{"utf8": "Dos"}]}]}
            """;

        Assert.That(SubtitleParser.Read(text).Texts, Is.EqualTo(new TimedText[] { new(1, 3, "Uno"), new(3, 8, "Dos") }));
    }

    [Test]
    public void Of_SAMI_in_two_languages_the_one_that_says_most_is_read_and_the_other_named()
    {
        const string text = """
            <SAMI><BODY><SYNC Start=1000><P Class=ENCC>Hello<P Class=KRCC>안녕
            <SYNC Start=2000><P Class=ENCC>&nbsp;<P Class=KRCC>&nbsp;
            <SYNC Start=3000><P Class=ENCC>Two</BODY></SAMI>
            """;

        var reading = SubtitleParser.Read(text);

        Assert.That(reading.Texts.Select(t => (t.Start, t.End, t.Text)), Is.EqualTo(new[] { (1.0, 2.0, "Hello"), (3, 4, "Two") }));
        Assert.That(reading.Summary, Is.EqualTo("line 1: of several languages ENCC was read, and not KRCC"));
    }

    [Test]
    public void Comments_in_SAMI_are_not_spoken_and_an_old_name_of_a_font_does_not_make_it_another_format()
    {
        const string text = """
            <SAMI><BODY><SYNC Start=1000><P Class=ENCC><tt>Hello</tt> <!-- said
            twice -->you<!-- <SYNC Start=1500><P Class=ENCC>Old -->
            <SYNC Start=soon><P Class=ENCC>Never
            <SYNC Start=2000><P Class=ENCC>&nbsp;</BODY></SAMI>
            """;

        var reading = SubtitleParser.Read(text);

        Assert.That(reading.Texts, Is.EqualTo(new TimedText[] { new(1, 2, "Hello you") }));
        Assert.That(reading.Summary, Is.EqualTo("line 3: left out: no time can be read"));
    }

    [Test]
    public void A_class_without_a_name_is_told_as_such() =>
        Assert.That(
            SubtitleParser.Read("<SAMI><SYNC Start=1><P Class=EN>Hi<SYNC Start=2000><P Class=EN>Ho<SYNC Start=3000><P>Ha</SAMI>").Summary,
            Does.Contain("of several languages EN was read, and not one without a name"));

    [TestCase("[{\"start\": 400000, \"end\": 400001, \"text\": \"a\"}, {\"start\": 1, \"end\": 2, \"text\": \"b\"}]")]
    [TestCase("{\"transcription\": [{\"offsets\": {\"from\": 1000, \"to\": 2000}, \"text\": \"b\"}, "
        + "{\"offsets\": {\"from\": 400000000, \"to\": 400000001}, \"text\": \"a\"}]}")]
    public void A_time_beyond_100_hours_is_believed_in_no_unit(string text)
    {
        var reading = SubtitleParser.Read(text);

        Assert.That(reading.Texts, Is.EqualTo(new TimedText[] { new(1, 2, "b") }));
        Assert.That(reading.Summary, Does.Contain("left out: no time can be read"));
    }

    [TestCase("Scenarist_SCC V1.0\n\n00:00:01:00\t9420", "Scenarist closed captions (SCC)")]
    [TestCase("437STL25.01 0809", "EBU STL")]
    [TestCase(@"{\rtf1\ansi Hola}", "a Rich Text document")]
    [TestCase("PK\u0003\u0004\u0014", "a ZIP archive or an office document")]
    [TestCase("<!DOCTYPE html>\n<html>", "a web page")]
    [TestCase("{\"utterances\": [{\"start\": 1}]}", "JSON of a kind that is not known")]
    public void What_is_not_read_is_refused_by_its_name_with_what_is(string text, string name)
    {
        var error = Assert.Throws<SubtitleFormatException>(() => SubtitleParser.Read(text))!;

        Assert.That(error.Message, Does.StartWith($"line 1: it is {name}, which is not read; SubRip, WebVTT, "));
    }

    [TestCase("{\"segments\": [{\"start\": 1, \"end\": 2, \"text\": \"a\"}", 1, "the JSON is broken")]
    [TestCase("{\"segments\":\n[{\"start\": 1,, }]}", 2, "the JSON is broken")]
    [TestCase("{\"segments\": [{\"start\": \"soon\", \"text\": \"a\"}, {\"start\": -1, \"text\": \"b\"}, 5, null]}", 1,
        "there is no subtitle in the file")]
    [TestCase("{\"segments\": [{\"start\": 1, \"end\": 2, \"text\": \"a\", \"translation\": \"b\"}]}", 1,
        "each segment has a text and a translation: give one of them, as SubRip or WebVTT")]
    [TestCase("<timedtext><body><p t=\"1", 1, "the XML is broken")]
    [TestCase("<SAMI><BODY></BODY></SAMI>", 1, "there is no subtitle in the file")]
    public void What_programs_broke_off_is_refused_with_the_line(string text, int line, string reason) => Assert.That(
        Assert.Throws<SubtitleFormatException>(() => SubtitleParser.Read(text))!.Message, Is.EqualTo($"line {line}: {reason}"));

    [Test]
    public void JSON_that_nests_without_end_or_counts_beyond_numbers_is_refused()
    {
        foreach (var text in (string[])[
            "{\"segments\": " + new string('[', 100_000), "[{\"start\": 1e999, \"end\": 2, \"text\": \"a\"}]",
            "[{\"start\": \"NaN\", \"end\": 2, \"text\": \"a\"}]", "{\"segments\": [{\"text\": \"\\ud800\", \"start\": 1}]}"])
            Assert.That(() => SubtitleParser.Read(text), Throws.TypeOf<SubtitleFormatException>(), text[..40]);
    }
}
