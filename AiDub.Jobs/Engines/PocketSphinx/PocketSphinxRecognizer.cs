using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
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
        // The control file parts its fields by spaces: the recording goes by a name that has none.
        var folder = Directory.CreateDirectory(Path.Combine(request.Scratch, $"{Name}-{Guid.NewGuid():N}")).FullName;
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder, PocketSphinxBatch.Audio + ".wav"), Path.GetFullPath(request.AudioPath));
            var done = new RecognitionProgress(chunks, progress);
            var processes = options.Value.Parallelism == 0 ? Environment.ProcessorCount : options.Value.Parallelism;
            var heard = await RunAllAsync(PocketSphinxBatch.Share(chunks, processes), folder, wav.DataOffset, done, ct);
            return [.. heard.SelectMany(chunk => chunk).OrderBy(chunk => chunk.Chunk.Start)];
        }
        catch (ToolFailedException e)
        {
            throw new TransientDubException("The speech could not be recognised: PocketSphinx broke off.", e);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        async Task<IEnumerable<(AudioSpan Chunk, IReadOnlyList<RecognizedWord> Words)>[]> RunAllAsync(
            IReadOnlyList<PocketSphinxBatch> batches, string folder, int dataOffset, RecognitionProgress done, CancellationToken outer)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(outer);
            return await Task.WhenAll(batches.Select(async batch =>
            {
                try
                {
                    return await RunAsync(batch, folder, dataOffset, done, either.Token);
                }
                catch
                {
                    // One that fails stops the others: their work would be thrown away.
                    await either.CancelAsync();
                    throw;
                }
            }));
        }
    }

    private async Task<IEnumerable<(AudioSpan Chunk, IReadOnlyList<RecognizedWord> Words)>> RunAsync(
        PocketSphinxBatch batch, string folder, int dataOffset, RecognitionProgress done, CancellationToken ct)
    {
        await batch.WriteControlFileAsync(folder, ct);
        var command = batch.Command(options.Value, folder, dataOffset) with { OnErrorLine = done.Read };
        await tools.RunAsync(command, ct);
        var words = BatchOutput.ReadWords(await File.ReadAllLinesAsync(Path.Combine(folder, batch.WordsFile), ct));
        return batch.Chunks.Select(c => (c.Span, (IReadOnlyList<RecognizedWord>)[.. words[PocketSphinxBatch.Id(c.Index)]]));
    }

    private static IEnumerable<RecognizedWord> Place(IReadOnlyList<RecognizedWord> words, AudioSpan chunk) =>
        words.Select(w => w with { Start = chunk.Start + w.Start, End = Math.Min(chunk.End, chunk.Start + w.End) });

    private static double MedianConfidence(IReadOnlyList<RecognizedWord> words) =>
        words.Select(w => w.Confidence).Order().ElementAt(words.Count / 2);
}
