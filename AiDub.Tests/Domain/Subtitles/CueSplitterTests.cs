using System.Globalization;
using AiDub.Domain.Subtitles;

namespace AiDub.Tests.Domain.Subtitles;

public sealed class CueSplitterTests
{
    private const string Japanese = "おはようございます。今日は昔ながらの方法でパンを作るところをお見せしたいと思います。まず、小麦粉をぬるま湯と少しの塩と混ぜます。";
    private const string Chinese = "大家早上好，欢迎来到我们的小农场。今天我想给大家看看我们是怎样用传统方法做面包的。首先，我们把面粉和温水以及一点盐混合在一起。";
    private const string Thai =
        "สวัสดีตอนเช้าและยินดีต้อนรับสู่ฟาร์มเล็กๆของเราวันนี้ฉันอยากจะแสดงให้คุณเห็นว่าเราทำขนมปังด้วยวิธีดั้งเดิมอย่างไร";
    private const string Korean = "안녕하세요 여러분 우리의 작은 농장에 오신 것을 환영합니다 오늘은 옛날 방식으로 빵을 만드는 방법을 보여드리고 싶습니다";
    private const string Arabic = "صباح الخير ومرحبا بكم في مزرعتنا الصغيرة، اليوم أريد أن أريكم كيف نصنع الخبز بالطريقة القديمة";

    [TestCase(Japanese, 16)]
    [TestCase(Chinese, 16)]
    [TestCase(Korean, 21)]
    [TestCase(Thai, 42)]
    [TestCase(Arabic, 42)]
    public void No_line_is_longer_than_can_be_read_and_nothing_is_lost(string text, int characters)
    {
        var cues = CueSplitter.Split(0, 20, text);
        var lines = cues.SelectMany(c => c.Text.Split('\n')).ToList();

        Assert.That(cues.Select(c => c.Text.Count(x => x == '\n')), Has.All.LessThanOrEqualTo(1));
        Assert.That(lines.Select(l => new StringInfo(l).LengthInTextElements), Has.All.LessThanOrEqualTo(characters));
        Assert.That(string.Concat(lines).Replace(" ", ""), Is.EqualTo(text.Replace(" ", "")));
        Assert.That((cues[0].Start, cues[^1].End), Is.EqualTo((0.0, 20.0)));
        Assert.That(cues.Zip(cues.Skip(1)).All(pair => pair.First.End == pair.Second.Start));
    }

    [TestCase(Japanese)]
    [TestCase(Chinese)]
    public void No_line_begins_with_what_clings_to_the_one_before(string text)
    {
        var lines = CueSplitter.Split(0, 20, text).SelectMany(c => c.Text.Split('\n'));

        Assert.That(lines.Select(l => l[0]), Has.None.AnyOf([.. "、。，．」）ょゃっー"]));
    }

    [Test]
    public void A_Thai_line_breaks_neither_in_a_cluster_nor_between_a_vowel_and_its_consonant()
    {
        var lines = CueSplitter.Split(0, 20, Thai).SelectMany(c => c.Text.Split('\n')).ToList();

        Assert.That(lines, Has.Count.GreaterThan(1));
        Assert.That(lines.Select(l => CharUnicodeInfo.GetUnicodeCategory(l[0])), Has.None.EqualTo(UnicodeCategory.NonSpacingMark));
        Assert.That(lines.Select(l => l[0]), Has.None.AnyOf([.. "ะาำๆฯ"]));
        Assert.That(lines.Select(l => l[^1]), Has.None.AnyOf([.. "เแโใไ"]));
    }

    [Test]
    public void A_Korean_line_breaks_at_spaces() =>
        Assert.That(string.Join(' ', CueSplitter.Split(0, 20, Korean).Select(c => c.Text.Replace('\n', ' '))), Is.EqualTo(Korean));

    [Test]
    public void Latin_words_among_Japanese_stay_whole()
    {
        var cue = CueSplitter.Split(0, 4, "今日はOpenStreetMapを使って東京の地図を作ります。").Single();

        Assert.That(cue.Text, Does.Contain("OpenStreetMap").And.Contain("\n"));
    }

    [Test]
    public void A_clause_ends_a_line_where_it_can() =>
        Assert.That(CueSplitter.Split(0, 4, "大家早上好，欢迎来到我们美丽的小农场。").Single().Text, Is.EqualTo("大家早上好，\n欢迎来到我们美丽的小农场。"));

    [Test]
    public void An_alphabets_lines_hold_what_fits() =>
        Assert.That(
            CueSplitter.Split(0, 4, "Hari ini saya ingin menunjukkan bagaimana kami membuat roti.").Single().Text,
            Is.EqualTo("Hari ini saya ingin menunjukkan\nbagaimana kami membuat roti."));
}
