using System.Text.Json;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Engines.Native.Child;
using AiDub.Jobs.Media.Audio;
using Whisper.net;

namespace AiDub.Jobs.Engines.Whisper.Child;

/// <summary>Whisper, in the process that is its own.</summary>
internal sealed class WhisperModel : INativeModel
{
    /// <summary>What the launch of its process calls it.</summary>
    public const string Kind = "whisper";

    private const int SampleRate = 16000;
    private const double DetectionSeconds = 30;
    private readonly WhisperFactory _factory;

    private WhisperModel(WhisperFactory factory) => _factory = factory;

    /// <summary>Checks and loads a model.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="hash">Its SHA-256; null when it is not known.</param>
    /// <exception cref="ModelRefusedException">It is something else, or this processor cannot run it.</exception>
    public static async Task<INativeModel> LoadAsync(string path, string? hash)
    {
        await GgmlFile.CheckAsync(path, hash);
        try
        {
            return new WhisperModel(WhisperFactory.FromPath(path, new WhisperFactoryOptions { UseGpu = false }));
        }
        catch (Exception e) when (e is WhisperModelLoadException or DllNotFoundException or FileNotFoundException)
        {
            throw new ModelRefusedException($"{Path.GetFileName(path)} cannot be loaded: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <inheritdoc/>
    public async Task<object> AnswerAsync(JsonElement ask, Action<double> tell, CancellationToken ct)
    {
        var asked = ask.Deserialize<WhisperAsk>(EngineJson.Options)!;
        if (asked.Windows.Count == 0)
            return new WhisperAnswer(asked.Language, null, []);
        await using var pulse = new WhisperPulse(tell, asked.Windows);
        var (language, probability) = asked.Language is { } given ? (given, (double?)null) : await DetectAsync(asked, ct);
        var each = (asked.Windows.Count + asked.Parallelism - 1) / asked.Parallelism;
        var lanes = Enumerable.Range(0, asked.Windows.Count).Chunk(each);
        var heard = await Task.WhenAll(lanes.Select(lane => Task.Run(() => HearAsync(asked, lane, language, pulse, ct), ct)));
        return new WhisperAnswer(language, probability, [.. heard.SelectMany(h => h)]);
    }

    /// <inheritdoc/>
    public void Dispose() => _factory.Dispose();

    // By the first half minute of speech, silences left out.
    private async Task<(string? Language, double? Probability)> DetectAsync(WhisperAsk asked, CancellationToken ct)
    {
        var samples = new List<float>();
        foreach (var window in asked.Windows.TakeWhile(_ => samples.Count < DetectionSeconds * SampleRate))
            samples.AddRange(Read(asked.Wav, window));
        await using var processor = _factory.CreateBuilder().WithThreads(asked.Threads).WithLanguage("auto").Build();
        ct.ThrowIfCancellationRequested();
        var (language, probability) = processor.DetectLanguageWithProbability([.. samples.Take((int)(DetectionSeconds * SampleRate))]);
        return (language, Known(probability));
    }

    // Windows that follow each other, each with the text before it as its prompt.
    private async Task<List<HeardPiece>> HearAsync(
        WhisperAsk asked, int[] lane, string? language, WhisperPulse pulse, CancellationToken ct)
    {
        var (pieces, before) = (new List<HeardPiece>(), "");
        foreach (var number in lane)
        {
            var window = asked.Windows[number];
            var builder = _factory.CreateBuilder().WithThreads(asked.Threads).WithLanguage(language ?? "auto")
                .WithTokenTimestamps().WithProbabilities().WithProgressHandler(percent => pulse.Tell(number, percent));
            if (before.Length > 0)
                builder = builder.WithPrompt(" " + before);
            var first = pieces.Count;

            // Disposing waits until what was cancelled has ended; nothing else may.
            await using (var processor = builder.Build())
            {
                await foreach (var segment in processor.ProcessAsync(Read(asked.Wav, window).AsMemory(), ct))
                    pieces.Add(Piece(number, window[0], segment));
            }
            pulse.Tell(number, 100);
            var text = string.Concat(pieces.Skip(first).Select(p => p.Text)).Trim();

            // A text that went round in circles would make the next do so too.
            before = Repetition.IsLoop(text) ? "" : text;
        }
        return pieces;
    }

    private static HeardPiece Piece(int window, double offset, SegmentData segment) => new(
        window, segment.Text, offset + segment.Start.TotalSeconds, offset + segment.End.TotalSeconds, Known(segment.NoSpeechProbability),
        [.. segment.Tokens.Where(t => t.Text is not null && !t.Text.StartsWith("[_", StringComparison.Ordinal))
            .Select(t => new HeardToken(t.Text!, offset + t.Start / 100.0, offset + t.End / 100.0, Known(t.Probability)))]);

    // Weights that are too large for their numbers make sums that are none: of such a word nothing is known, so it is improbable.
    private static double Known(double probability) => double.IsFinite(probability) ? probability : 0;

    private static float[] Read(string path, double[] window)
    {
        using var wav = WavReader.Open(path);
        if (wav.SampleRate != SampleRate)
            throw new InvalidDataException($"The sound has {wav.SampleRate} Hz; {SampleRate} are read.");
        wav.Seek((long)(window[0] * SampleRate));
        var samples = new short[(int)((window[1] - window[0]) * SampleRate)];
        var read = wav.Read(samples);
        return [.. samples.Take(read).Select(s => s / 32768f)];
    }
}
