using System.Diagnostics;
using System.Net;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Audio;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.Jobs.Engines;
using AiDub.Tests.Jobs.Engines.Silero;

namespace AiDub.Tests.Bench;

/// <summary>Where somebody speaks, by Silero and by the level alone. Run by <c>./aidub bench vad</c>.</summary>
[TestFixture]
[Explicit]
[Category("Bench")]
public sealed class VadBench
{
    private static readonly double[] Decibels = [20, 10, 5, 0];
    private static readonly string[] Voices = ["person", "rms", "slt", "awb", "espeak", "kal16"];

    // By none of these were the rules of Silero's stretches set.
    private static readonly string[] Unseen = ["person", "slt", "kal16"];
    private static readonly string[] UnseenMusic = ["music (violin, strings)", "music (saxophone, bass)", "music (plucked, by SoX)"];
    private EngineHost _host = null!;
    private VadClips _clips = null!;

    [SetUp]
    public void Open()
    {
        _host = new EngineHost(("Engines:Silero:ModelPath", SileroFile.Path));
        _clips = new VadClips(_host.Folder);
    }

    [TearDown]
    public void Close() => _host?.Dispose();

    [Test]
    public async Task Words_where_nobody_speaks()
    {
        BenchTable.Write("| nobody speaks in | clips | speech by level | speech by Silero | words by level | words by Silero |");
        BenchTable.Write("| --- | --- | --- | --- | --- | --- |");
        var clips = await _clips.WithoutSpeechAsync();
        foreach (var kind in clips.GroupBy(c => c.Kind))
        {
            var (level, silero, levelWords, sileroWords) = (0.0, 0.0, 0, 0);
            foreach (var (_, name, samples) in kind)
            {
                var path = await WriteAsync(samples);
                var found = await FindAsync(path);
                var before = await WordsAsync(path, null);
                if (found.Count > 0)
                    await TestContext.Progress.WriteLineAsync($"{kind.Key} {name}: {string.Join(' ', found)}");
                (level, silero) = (level + Split(samples).Sum(s => s.Length), silero + found.Sum(s => s.Length));
                (levelWords, sileroWords) = (levelWords + before, sileroWords + (found.Count == 0 ? 0 : await WordsAsync(path, found)));
            }
            BenchTable.Write($"| {kind.Key} | {kind.Count()} | {level:0.0} s | {silero:0.0} s | {levelWords} | {sileroWords} |");
        }
    }

    [Test]
    public async Task Speech_under_other_sound()
    {
        (string Name, short[] Samples)[] under =
        [
            ("music (piano, organ)", [.. await TuneAsync(0, 0), .. await TuneAsync(19, 19)]),
            ("music (violin, strings)", await TuneAsync(40, 48)),
            ("music (saxophone, bass)", await TuneAsync(65, 33)),
            ("music (plucked, by SoX)", await _clips.PluckedAsync()),
            ("music (FM, by formula)", await _clips.MadeAsync("FM")),
            ("drums", await _clips.PlayedAsync("drums", MidiTune.Drums(24, isBroken: true))),
            ("pink noise", await _clips.MadeAsync("pink")),
            ("modulated noise", await _clips.MadeAsync("syllables")),
        ];
        var columns = string.Join(" | ", Decibels.Select(d => $"level, Silero at {d} dB"));
        BenchTable.Write($"| under speech of {Voices.Length} voices | {columns} | better at most, at least |");
        BenchTable.Write("| --- | --- | --- | --- | --- | --- |");
        var speech = new List<short[]>();
        foreach (var voice in Voices)
            speech.Add(await _clips.SpokenAsync(voice));
        var all = new List<Heard>();
        await RowAsync("nothing", speech, null, all);
        foreach (var (name, samples) in under)
            await RowAsync(name, speech, samples, all);
        WriteMusic("**all music**", [.. all.Where(s => s.Under.StartsWith("music", StringComparison.Ordinal))]);
        WriteMusic("**by which no rule was set**", [.. all.Where(s => Unseen.Contains(s.Voice) && UnseenMusic.Contains(s.Under))]);
    }

    [Test]
    public async Task Whole_dubs()
    {
        var clip = await new BenchClips(_host.Folder).OfLengthAsync(300);
        var models = Path.GetDirectoryName(SileroFile.Path)!;
        var best = new Dictionary<string, double> { [""] = double.MaxValue, [models] = double.MaxValue };
        foreach (var folder in (string[])["", models, models, "", "", models])
            best[folder] = Math.Min(best[folder], await DubAsync(clip, folder));
        BenchTable.Write("| a dub of 300 s | by level | by Silero | Silero ÷ level |");
        BenchTable.Write("| --- | --- | --- | --- |");
        BenchTable.Write($"| best of three | {best[""]:0.0} s | {best[models]:0.0} s | {best[models] / best[""]:0.00} |");
    }

