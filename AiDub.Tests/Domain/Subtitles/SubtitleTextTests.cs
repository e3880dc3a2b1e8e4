using AiDub.Domain.Subtitles;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Domain.Subtitles;

public class SubtitleTextTests
{
    private static readonly Cue[] Cues = [new(0.5, 2.25, "¡Hola!"), new(3661.0004, 3662.9996, "a < b & c\n\nd --> e")];

    [Test]
    public void SubRip_counts_from_one_and_writes_a_comma_before_milliseconds() => Assert.That(
        SubtitleText.ToSrt(Cues, "es"),
        Is.EqualTo("1\n00:00:00,500 --> 00:00:02,250\n¡Hola!\n\n2\n01:01:01,000 --> 01:01:03,000\na <\u2060 b & c\nd --\u2060> e\n\n"));

    [Test]
    public void WebVtt_escapes_what_its_grammar_reserves() => Assert.That(
        SubtitleText.ToVtt(Cues, "es"),
        Is.EqualTo("WEBVTT\n\n00:00:00.500 --> 00:00:02.250\n¡Hola!\n\n01:01:01.000 --> 01:01:03.000\na &lt; b &amp; c\nd --&gt; e\n\n"));

    [TestCase("a < b && c > d")]
    [TestCase("a <b>, </i> and a <v Bob>")]
    [TestCase("{\\an8} and {Y:i} and {a note}")]
    [TestCase("C:\\new and C:\\home")]
    [TestCase("00:00:03,000 --> 00:00:04,000")]
    public async Task What_looks_like_a_command_to_players_is_shown_as_it_was_written(string text)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, SubtitleText.ToSrt([new(0, 1, text), new(1, 2, "after")], "en"));

        // FFmpeg reads SubRip into the commands of SubStation Alpha, and writes those out again as tags.
        var shown = await Tool.RunAsync("ffmpeg", "-v", "error", "-f", "srt", "-i", file, "-f", "srt", "-");

        Assert.That(
            shown.Replace("\u2060", "").ReplaceLineEndings("\n"),
            Is.EqualTo($"1\n00:00:00,000 --> 00:00:01,000\n{text}\n\n2\n00:00:01,000 --> 00:00:02,000\nafter\n\n"));
    }

    [Test]
    public void Control_characters_are_written_as_spaces_because_a_player_takes_one_for_the_end_of_the_file()
    {
        Cue[] cues = [new(0, 1, "uno\0dos\u001b\ttres\u0085\n\0\ncuatro")];

        Assert.That(SubtitleText.ToSrt(cues, "es"), Is.EqualTo("1\n00:00:00,000 --> 00:00:01,000\nuno dos  tres\ncuatro\n\n"));
        Assert.That(SubtitleText.ToVtt(cues, "es"), Is.EqualTo("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nuno dos  tres\ncuatro\n\n"));
    }

    [Test]
    public void A_short_text_is_one_cue_on_one_line()
    {
        var cue = CueSplitter.Split(1, 3, "Buenos días a todos.").Single();

        Assert.That(cue, Is.EqualTo(new Cue(1, 3, "Buenos días a todos.")));
    }

    [Test]
    public void A_long_text_becomes_cues_of_two_lines_that_share_its_time_without_gap_or_loss()
    {
        var text = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"palabra{i}"));

        var cues = CueSplitter.Split(10, 40, text);

        Assert.That(cues, Has.Count.GreaterThan(5));
        Assert.That(string.Join(' ', cues.Select(c => c.Text.Replace('\n', ' '))), Is.EqualTo(text));
        Assert.That(cues.SelectMany(c => c.Text.Split('\n')).Max(l => l.Length), Is.LessThanOrEqualTo(60));
        Assert.That(cues[0].Start, Is.EqualTo(10));
        Assert.That(cues[^1].End, Is.EqualTo(40));
        Assert.That(cues.Zip(cues.Skip(1)).All(pair => pair.First.End == pair.Second.Start), Is.True);
    }

    [Test]
    public void An_empty_text_has_no_cue() => Assert.That(CueSplitter.Split(0, 1, "  "), Is.Empty);
}
