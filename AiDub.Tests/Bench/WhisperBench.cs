using System.Diagnostics;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Audio;
using AiDub.Tests.Jobs.Engines;
using AiDub.Tests.Jobs.Engines.Whisper;

namespace AiDub.Tests.Bench;

/// <summary>
/// How long Whisper takes by how many threads hear a window and how many windows are heard side by side. Run by
/// <c>./aidub bench whisper</c>.
/// </summary>
/// <remarks>
/// The models have the layers of real ones, so that they take as long, and say the same 60 words of every window; what real ones would
/// say is not told by it.
/// </remarks>
[TestFixture]
[Explicit]
[Category("Bench")]
public sealed class WhisperBench
{
    private const int Rate = 16000;
    private const int Windows = 2;
    private const double Heard = 28;
    private const double Between = 3;
    private const int Rounds = 2;

    private string _folder = null!;

    [SetUp]
    public void Open() => _folder = Directory.CreateTempSubdirectory("aidub-bench-").FullName;

    [TearDown]
    public void Close() => Directory.Delete(_folder, recursive: true);

    [TestCase("base")]
    [TestCase("small")]
    public async Task Threads_and_windows(string size)
    {
        var model = Path.Combine(_folder, $"{size}.bin");
        var words = Enumerable.Range(0, 60).Select(i => $" w{(char)('a' + (i / 10))}{(char)('a' + (i % 10))}").ToArray();
        ScriptedGgml.Write(
            model, size == "base" ? ScriptedGgml.Size.Base : ScriptedGgml.Size.Small, "en", Heard, ScriptedGgml.Tokens(words));
        var cores = Environment.ProcessorCount;
        (int Threads, int Parallelism)[] ways = [(1, 1), (cores, 1), (1, cores), (0, 0)];
        var best = ways.ToDictionary(way => way, _ => double.PositiveInfinity);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var way in ways)
                best[way] = Math.Min(best[way], await HearAsync(model, way.Threads, way.Parallelism));
        }
        BenchTable.Write($"| {size}, {Windows} windows of {Heard} s | seconds | of real time | ÷ the default |");
        BenchTable.Write("| --- | --- | --- | --- |");
        foreach (var (way, seconds) in best)
        {
            var name = way == (0, 0) ? "the default" : $"threads {way.Threads}, side by side {way.Parallelism}";
            BenchTable.Write($"| {name} | {seconds:0.0} | {seconds / (Windows * Heard):0.00} | {seconds / best[(0, 0)]:0.00} |");
        }
    }

    private async Task<double> HearAsync(string model, int threads, int parallelism)
    {
        using var host = new EngineHost(
            ("Engines:Whisper:ModelPath", model), ("Engines:Whisper:Threads", $"{threads}"),
            ("Engines:Whisper:Parallelism", $"{parallelism}"));
        var recognizer = host.Get<IRecognizer>(engine => engine.Name == "Whisper");
        // What loading takes is not looked at.
        await recognizer.RecognizeAsync(await RequestAsync(1), new Progress<double>(), default);
        var request = await RequestAsync(Windows);
        var started = Stopwatch.GetTimestamp();
        var transcript = await recognizer.RecognizeAsync(request, new Progress<double>(), default);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Assert.That(transcript.Segments, Is.Not.Empty);
        return seconds;
    }

    private async Task<RecognitionRequest> RequestAsync(int windows)
    {
        var wav = Path.Combine(_folder, $"{windows}.wav");
        var samples = new short[(int)(windows * (Heard + Between) * Rate)];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(i % (int)((Heard + Between) * Rate) < Heard * Rate ? 8000 * Math.Sin(i * 0.2) : 0);
        await new WavFile(Rate, samples).WriteAsync(wav, default);
        var starts = Enumerable.Range(0, windows).Select(window => window * (Heard + Between));
        return new RecognitionRequest(wav, "en", _folder) { Speech = [.. starts.Select(start => new AudioSpan(start, start + Heard))] };
    }
}
