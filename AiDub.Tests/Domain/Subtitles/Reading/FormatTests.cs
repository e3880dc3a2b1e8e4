using AiDub.Domain.Subtitles;

namespace AiDub.Tests.Domain.Subtitles.Reading;

public sealed class FormatTests
{
    private const string Ass = "[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\n";

    [Test]
    public void SubStation_Alpha_is_read_by_its_format_line()
    {
        const string events = "Format: Start, End, Name, Style, Text\nComment: 0:00:00.00,0:00:09.00,,Default,Nothing\n"
            + "Dialogue: 0:00:01.00,0:00:02.50,Ana,Default,{\\an8\\i1}Hola,\\Na {\\b1}todos{\\b0}\\h.\n"
            + "Dialogue: 0:00:03.00,0:00:04.00,,Default,{\\p1}m 0 0 l 100 0{\\p0}\n"
            + "Dialogue: 0:00:05.00,0:00:06.00,,Sign,{\\pos(1,2)}Fin, ya\nDialogue: 0:00:05.00,0:00:06.00,,Sign,{\\blur3}Fin, ya\n";

        Assert.That(
            SubtitleParser.Read(Ass + events).Texts,
            Is.EqualTo(new TimedText[] { new(1, 2.5, "Hola, a todos .", "Ana"), new(5, 6, "Fin, ya") }));
    }

    [Test]
    public void A_line_of_SubStation_Alpha_without_a_time_refuses_no_other()
    {
        var reading = SubtitleParser.Read(
            Ass + "Dialogue: 0,x,y,Default,,0,0,0,,Lost\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Uno\n");

        Assert.That((reading.Texts.Single().Text, reading.Repairs.Single().Line), Is.EqualTo(("Uno", 9)));
    }

