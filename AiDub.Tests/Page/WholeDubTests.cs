using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Page;

/// <summary>A real dub, from the file chooser to the download.</summary>
public sealed class WholeDubTests : PageTest
{
    // In how many frames in which both play they come to be less than a tenth of a second apart for ten in a row; 300 when they do not.
    private const string FramesUntilTogether = """
        () => new Promise(resolve => {
          const [a, b] = document.querySelectorAll('video');
          let [frames, together] = [0, 0];
          const look = () => {
            if (!a.paused && !b.paused && !a.seeking && !b.seeking) {
              frames++;
              together = Math.abs(a.currentTime - b.currentTime) < 0.1 ? together + 1 : 0;
            }
            if (together < 10 && frames < 300) requestAnimationFrame(look); else resolve(frames - (together < 10 ? 0 : 10));
          };
          look();
        })
        """;

    // What a busy machine puts between them is caught up with at a quarter of a second a second.
    private const int MostFrames = 60;

    [Test]
    public async Task A_chosen_file_is_dubbed_while_stages_and_percent_go_by()
    {
        var dub = await PageSite.DubAsync();

        Assert.That(dub.Seen.Select(s => s.Stage).Distinct(), Is.SupersetOf(new[] { "Send", "Listen" }));
        var percents = dub.Seen.Where(s => s.Stage != "Send").Select(s => s.Percent).ToList();
        Assert.That(percents, Is.Ordered);
        Assert.That(percents, Has.Some.InRange(1, 99));
        Assert.That(dub.Tab.Complaints.Concat(dub.Tab.Foreign).Concat(dub.Tab.Refused), Is.Empty);
    }

    [Test]
    [NonParallelizable] // It counts the frames of two videos that play.
    public async Task Original_and_dub_play_together_and_stay_together_after_seeks()
    {
        await OpenDubAsync();

        await Page.ClickAsync(".play");
        var frames = new List<int> { await Page.EvaluateAsync<int>(FramesUntilTogether) };
        foreach (var share in new[] { 0.6f, 0.1f, 0.4f })
        {
            var wave = await Page.Locator(".screen.dub .wave").BoundingBoxAsync();
            await Page.ClickAsync(".screen.dub .wave", new() { Position = new() { X = wave!.Width * share, Y = wave.Height / 2 } });
            await Page.WaitForFunctionAsync($"() => Math.abs(document.querySelector('.dub video').currentTime - {share * 9:0.0}) < 1");
            frames.Add(await Page.EvaluateAsync<int>(FramesUntilTogether));
        }

        TestContext.Out.WriteLine($"frames until together after start and seeks: {string.Join(", ", frames)}");
        Assert.That(frames, Is.All.LessThan(MostFrames));
    }

    [Test]
    public async Task Both_waveforms_are_drawn_with_speech_and_pauses()
    {
        await OpenDubAsync();

        foreach (var side in new[] { "original", "dub" })
        {
            var heights = await Page.EvaluateAsync<int[]>("""
                side => {
                  const canvas = document.querySelector(`.${side} canvas`);
                  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                  const tall = x => { let n = 0;
                    for (let y = 0; y < canvas.height; y++) n += data[(y * canvas.width + x) * 4 + 3] > 0 ? 1 : 0; return n; };
                  return Array.from({ length: canvas.width }, (_, x) => tall(x));
                }
                """, side);
            Assert.That(heights.Count(h => h > 20), Is.GreaterThan(60), $"{side}: speech");
            Assert.That(heights.Count(h => h is > 0 and < 5), Is.GreaterThan(30), $"{side}: pauses");
        }
    }

    [Test]
    [Category("Long")]
    public async Task A_long_video_is_played_without_a_waveform_and_says_so()
    {
        // Somewhat more than the twenty minutes up to which one is drawn.
        var sound = Path.Combine(Path.GetTempPath(), $"aidub-page-{Guid.NewGuid():N}.m4a");
        await Tool.FfmpegAsync(
            "-v", "error", "-f", "lavfi", "-i", "sine=frequency=200:duration=1210:sample_rate=8000", "-b:a", "16k", sound);
        var id = await QuickDub.MakeAsync(PageSite.Server, sound, "La casa es roja.", "El perro come pan.");
        File.Delete(sound);
        await OpenAsync();

        await Page.EvaluateAsync($"() => {{ location.hash = '{id}'; }}");

        await Tab.SeeAsync(".dub .wave-note");
        await Page.WaitForFunctionAsync("() => document.querySelector('.dub .wave-note').textContent === 'Too long for a waveform here.'");
    }

    [Test]
    public async Task The_translation_is_shown_over_the_dub_and_can_be_hidden()
    {
        await OpenDubAsync();

        await Page.Locator(".seek").FillAsync("300");
        await Page.WaitForFunctionAsync("() => document.querySelector('.dub video').textTracks[0].activeCues?.length === 1");
        var cue = await Page.EvaluateAsync<string>("() => document.querySelector('.dub video').textTracks[0].activeCues[0].text");
        Assert.That(cue, Does.StartWith("Buenos días"));
        await Page.ClickAsync(".captions");

        Assert.That(await Page.GetAttributeAsync(".captions", "aria-pressed"), Is.EqualTo("false"));
        Assert.That(
            await Page.EvaluateAsync<string>("() => document.querySelector('.dub video').textTracks[0].mode"), Is.EqualTo("hidden"));
    }

    [Test]
    public async Task The_dubbed_video_is_downloaded_under_the_name_of_its_source()
    {
        await OpenDubAsync();

        var download = await Page.RunAndWaitForDownloadAsync(() => Page.ClickAsync("#downloads a.primary"));

        Assert.That(download.SuggestedFilename, Is.EqualTo("farm.es.mp4"));
        Assert.That(await Tool.DurationAsync(await download.PathAsync()), Is.EqualTo(await Tool.DurationAsync(PageSite.Clip)).Within(0.05));
    }

    [Test]
    public async Task The_report_is_drawn_and_says_itself_to_screen_readers()
    {
        await OpenDubAsync();

        var charts = await Page.Locator("#report svg").EvaluateAllAsync<string[]>("all => all.map(svg => svg.getAttribute('aria-label'))");
        Assert.That(charts, Has.Some.Match(@"^Loudness in LUFS: Original −\d+\.\d, Dub −\d+\.\d$"));
        Assert.That(charts, Has.Some.Match("^Time each step took: .*Recognise .* s"));
        Assert.That(await Page.TextContentAsync("#report dl"), Does.Contain("PocketSphinx").And.Contain("Apertium").And.Contain("Espeak"));
        await Tab.SeeAsync("#report .better");
        Assert.That(
            await Page.InnerTextAsync("#report .better"),
            Is.EqualTo("Better engines can be had on this machine, for dubs to come: ./aidub models get light --to es"));
    }

    [Test]
    public async Task The_history_leads_back_to_the_result()
    {
        var dub = await OpenDubAsync();
        await Page.ClickAsync("#again");
        await Tab.SeeAsync("#compose");
        // Others made dubs meanwhile; what is looked for is found however old it is.
        await Page.FillAsync("#find", "farm");

        await Page.ClickAsync($"#history a[href='#{dub.RequestId}']");

        await Tab.SeeAsync("#result");
        Assert.That(await Page.TextContentAsync("#dub-title"), Is.EqualTo("farm.mp4"));
        Assert.That(await Page.TextContentAsync("#dub-languages"), Is.EqualTo("English → Spanish"));
    }
}
