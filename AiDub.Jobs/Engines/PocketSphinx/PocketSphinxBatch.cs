using System.Globalization;
using AiDub.Domain.Speech;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Engines.PocketSphinx;

/// <summary>One process's share of a recording: the chunks it is to recognise, and the files it works with.</summary>
/// <param name="Number">Its number among the shares of the recording.</param>
/// <param name="Chunks">Each with its place among all chunks.</param>
internal sealed record PocketSphinxBatch(int Number, IReadOnlyList<(int Index, AudioSpan Span)> Chunks)
{
    /// <summary>The recording's name in the working folder, without its extension.</summary>
    public const string Audio = "audio";

    private const int FramesPerSecond = 100;
    private const string MaxActive = "5000";

    /// <summary>The file of words that the process of a number writes.</summary>
    public static string WordsFile(int number) => Invariant($"{number}.ctm");

    /// <summary>The list of chunks, a line each: <c>file firstFrame lastFrame id</c>, at 100 frames a second.</summary>
    public string ControlLines => string.Concat(
        Chunks.Select(chunk => Invariant($"{Audio} {Frame(chunk.Span.Start)} {Frame(chunk.Span.End)} {Id(chunk.Index)}\n")));

    /// <summary>
    /// Shares chunks between processes so that each has about as much to do: the longest first, each to whoever has least.
    /// </summary>
    public static IReadOnlyList<PocketSphinxBatch> Share(IReadOnlyList<AudioSpan> chunks, int processes)
    {
        var shares = Enumerable.Range(0, Math.Min(processes, chunks.Count)).Select(_ => new List<(int, AudioSpan)>()).ToArray();
        var load = new double[shares.Length];
        foreach (var (span, index) in chunks.Select((c, i) => (c, i)).OrderByDescending(c => c.c.Length))
        {
            var least = Array.IndexOf(load, load.Min());
            shares[least].Add((index, span));
            load[least] += span.Length;
        }
        return [.. shares.Select((s, i) => new PocketSphinxBatch(i, s))];
    }

    /// <summary>The id of a chunk in the control file and the output.</summary>
    public static string Id(int index) => Invariant($"c{index}");

    /// <summary>The run of a process in a folder that will hold the recording; its chunks come by standard input.</summary>
    /// <remarks>
    /// Silences are left in (<c>-remove_silence no</c>), else word times would be counted without them. Chunks are normalised each on its
    /// own, so the words do not depend on how chunks are shared. At most 5000 HMMs are followed at a time: on speech that costs nothing, on
    /// music and noise it is three times as fast. Other settings were measured and kept at the model's own.
    /// </remarks>
    public static ToolCommand Command(PocketSphinxOptions options, int number, string folder, int dataOffset) => new(options.Executable,
        [
            "-hmm", Path.Combine(options.ModelDirectory, "en-us"),
            "-lm", Path.Combine(options.ModelDirectory, "en-us.lm.bin"),
            "-dict", Path.Combine(options.ModelDirectory, "cmudict-en-us.dict"),
            "-adcin", "yes", "-adchdr", Invariant($"{dataOffset}"), "-cepdir", ".", "-cepext", ".wav",
            "-ctl", "/dev/stdin", "-ctm", WordsFile(number),
            "-cmn", "batch", "-remove_silence", "no", "-maxhmmpf", MaxActive,
        ], folder)
    {
        Timeout = TimeSpan.FromMinutes(options.TimeoutMinutes),
    };

    private static int Frame(double seconds) => (int)Math.Round(seconds * FramesPerSecond);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
