using System.Globalization;
using AiDub.Domain.Speech;
using AiDub.Jobs.Tools;

namespace AiDub.Jobs.Engines.PocketSphinx;

/// <summary>How <c>pocketsphinx_batch</c> is run, and told what.</summary>
internal static class PocketSphinxBatch
{
    /// <summary>The recording's name in the working folder, without its extension.</summary>
    public const string Audio = "audio";

    private const int FramesPerSecond = 100;
    private const string MaxActive = "5000";

    /// <summary>The line by which a chunk is told: <c>file firstFrame lastFrame id</c>, at 100 frames a second.</summary>
    public static string ControlLine(int index, AudioSpan span) =>
        Invariant($"{Audio} {Frame(span.Start)} {Frame(span.End)} {Id(index)}\n");

    /// <summary>The id of a chunk in the control file and the output.</summary>
    public static string Id(int index) => Invariant($"c{index}");

    /// <summary>
    /// The run of a process in a folder that will hold the recording; its chunks come by standard input, and it says of each in its log
    /// that it is done, or that it cannot be read.
    /// </summary>
    /// <remarks>
    /// Its words go to standard output: of a file that a full disk did not take it says nothing, and ends as if all were well.
    /// Silences are left in (<c>-remove_silence no</c>), else word times would be counted without them. Chunks are normalised each on its
    /// own, so the words do not depend on how chunks are shared. At most 5000 HMMs are followed at a time: on speech that costs nothing, on
    /// music and noise it is three times as fast. Other settings were measured and kept at the model's own.
    /// </remarks>
    public static ToolCommand Command(PocketSphinxOptions options, string folder, int dataOffset) => new(options.Executable,
        [
            "-hmm", Path.Combine(options.ModelDirectory, "en-us"),
            "-lm", Path.Combine(options.ModelDirectory, "en-us.lm.bin"),
            "-dict", Path.Combine(options.ModelDirectory, "cmudict-en-us.dict"),
            "-adcin", "yes", "-adchdr", Invariant($"{dataOffset}"), "-cepdir", ".", "-cepext", ".wav",
            "-ctl", "/dev/stdin", "-ctm", "/dev/stdout",
            "-cmn", "batch", "-remove_silence", "no", "-maxhmmpf", MaxActive,
        ], folder)
    {
        Timeout = TimeSpan.FromMinutes(options.TimeoutMinutes),
    };

    private static int Frame(double seconds) => (int)Math.Round(seconds * FramesPerSecond);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