    private static void WriteMusic(string name, IReadOnlyList<Heard> all)
    {
        var cells = Decibels.Select(d => Told(Together(all.Where(s => s.Decibels == d).Select(s => (s.Level, s.Silero)))));
        BenchTable.Write($"| {name} | {string.Join(" | ", cells)} | together {Told(Together(all.Select(s => (s.Level, s.Silero))))} |");
    }

    private static (Score Level, Score Silero) Together(IEnumerable<(Score Level, Score Silero)> scores) =>
        scores.Aggregate((new Score(0, 0, 0), new Score(0, 0, 0)), (sum, s) => (sum.Item1 + s.Level, sum.Item2 + s.Silero));

    private async Task RowAsync(string name, List<short[]> speech, short[]? under, List<Heard> all)
    {
        var told = new List<(Score Level, Score Silero)>();
        foreach (var decibels in under is null ? [0] : Decibels)
        {
            var first = all.Count;
            foreach (var (voice, clean) in Voices.Zip(speech))
            {
                var mixed = under is null ? clean : VadClips.Mix(clean, under, decibels);
                var truth = VadClips.Truth(clean);
                var silero = Score.Of(truth, await FindAsync(await WriteAsync(mixed)));
                all.Add(new Heard(voice, name, decibels, Score.Of(truth, Split(mixed)), silero));
            }
            told.Add(Together(all.Skip(first).Select(s => (s.Level, s.Silero))));
        }
        var better = told.Select(t => 100 * (t.Silero.F1 - t.Level.F1)).ToList();
        var cells = string.Join(" | ", told.Select(Told)) + (under is null ? " | | | " : "");
        BenchTable.Write($"| {name} | {cells} | {better.Max():0.0}, {better.Min():0.0} points |");
    }

    private static string Told((Score Level, Score Silero) scores) =>
        FormattableString.Invariant($"{100 * scores.Level.F1:0.0}, {100 * scores.Silero.F1:0.0}");

    private async Task<short[]> TuneAsync(int program, int chords) =>
        await _clips.PlayedAsync($"tune-{program}", MidiTune.Of(program, chords, 24));

    private static IReadOnlyList<AudioSpan> Split(short[] samples)
    {
        var meter = new LevelMeter(VadClips.Rate);
        meter.Add(samples);
        return SpeechSplitter.Split(meter.Levels, new SplitRules { Padding = 0, MaxChunk = 1e6 });
    }

    private async Task<IReadOnlyList<AudioSpan>> FindAsync(string path) =>
        (await _host.Get<ISpeechFinder>().FindAsync(path, null, default))!;

    private async Task<int> WordsAsync(string path, IReadOnlyList<AudioSpan>? speech)
    {
        var request = new RecognitionRequest(path, "en", _host.Folder) { Speech = speech };
        var heard = await _host.Get<IRecognizer>(e => e.Name == "PocketSphinx").RecognizeAsync(request, new Progress<double>(), default);
        return heard.Segments.Sum(s => s.Text.Split(' ').Length);
    }

    private async Task<string> WriteAsync(short[] samples)
    {
        var path = _host.PathOf("clip.wav");
        await new WavFile(VadClips.Rate, samples).WriteAsync(path, default);
        return path;
    }

    private static async Task<double> DubAsync(string clip, string models)
    {
        await using var clips = await ClipServer.StartAsync();
        await using var server = new DubServer(("Source__AllowedPrivateHosts__0", $"127.0.0.1:{clips.Port}"), ("AIDUB_MODELS", models))
        {
            IsMeasured = true,
        };
        await server.StartAsync();
        var watch = Stopwatch.StartNew();
        var (status, final) = await server.FinishAsync(await server.SubmitAsync(clips.Serve(clip)));
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), final.ToString());
        Assert.That(final.GetProperty("report").TryGetProperty("speech", out _), Is.EqualTo(models.Length > 0));
        return watch.Elapsed.TotalSeconds;
    }

    private sealed record Heard(string Voice, string Under, double Decibels, Score Level, Score Silero);

    private readonly record struct Score(int Right, int Wrong, int Missed)
    {
        public double F1 => 2.0 * Right / ((2 * Right) + Wrong + Missed);

        public static Score operator +(Score one, Score other) =>
            new(one.Right + other.Right, one.Wrong + other.Wrong, one.Missed + other.Missed);

        public static Score Of(bool[] truth, IReadOnlyList<AudioSpan> found)
        {
            var heard = new bool[truth.Length];
            foreach (var span in found)
                heard.AsSpan(Math.Min(Frame(span.Start), truth.Length)..Math.Min(Frame(span.End), truth.Length)).Fill(true);
            var pairs = truth.Zip(heard).ToList();
            return new Score(
                pairs.Count(p => p.First && p.Second), pairs.Count(p => !p.First && p.Second), pairs.Count(p => p.First && !p.Second));
        }

        private static int Frame(double seconds) => (int)Math.Round(seconds / LevelMeter.FrameSeconds);
    }
}
