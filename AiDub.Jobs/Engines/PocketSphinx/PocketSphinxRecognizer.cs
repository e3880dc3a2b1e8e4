using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Engines.PocketSphinx;

/// <summary>Recognises English: cuts the recording at its silences and shares the chunks between processes.</summary>
public sealed class PocketSphinxRecognizer(
    ToolRunner tools, IOptions<PocketSphinxOptions> options, ILogger<PocketSphinxRecognizer> log) : IRecognizer
{
    private const string English = "en";
    private static readonly IReadOnlySet<string> Languages = new HashSet<string> { English };
    private static readonly IReadOnlySet<string> None = new HashSet<string>();

    /// <inheritdoc/>
    public string Name => PocketSphinxOptions.Section;

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> LanguagesAsync(CancellationToken ct)
    {
        var there = InstalledTool.IsThere(options.Value.Executable)
            && Directory.Exists(Path.Combine(options.Value.ModelDirectory, "en-us"));
        if (!there)
            log.LogDebug("{Engine} is not installed.", Name);
        return Task.FromResult(there ? Languages : None);
    }

    private int Processes => options.Value.Parallelism == 0 ? Environment.ProcessorCount : options.Value.Parallelism;

    /// <inheritdoc/>
    /// <remarks>Loading the models takes a process a third of a second of the processor.</remarks>
    public IAsyncDisposable? Begin(string scratch, CancellationToken ct) => Start(Processes, WavFile.HeadBytes, scratch, ct);

    /// <inheritdoc/>
    public async Task<Transcript> RecognizeAsync(RecognitionRequest request, IProgress<double> progress, CancellationToken ct)
    {
        var wav = await SpeechWav.ReadAsync(request.AudioPath, ct);
        var chunks = SpeechSplitter.Split(wav.Levels, request.Speech);
        log.LogDebug("{Chunks} stretches of speech, {Seconds:0} s.", chunks.Count, chunks.Sum(c => c.Length));
        var heard = chunks.Count == 0 ? [] : await RecognizeAsync(request, wav, chunks, progress, ct);
        progress.Report(1);
        var sure = heard.Where(h => h.Words.Count > 0 && MedianConfidence(h.Words) >= options.Value.MinConfidence).ToList();
        var words = SpokenWords.Within(sure.SelectMany(h => Place(h.Words, h.Chunk)), request.Speech);
        return new Transcript(English, Name, SegmentBuilder.Build(words)) { IsDoubtful = IsDoubtful(sure, wav) };
    }

    private bool IsDoubtful(List<(AudioSpan Chunk, IReadOnlyList<RecognizedWord> Words)> heard, SpeechWav wav)
    {
        var (plausibility, levels) = (new WordPlausibility(), wav.Levels.ToArray());
        foreach (var (chunk, words) in heard)
            plausibility.Add(words, levels.AsSpan(Frame(chunk.Start)..Frame(chunk.End)));
        log.LogDebug("{Words:0.0} words in a row explain {Share:0.00} of the sound.", plausibility.WordsInRow, plausibility.Explained);
        return plausibility.IsDoubtful;

        int Frame(double seconds) => Math.Clamp((int)Math.Round(seconds / LevelMeter.FrameSeconds), 0, levels.Length);
    }

    private async Task<IReadOnlyList<(AudioSpan Chunk, IReadOnlyList<RecognizedWord> Words)>> RecognizeAsync(
        RecognitionRequest request, SpeechWav wav, IReadOnlyList<AudioSpan> chunks, IProgress<double> progress, CancellationToken ct)
    {
        try
        {
            if (request.Begun is PocketSphinxProcesses begun && begun.DataOffset == wav.DataOffset)
                return await begun.RecognizeAsync(request.AudioPath, chunks, progress);
            await using var processes = Start(Math.Min(Processes, chunks.Count), wav.DataOffset, request.Scratch, ct);
            return await processes.RecognizeAsync(request.AudioPath, chunks, progress);
        }
        catch (Exception e) when (e is ToolFailedException or InvalidDataException or FileNotFoundException)
        {
            throw new TransientDubException("The speech could not be recognised: PocketSphinx broke off.", e);
        }
    }

    private PocketSphinxProcesses Start(int processes, int dataOffset, string scratch, CancellationToken ct) =>
        new(tools, options.Value, processes, dataOffset, scratch, ct);

    private static IEnumerable<RecognizedWord> Place(IReadOnlyList<RecognizedWord> words, AudioSpan chunk) =>
        words.Select(w => w with { Start = chunk.Start + w.Start, End = Math.Min(chunk.End, chunk.Start + w.End) });

    private static double MedianConfidence(IReadOnlyList<RecognizedWord> words) =>
        words.Select(w => w.Confidence).Order().ElementAt(words.Count / 2);
}
