using AiDub.Jobs.Media.Audio;
using Microsoft.ML.OnnxRuntime;

namespace AiDub.Jobs.Engines.Silero;

/// <summary>Several places of one recording, read side by side through Silero's graph.</summary>
/// <remarks>
/// The graph, as Silero's own wrapper feeds it (<c>OnnxWrapper</c> of <c>silero_vad/utils_vad.py</c>): <c>input</c> [rows, 64 + 512], of
/// which the first 64 samples are the end of the window before, at first zeros; <c>state</c> [2, rows, 128], at first zeros; <c>sr</c>
/// 16000. It answers <c>output</c> [rows, 1] and <c>stateN</c>.
/// </remarks>
internal sealed class SileroRows : IDisposable
{
    /// <summary>Samples of a window.</summary>
    public const int Window = 512;

    private const int Context = 64;
    private const int Memory = 128;
    private const int WarmUp = 125;
    private const int TellEvery = 250;
    private static readonly string[] Inputs = ["input", "state", "sr"];
    private static readonly string[] Outputs = ["output", "stateN"];
    private readonly InferenceSession _session;
    private readonly Place[] _places;
    private readonly int _each;

    /// <summary>Places that begin at some windows.</summary>
    /// <param name="session">The graph; it may be run by several threads.</param>
    /// <param name="wav">The recording.</param>
    /// <param name="starts">The first window of each place.</param>
    /// <param name="each">How many windows each has.</param>
    public SileroRows(InferenceSession session, string wav, int[] starts, int each) =>
        (_session, _each, _places) = (session, each, [.. starts.Select(start => new Place(wav, start))]);

    /// <summary>Whether a graph takes and answers what Silero's does.</summary>
    public static bool Fits(InferenceSession session) =>
        Inputs.All(session.InputMetadata.ContainsKey) && Outputs.All(session.OutputMetadata.ContainsKey)
        && session.InputMetadata["state"].Dimensions is [2, _, Memory];

    /// <summary>Writes the probability of every window of the places.</summary>
    /// <param name="probabilities">Of all windows of the recording.</param>
    /// <param name="tell">Told the share that is done, 0–1.</param>
    /// <param name="ct">Ends the reading.</param>
    public void Read(float[] probabilities, Action<double> tell, CancellationToken ct)
    {
        var rows = _places.Length;
        var (input, state, next, output) = (
            new float[rows * (Context + Window)], new float[2 * rows * Memory], new float[2 * rows * Memory], new float[rows]);
        using var inputValue = OrtValue.CreateTensorValueFromMemory(input, [rows, Context + Window]);
        using var stateValue = OrtValue.CreateTensorValueFromMemory(state, [2, rows, Memory]);
        using var rateValue = OrtValue.CreateTensorValueFromMemory(new long[] { 16000 }, []);
        using var outputValue = OrtValue.CreateTensorValueFromMemory(output, [rows, 1]);
        using var nextValue = OrtValue.CreateTensorValueFromMemory(next, [2, rows, Memory]);
        using var run = new RunOptions();
        for (var step = -Math.Min(WarmUp, _places.Max(p => p.Start)); step < _each; step++)
        {
            ct.ThrowIfCancellationRequested();
            for (var row = 0; row < rows; row++)
                Feed(row, step, input, state);
            _session.Run(run, Inputs, [inputValue, stateValue, rateValue], Outputs, [outputValue, nextValue]);
            next.CopyTo(state, 0);
            for (var row = 0; row < rows && step >= 0; row++)
            {
                if (_places[row].Start + step < probabilities.Length)
                    probabilities[_places[row].Start + step] = output[row];
            }
            if (step % TellEvery == 0)
                tell((double)Math.Max(0, step) / _each);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var place in _places)
            place.Reader.Dispose();
    }

    // Before the recording there is nothing, which is not silence: the memory begins with its first window.
    private void Feed(int row, int step, float[] input, float[] state)
    {
        var all = input.AsSpan(row * (Context + Window), Context + Window);
        var window = _places[row].Start + step;
        if (window <= 0)
        {
            all.Clear();
            state.AsSpan(row * Memory, Memory).Clear();
            state.AsSpan((_places.Length + row) * Memory, Memory).Clear();
        }
        if (window < 0)
            return;
        all[^Context..].CopyTo(all);
        _places[row].Read(all[Context..]);
    }

    private sealed class Place
    {
        private readonly short[] _samples = new short[Window];

        public Place(string wav, int start)
        {
            (Start, Reader) = (start, WavReader.Open(wav));
            Reader.Seek((long)Math.Max(0, start - WarmUp) * Window);
        }

        public int Start { get; }

        public WavReader Reader { get; }

        public void Read(Span<float> samples)
        {
            var read = Reader.Read(_samples);
            for (var i = 0; i < samples.Length; i++)
                samples[i] = i < read ? _samples[i] / 32768f : 0;
        }
    }
}