    [Test]
    public void Ttml_is_read_with_nested_times_frames_ticks_breaks_and_agents()
    {
        const string text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE tt [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
            <tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
                xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
                ttp:frameRate="25" ttp:tickRate="10000000">
              <head><metadata><ttm:title>Not said</ttm:title><ttm:agent xml:id="a1"><ttm:name>Juan</ttm:name></ttm:agent></metadata></head>
              <body begin="1s"><div begin="00:00:01">
                <p begin="00:00:00.500" dur="2s" ttm:agent="a1">Hola <span>a</span><br/>
                   todos &amp; R&D&nbsp;ya</p>
                <p begin="40000000t" end="60000000t">Dos</p>
                <p begin="10:10" end="00:11:00">Tres</p>
                <p begin="00:20:00:05" end="1202000ms" xml:space="preserve">Cuatro
            cinco</p>
                <p begin="x">Lost</p>
              </div></body>
            </tt>
            """;

        var reading = SubtitleParser.Read(text);

        Assert.That(reading.Texts, Is.EqualTo(new TimedText[]
        {
            new(2.5, 4.5, "Hola a todos & R&D ya", "Juan"), new(6, 8, "Dos"), new(612, 662, "Tres"), new(1202.2, 1204, "Cuatro cinco"),
        }).Using<TimedText>((a, b) => (a.Text, a.Speaker) == (b.Text,
        b.Speaker) && Math.Abs(a.Start - b.Start) + Math.Abs(a.End - b.End) < 1e-6));
        Assert.That(reading.Repairs.Single().What, Does.Contain("no time"));
    }

    [TestCase(
        "<body><div timeContainer='seq'><p dur='1s'>Uno</p><p dur='2s'>Dos</p><p begin='0.5s' dur='1s'>Tres</p></div></body>",
        "0-1 Uno|1-3 Dos|3.5-4.5 Tres", TestName = "paragraphs one after another")]
    [TestCase(
        "<body timeContainer='seq'><div dur='3s'><p begin='1s' dur='1s'>Uno</p></div><div><p dur='1s'>Dos</p></div><div><p dur='1s'>Tres"
            + "</p></div></body>",
        "1-2 Uno|3-4 Dos|4-5 Tres", TestName = "divisions one after another, some without a length")]
    [TestCase(
        "<body><p begin='1s' end='9s'><span end='2s'>Uno dos.</span><span begin='3s' end='5s'>Tres.</span></p></body>",
        "1-3 Uno dos.|4-6 Tres.", TestName = "spans with times of their own that stand apart")]
    [TestCase(
        "<body><p begin='1s' end='9s' timeContainer='seq'><span dur='1s'>Uno dos.</span><span dur='2s'>Tres y.</span></p></body>",
        "1-4 Uno dos. Tres y.", TestName = "spans one after another")]
    [TestCase(
        "<body><p begin='1s' end='4s'><span begin='0s' end='1s'>Ma</span><span begin='1s' end='2s'>ña</span><span begin='2s' end='3s'>na"
            + "</span></p></body>",
        "1-4 Mañana", TestName = "syllables")]
    [TestCase(
        "<body><p begin='1s' end='4s'>Antes <span begin='2s' end='3s'>y ya</span></p></body>",
        "1-4 Antes y ya", TestName = "a span that appears later")]
    [TestCase(
        "<body><p begin='10s' end='14s'><span begin='10s' end='12s'>Hola.</span><span begin='12s' end='14s'>Ya.</span></p></body>",
        "10-14 Hola.Ya.", TestName = "spans whose times count from the beginning of all")]
    [TestCase(
        "<body><p begin='10s' end='14s'><span end='1s'>Eh,</span> ¿qué haces?</p></body>",
        "10-14 Eh, ¿qué haces?", TestName = "text behind a span that has times")]
    [TestCase(
        "<body><p begin='10s' end='14s'><set begin='1s' end='2s'/>Hola</p></body>", "10-14 Hola", TestName = "a change of color")]
    [TestCase(
        "<body><p begin='1s' end='2s'><span ruby='container'><span ruby='base'>漢字</span><span ruby='text'>かんじ</span></span>だ</p></body>",
        "1-2 漢字だ", TestName = "how characters are read")]
    public void Ttml_says_each_thing_when_it_is_shown(string body, string said) => Assert.That(
        SubtitleParser.Read($"<tt>{body}</tt>").Texts.Select(t => FormattableString.Invariant($"{t.Start:0.###}-{t.End:0.###} {t.Text}")),
        Is.EqualTo(said.Split('|')));

    [Test]
    public void Ttml_that_breaks_off_is_read_up_to_there()
    {
        var reading = SubtitleParser.Read("<tt><body>\n<p begin='1s' end='2s'>Uno</p>\n<p begin='3s' end=");

        Assert.That((reading.Texts.Single().Text, reading.Repairs.Single().Line), Is.EqualTo(("Uno", 3)));
    }

    [TestCase("<tt><body>\n<p begin='1s' end", 2)]
    [TestCase("<!DOCTYPE tt [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]>\n<tt><body><p begin='1s' end='2s'></p></body></tt>", 1)]
    public void Ttml_of_which_nothing_can_be_made_is_refused(string text, int line) =>
        Assert.That(Assert.Throws<SubtitleFormatException>(() => SubtitleParser.Read(text))!.Line, Is.EqualTo(line));

    [Test]
    public void Entities_of_a_document_type_are_not_resolved()
    {
        const string laughs =
            "<!DOCTYPE tt [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]><tt><body><p begin='1s' end='2s'>&b; Uno</p></body></tt>";

        Assert.That(SubtitleParser.Read(laughs).Texts.Single().Text, Is.EqualTo("&b; Uno"));
    }

    [TestCase("0:00:01.000,0:00:02.500\nHola\n\n0:00:03.000,0:00:04.500\nDos\n", 2.5, TestName = "SBV")]
    [TestCase("[ti:x]\n[00:01.00]Hola\n[00:02.50]\n[00:03.00]Dos\n", 2.5, TestName = "LRC")]
    [TestCase("[ti:x]\n[ar:y]\n[al:z]\n[by:w]\n[00:01.00]Hola\n[00:02.50]\n[00:03.00]Dos\n", 2.5, TestName = "LRC with many tags")]
    [TestCase("{1}{1}25.000\n{25}{50}{y:i}Hola\n{75}{100}Dos\n", 2, TestName = "MicroDVD")]
    public void Other_formats_are_read(string text, double end)
    {
        var texts = SubtitleParser.Read(text).Texts;

        Assert.That(texts.Select(t => (t.Start, t.Text)), Is.EqualTo(new[] { (1.0, "Hola"), (3.0, "Dos") }));
        Assert.That(texts[0].End, Is.EqualTo(end));
    }

    [TestCase("[offset:+500]", 1.5, 3.5)]
    [TestCase("[offset: -1500 ]", 3.5, 5.5)]
    [TestCase("[offset:soon]", 2, 4)]
    public void Lyrics_are_said_as_many_milliseconds_earlier_as_their_offset_says(string offset, double start, double end)
    {
        var texts = SubtitleParser.Read($"[ar:x]\n{offset}\n[00:02.00]Hola\n[00:04.00]\n[00:09.00]Dos\n").Texts;

        Assert.That((texts[0].Start, texts[0].End, texts[1].Start), Is.EqualTo((start, end, start + 7)));
    }

    [Test]
    public void Lyrics_that_an_offset_puts_before_the_beginning_begin_there()
    {
        var texts = SubtitleParser.Read("[offset:3000]\n[00:02.00]Hola\n[00:05.00]Dos\n").Texts;

        Assert.That((texts[0].Start, texts[0].End, texts[1].Start), Is.EqualTo((0.0, 2.0, 2.0)));
    }
}
