using System.Globalization;
using System.Text.Json;
using AiDub.Domain.Audio;
using AiDub.Domain.Media;
using AiDub.Jobs.Fetching;
using AiDub.Jobs.Media;
using AiDub.Jobs.Media.Audio;
using AiDub.Jobs.Media.Probing;
using AiDub.Jobs.Media.Rendering;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Media;

/// <summary>A folder with the real tools, for tests that make, probe and render media.</summary>
internal sealed class MediaBench : IDisposable
{
    // More encoders at once need more memory than a tool may have.
    private const int AtOnce = 8;

    public MediaBench()
    {
        Prober = new MediaProber(Tools, Options.Create(new SourceOptions()));
        Extractor = new AudioExtractor(Tools);
        Shaper = new SpeechShaper(Tools);
        Renderer = new DubRenderer(Tools, Options.Create(new MixOptions()));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("aidub-media-").FullName;

    public ToolRunner Tools { get; } = new(TimeProvider.System);

    public MediaProber Prober { get; }

    public AudioExtractor Extractor { get; }

    public SpeechShaper Shaper { get; }

    public DubRenderer Renderer { get; }

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>Makes a file with ffmpeg; the arguments are split at spaces.</summary>
    public async Task<string> MakeAsync(string name, string arguments)
    {
        if (MadeClips.Has(arguments))
            await File.WriteAllBytesAsync(Path(name), await MadeClips.OfAsync(Tools, arguments, System.IO.Path.GetExtension(name)));
        else
            await Tools.RunAsync(new ToolCommand("ffmpeg", ["-v", "error", "-y", .. arguments.Split(' '), name], Folder), default);
        return Path(name);
    }

    /// <summary>Makes many files, those of the same inputs by one ffmpeg: to start it takes longer than to make a small clip.</summary>
    public Task MakeAllAsync(IEnumerable<(string Name, string Arguments)> files) => Parallel.ForEachAsync(
        files.GroupBy(file => Inputs(file.Arguments)).SelectMany(alike => alike.Chunk(AtOnce).Select(some => (alike.Key, some))),
        new ParallelOptions { MaxDegreeOfParallelism = 2 },
        async (made, ct) => await Tools.RunAsync(
            new ToolCommand(
                "ffmpeg",
                [
                    "-v", "error", "-y", .. made.Key.Split(' '),
                    .. made.some.SelectMany(file => Words(file.Arguments[made.Key.Length..]).Append(file.Name)),
                ],
                Folder),
            ct));

    public Task<SourceMedia> ProbeAsync(string path) => Prober.ProbeAsync(path, Folder, default);

    public async Task<JsonElement> InspectAsync(string path)
    {
        var result = await Tools.RunAsync(
            new ToolCommand("ffprobe", ["-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json", path], Folder),
            default);
        return JsonDocument.Parse(result.StandardOutput).RootElement;
    }

    public async Task<double> DurationAsync(string path) =>
        double.Parse((await InspectAsync(path)).GetProperty("format").GetProperty("duration").GetString()!, CultureInfo.InvariantCulture);

    /// <summary>The CRC of every packet of a stream, to tell whether it was copied.</summary>
    public async Task<string> PacketsAsync(string path, string stream)
    {
        var result = await Tools.RunAsync(
            new ToolCommand(
                "ffprobe",
                ["-v", "error", "-select_streams", stream, "-show_entries", "packet=size,flags", "-of", "csv=p=0", path],
                Folder), default);
        return result.StandardOutput;
    }

    /// <summary>Loudness by ffmpeg's own meter, in LUFS.</summary>
    public async Task<double> LufsAsync(string path)
    {
        var integrated = double.NaN;
        await Tools.RunAsync(
            new ToolCommand(
                "ffmpeg", ["-nostats", "-i", path, "-map", "0:a:0", "-af", "ebur128=framelog=verbose", "-f", "null", "-"], Folder)
            {
                OnErrorLine = line =>
                {
                    if (line.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["I:", var value, "LUFS"])
                        integrated = double.Parse(value, CultureInfo.InvariantCulture);
                },
            },
            default);
        return integrated;
    }

    /// <summary>The sound of a file as 48 kHz mono samples on the file's time line.</summary>
    public async Task<short[]> SamplesAsync(string path)
    {
        var wav = await MakeAsync("samples.wav", $"-i {path} -map 0:a:0 -af aresample=48000:async=1:first_pts=0 -ac 1 -c:a pcm_s16le");
        return WavFile.Read(wav).Samples;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    // All up to the last input; what follows says how the output is made.
    private static string Inputs(string arguments)
    {
        var last = arguments.LastIndexOf("-i ", StringComparison.Ordinal) + "-i ".Length;
        return arguments.IndexOf(' ', last) is > 0 and var end ? arguments[..end] : arguments;
    }

    private static string[] Words(string arguments) => arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Forgets what it is told.</summary>
internal sealed class NoProgress : IProgress<double>
{
    public void Report(double value)
    {
    }
}
