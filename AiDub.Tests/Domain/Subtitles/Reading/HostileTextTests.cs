using System.Diagnostics;
using AiDub.Domain.Subtitles;

namespace AiDub.Tests.Domain.Subtitles.Reading;

/// <summary>
/// Texts that are made to take long. What is sixteen times as long takes sixteen times as long, and 256 times where time grows with the
/// square: 100 tells them apart, on a busy machine too.
/// </summary>
[NonParallelizable]
public sealed class HostileTextTests
{
    private const int Small = 62_500;
    private const string Head = "1\n00:00:01,000 --> 00:00:02,000\n";
    private const string Vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n";
    private const string Ass = "[Script Info]\nDialogue: 0,0:00:01.00,0:00:02.50,Default,Ana,0,0,0,,";
    private const string Ttml = "<tt><body><p begin='1s' end='2s'>";

    [TestCase(Vtt + "<v", " ")]
    [TestCase(Vtt, "<v ")]
    [TestCase(Vtt, "<00:")]
    [TestCase(Head, "<b>")]
    [TestCase(Head, "<")]
    [TestCase(Head, "<rt>")]
    [TestCase(Head, "{\\")]
    [TestCase(Head, "{a:")]
    [TestCase(Head, "&")]
    [TestCase(Head, "&#1")]
    [TestCase(Head, "[")]
    [TestCase(Head, "( )")]
    [TestCase(Head, "*")]
    [TestCase(Head, "♪\n")]
    [TestCase(Head, "♪ a\n")]
    [TestCase(Head, "- ")]
    [TestCase(Head + "- ", "a? - ")]
    [TestCase(Head, " >> a")]
    [TestCase(Head + "a ", ">")]
    [TestCase(Head, "A: a\n")]
    [TestCase(Head, " ")]
    [TestCase(Head, "語")]
    [TestCase(Head, "ก")]
    [TestCase(Head + "a", "\u0301")]
    [TestCase(Head, "ab cd. ")]
    [TestCase(Head, "\r")]
    [TestCase(Head, "\n")]
    [TestCase(Head, "1\n")]
    [TestCase(Head, "1\n\n")]
    [TestCase(Head, "b\n\n")]
    [TestCase(Head, "-->\n")]
    [TestCase(Head, "-->")]
    [TestCase(Head + "0:01 ", "-")]
    [TestCase("0:01 -", " ")]
    [TestCase("", "1")]
    [TestCase("", "0:1-->0:2\n\n")]
    [TestCase("", Head + "a\n\n")]
    [TestCase("", "00:00:01,000 --> 00:00:01,000\na\n\n")]
    [TestCase("", "WEBVTT\n")]
    [TestCase("WEBVTT\n\n", "NOTE\n\n")]
    [TestCase("WEBVTT\n", "X-TIMESTAMP-MAP=MPEGTS:1,LOCAL:0:0\n")]
    [TestCase(Ass, "{")]
    [TestCase(Ass + "{", "\\p")]
    [TestCase(Ass, "{\\p1}a{\\p0}")]
    [TestCase(Ttml, "<p>")]
    [TestCase(Ttml, "a<br/>")]
    [TestCase(Ttml, "&")]
    [TestCase(Ttml, "<![CDATA[a]]>")]
    [TestCase("[00:01.00]a\n", "[00:01.00]")]
    [TestCase("{1}{2}", "a|")]
    public void Time_grows_with_length_and_no_faster(string head, string part)
    {
        var limit = 100 * Math.Max(10, Milliseconds(Text(Small)));
        var large = Milliseconds(Text(16 * Small));
        for (var again = 0; again < 2 && large > limit; again++)
            large = Math.Min(large, Milliseconds(Text(16 * Small)));

        Assert.That(large, Is.LessThan(limit), $"milliseconds of {16 * Small} characters");

        string Text(int length) => head + string.Concat(Enumerable.Repeat(part, length / part.Length));
    }

    [Test]
    public void More_than_is_read_is_refused_at_once()
    {
        Assert.That(
            () => SubtitleParser.Read(Head + new string('a', SubtitleParser.MaxWrittenLength)), Throws.TypeOf<SubtitleFormatException>());
        Assert.That(
            () => SubtitleParser.Read(string.Concat(Enumerable.Range(0, 25_000).Select(i => $"{i}.0 --> {i}.5\na\n\n"))),
            Throws.TypeOf<SubtitleFormatException>().With.Message.Contains("more than 20000 subtitles"));
    }

    [TestCase("<tt>", "<div>")]
    [TestCase("<timedtext>", "<body>")]
    [TestCase("<timedtext><p t='1'>", "<s>")]
    public void Elements_that_nest_ever_deeper_are_refused_before_they_take_memory(string head, string part) => Assert.That(
        () => SubtitleParser.Read(head + string.Concat(Enumerable.Repeat(part, 100))),
        Throws.TypeOf<SubtitleFormatException>().With.Message.Contains("nest more than 64 deep"));

    [TestCase("tt")]
    [TestCase("timedtext")]
    public void An_element_of_ever_more_attributes_is_refused_before_they_take_time(string name) => Assert.That(
        () => SubtitleParser.Read($"\n<{name} {string.Concat(Enumerable.Range(0, 20_000).Select(i => $"a{i}='>' "))}/>"),
        Throws.TypeOf<SubtitleFormatException>().With.Message.EqualTo("line 2: an element has too many attributes"));

    [TestCase("""{"segments": [{"start": 1, "end": 2, "text": "|a"}]}""", "\\n")]
    [TestCase("<tt><p begin='1s' end='2s'>|a</p></tt>", "<br/>")]
    [TestCase("<transcript><text start='1' dur='1'>|a</text></transcript>", "&amp;#10;")]
    public void A_subtitle_of_more_lines_than_anybody_writes_is_refused(string text, string end)
    {
        Assert.That(() => Read(20_000), Throws.Nothing);
        Assert.That(
            () => Read(20_001), Throws.TypeOf<SubtitleFormatException>().With.Message.Contains("a subtitle has more than 20000 lines"));

        SubtitleReading Read(int lines) =>
            SubtitleParser.Read(text.Replace("|", string.Concat(Enumerable.Repeat("b" + end, lines)), StringComparison.Ordinal));
    }

    [Test]
    public void An_hour_of_JSON_with_the_times_of_every_word_is_read()
    {
        const string word =
            """{"word": " palabra", "start": 1.25, "end": 1.75, "probability": 0.9876, "tokens": [50364, 440, 15029, 11]}""";
        var words = string.Join(",\n        ", Enumerable.Repeat(word, 10));
        var segments = Enumerable.Range(0, 1200).Select(i =>
            $$"""{"id": {{i}}, "start": {{3 * i}}, "end": {{(3 * i) + 2}}, "text": " Frase {{i}}.", "words": [{{words}}]}""");
        var text = $$"""{"text": "", "segments": [{{string.Join(",\n    ", segments)}}]}""";

        Assert.That(text, Has.Length.GreaterThan(1 << 20));
        Assert.That(SubtitleParser.Read(text).Texts, Has.Count.EqualTo(1200));
    }

    [Test]
    public void Reading_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.That(() => SubtitleParser.Read(Head + "a", ct: cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static double Milliseconds(string text)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            Assert.That(SubtitleParser.Read(text).Texts.Max(t => t.Text.Length), Is.LessThanOrEqualTo(SubtitleParser.MaxTextLength));
        }
        catch (SubtitleFormatException)
        {
            // Refusing is an answer too.
        }
        return watch.Elapsed.TotalMilliseconds;
    }
}
