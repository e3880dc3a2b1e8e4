using System.Text.Json;
using AiDub.Jobs.Engines.Native;
using AiDub.Jobs.Engines.Native.Child;
using AiDub.Jobs.Media.Audio;
using Microsoft.ML.OnnxRuntime;

namespace AiDub.Jobs.Engines.Supertonic.Child;

/// <summary>Supertonic, in the process that is its own.</summary>
internal sealed class SupertonicModel : INativeModel
{
    /// <summary>What the launch of its process calls it.</summary>
    public const string Kind = "supertonic";

    /// <summary>
    /// The most memory that it needs, in bytes: 0.4 GB of weights, twice while they are loaded, and what a part of a text takes.
    /// </summary>
    public const long MemoryBytes = 6L << 30;

    // A part of a text is at most three hundred letters.
    private const double MostSeconds = 120;
    private const double Pause = 0.3;

    // A quarter of a gigabyte of noise: sizes that ask for more are damaged.
    private const int MostNumbers = 1 << 26;
    private readonly SupertonicSizes _sizes;
    private readonly long[] _letters;
    private readonly SupertonicGraphs _graphs;

    private SupertonicModel(SupertonicSizes sizes, long[] letters, SupertonicGraphs graphs) =>
        (_sizes, _letters, _graphs) = (sizes, letters, graphs);

    /// <summary>Checks and loads a model.</summary>
    /// <param name="folder">Where its files lie.</param>
    /// <param name="hashes">
    /// The SHA-256 of each of <see cref="SupertonicFiles.Loaded"/>, parted by commas; nothing for those not known.
    /// </param>
    /// <exception cref="ModelRefusedException">It is something else.</exception>
    public static async Task<INativeModel> LoadAsync(string folder, string? hashes)
    {
        string?[] known = [.. (hashes ?? "").Split(',').Select(h => h.Length == 0 ? null : h)];
        Array.Resize(ref known, SupertonicFiles.Loaded.Count);
        var sizes = await SupertonicJson.SizesAsync(Path.Combine(folder, SupertonicFiles.Loaded[4]), known[4]);
        var letters = await SupertonicJson.LettersAsync(Path.Combine(folder, SupertonicFiles.Loaded[5]), known[5]);
        return new SupertonicModel(sizes, letters, await SupertonicGraphs.LoadAsync(folder, sizes.FrameSize, known));
    }

    /// <inheritdoc/>
    public async Task<object> AnswerAsync(JsonElement ask, Action<double> tell, CancellationToken ct)
    {
        var asked = ask.Deserialize<SupertonicAsk>(EngineJson.Options)!;
        var style = await SupertonicJson.StyleAsync(asked.Style, asked.StyleHash);
        var name = Path.GetFileNameWithoutExtension(asked.Style);
        var sound = new List<short>();
        for (var i = 0; i < asked.Chunks.Count; i++)
        {
            var done = i;
            var part = Speak(
                asked.Chunks[i], name, style, asked, step => tell((done + (double)step / asked.Steps) / asked.Chunks.Count), ct);
            if (sound.Count > 0 && part.Length > 0)
                sound.AddRange(new short[(int)(Pause / asked.Speed * _sizes.SampleRate)]);
            sound.AddRange(part);
        }
        if (sound.Count > 0)
            await new WavFile(_sizes.SampleRate, [.. sound]).WriteAsync(asked.Wav, ct);
        return new SupertonicAnswer(sound.Count);
    }

    /// <inheritdoc/>
    public void Dispose() => _graphs.Dispose();

    private short[] Speak(string chunk, string voice, SupertonicStyle style, SupertonicAsk asked, Action<int> tell, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (Numbers(chunk) is not { } text)
            return [];
        using var run = new RunOptions();
        using var end = ct.Register(() => run.Terminate = true);
        try
        {
            var seconds = _graphs.Seconds(text, style, run) / asked.Speed;
            if (!(seconds > 0 && seconds <= MostSeconds))
                throw new InvalidDataException($"The model says that {text.Length} letters take {seconds:0.###} s.");
            var samples = (int)(seconds * _sizes.SampleRate);
            var frames = Math.Max(1, (samples + _sizes.FrameSamples - 1) / _sizes.FrameSamples);
            if ((long)frames * _sizes.FrameSize > MostNumbers)
                throw new InvalidDataException($"The model wants {frames} frames of {_sizes.FrameSize} numbers.");
            var noise = SupertonicNoise.Of($"{voice} {chunk}", frames * _sizes.FrameSize);
            var sound = _graphs.Sound(text, style, noise, asked.Steps, run, tell);
            if (sound.Length < samples)
                throw new InvalidDataException($"The model gives {sound.Length} samples of {samples}.");
            return [.. sound.Take(samples).Select(s => (short)(Math.Clamp(float.IsFinite(s) ? s : 0, -1, 1) * short.MaxValue))];
        }
        catch (OnnxRuntimeException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
    }

    // Those that the model does not know are left out; null where it knows no letter and no digit.
    private long[]? Numbers(string chunk)
    {
        var (start, end) = (chunk.IndexOf('>') + 1, chunk.LastIndexOf('<'));
        var known = chunk.Select((c, i) => (Letter: c, Place: i, Number: c < _letters.Length ? _letters[c] : -1))
            .Where(l => l.Number >= 0)
            .ToList();
        return known.Exists(l => l.Place >= start && l.Place < end && char.IsLetterOrDigit(l.Letter))
            ? [.. known.Select(l => l.Number)]
            : null;
    }
}
