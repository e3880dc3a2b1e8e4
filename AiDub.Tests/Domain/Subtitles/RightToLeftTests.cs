using AiDub.Domain.Subtitles;

namespace AiDub.Tests.Domain.Subtitles;

public sealed class RightToLeftTests
{
    private const string Arabic = "صباح الخير!";
    private const string Hebrew = "BBC אומרת: בוקר טוב.";

    [TestCase(Arabic)]
    [TestCase(Hebrew)]
    public void SubRip_embeds_every_line(string text) =>
        Assert.That(SubtitleText.ToSrt([new Cue(0, 1, $"{text}\n{text}")]),
            Is.EqualTo($"1\n00:00:00,000 --> 00:00:01,000\n\u202B{text}\u202C\n\u202B{text}\u202C\n\n"));

    [TestCase(Arabic)]
    [TestCase(Hebrew)]
    public void WebVtt_marks_the_direction_of_every_line(string text) =>
        Assert.That(SubtitleText.ToVtt([new Cue(0, 1, $"{text}\n{text}")]),
            Is.EqualTo($"WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n\u200F{text}\n\u200F{text}\n\n"));

    [TestCase("Selamat pagi.")]
    [TestCase("שלום means peace.")]
    [TestCase("大家早上好。")]
    [TestCase("123")]
    public void Text_that_runs_from_the_left_is_left_alone(string text)
    {
        Assert.That(SubtitleText.ToSrt([new Cue(0, 1, text)]), Does.EndWith($"\n{text}\n\n"));
        Assert.That(SubtitleText.ToVtt([new Cue(0, 1, text)]), Does.EndWith($"\n{text}\n\n"));
    }
}
