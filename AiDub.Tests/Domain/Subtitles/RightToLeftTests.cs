using AiDub.Domain.Subtitles;

namespace AiDub.Tests.Domain.Subtitles;

public sealed class RightToLeftTests
{
    private const string Arabic = "صباح الخير!";
    private const string Hebrew = "BBC אומרת: בוקר טוב.";

    // Most of its letters run from the left, the sentence does not.
    private const string Names = "WhatsApp ו-Facebook: https://example.com/a.";

    [TestCase(Arabic, "ar")]
    [TestCase(Hebrew, "he")]
    [TestCase(Hebrew, "und")]
    [TestCase(Names, "he")]
    public void SubRip_embeds_every_line(string text, string language) =>
        Assert.That(SubtitleText.ToSrt([new Cue(0, 1, $"{text}\n{text}")], language),
            Is.EqualTo($"1\n00:00:00,000 --> 00:00:01,000\n\u202B{text}\u202C\n\u202B{text}\u202C\n\n"));

    [TestCase(Arabic, "ar")]
    [TestCase(Hebrew, "he")]
    [TestCase(Hebrew, "und")]
    [TestCase(Names, "he")]
    public void WebVtt_marks_the_direction_of_every_line(string text, string language) =>
        Assert.That(SubtitleText.ToVtt([new Cue(0, 1, $"{text}\n{text}")], language),
            Is.EqualTo($"WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n\u200F{text}\n\u200F{text}\n\n"));

    [TestCase("Selamat pagi.", "id")]
    [TestCase("שלום means peace.", "en")]
    [TestCase(Names, "und")]
    [TestCase("大家早上好。", "zh")]
    [TestCase("Good morning, BBC.", "he")]
    [TestCase("123", "ar")]
    public void Text_that_runs_from_the_left_is_left_alone(string text, string language)
    {
        Assert.That(SubtitleText.ToSrt([new Cue(0, 1, text)], language), Does.EndWith($"\n{text}\n\n"));
        Assert.That(SubtitleText.ToVtt([new Cue(0, 1, text)], language), Does.EndWith($"\n{text}\n\n"));
    }
}
