using AiDub.Domain.Sources;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.LocalFiles;
using AiDub.Jobs.Tools;
using Microsoft.Extensions.Hosting;

namespace AiDub.Jobs.Fetching.Sample;

/// <summary>
/// A short video to try the service with, in development only: FFmpeg makes it when it is first asked for, out of a few sentences that its
/// own Flite speaks and a test picture. It is kept in the data folder.
/// </summary>
public sealed class SampleVideo(ToolRunner tools, Scratch scratch, DataDirectory data, IHostEnvironment? environment = null) : IDisposable
{
    /// <summary>The path at which it is served, and by which a source that names it is known.</summary>
    public const string Path = "/samples/talk.mp4";

    // A new name for another video: the one that is there is kept.
    private const string Kept = "samples/talk.1.mp4";

    private const double PauseSeconds = 0.9;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly string[] Sentences =
    [
        "Good morning, and welcome to my house.",
        "There is a river between the house and the mountains.",
        "The children have a dog and two cats.",
        "We are very happy here.",
    ];

    private readonly SemaphoreSlim _making = new(1, 1);

    /// <summary>Whether there is one: strangers are not served what costs work.</summary>
    public bool IsOffered => environment?.IsDevelopment() ?? false;

    /// <summary>Whether an address names it, at this machine.</summary>
    public static bool IsAt(SourceUrl address) => address.Uri.IsLoopback && address.Uri.AbsolutePath == Path;

    /// <summary>Its file, made when it is not there.</summary>
    /// <exception cref="ToolFailedException">FFmpeg could not make it; it may have been built without Flite.</exception>
    public async Task<string> FileAsync(CancellationToken ct)
    {
        var file = data.File(Kept);
        if (File.Exists(file))
            return file;
        await _making.WaitAsync(ct);
        try
        {
            if (!File.Exists(file))
                await MakeAsync(file, ct);
            return file;
        }
        finally
        {
            _making.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _making.Dispose();

    private async Task MakeAsync(string file, CancellationToken ct)
    {
        using var folder = scratch.Create();
        foreach (var (i, sentence) in Sentences.Index())
            await File.WriteAllTextAsync(System.IO.Path.Combine(folder.Path, TextOf(i)), sentence, ct);
        await tools.RunAsync(new ToolCommand("ffmpeg", Arguments("talk.mp4"), folder.Path) { Timeout = Patience }, ct);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        FileRename.TryReplace(System.IO.Path.Combine(folder.Path, "talk.mp4"), file);
    }

    // Names within the folder that FFmpeg runs in need no escaping.
    private static string TextOf(int sentence) => $"{sentence}.txt";

    private static List<string> Arguments(string output)
    {
        var spoken = Enumerable.Range(0, Sentences.Length).ToList();
        var voices = spoken.SelectMany(i => (string[])["-f", "lavfi", "-i", $"flite=textfile={TextOf(i)}:voice=rms"]);
        var paused = string.Concat(spoken.Select(
            i => FormattableString.Invariant($"[{i}:a]aresample=48000,apad=pad_dur={PauseSeconds}[s{i}];")));
        var joined = string.Concat(spoken.Select(i => $"[s{i}]"));
        return
        [
            "-nostdin", "-v", "error", .. voices, "-f", "lavfi", "-i", "testsrc2=size=480x270:rate=25",
            "-filter_complex", $"{paused}{joined}concat=n={spoken.Count}:v=0:a=1,adelay=1000:all=1,pan=stereo|c0=c0|c1=c0[a]",
            "-map", $"{spoken.Count}:v", "-map", "[a]", "-shortest",
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "36", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "96k",
            "-metadata:s:a:0", "language=eng", "-movflags", "+faststart", output,
        ];
    }
}
