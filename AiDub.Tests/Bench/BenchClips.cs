using System.Globalization;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Bench;

/// <summary>The clips that benchmarks dub: synthetic voices reading our own story, and a human reading from LibriVox.</summary>
internal sealed class BenchClips(string folder)
{
    private const string Human = "/usr/share/pocketsphinx/test/data/librivox";

    private static readonly string[] Story = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Bench", "story.txt"));

    /// <summary>The quality set: at least 5 minutes of dense and sparse speech, one clip of them a human's.</summary>
    public async Task<IReadOnlyList<string>> QualitySetAsync() =>
    [
        await ReadAsync("dense-rms", Story[..15], _ => "rms", _ => 0.25),
        await ReadAsync("sparse-rms", Story[15..24], _ => "rms", i => 1.5 + i % 3),
        await ReadAsync("dense-slt", Story[10..20], _ => "slt", _ => 0.3),
        await ReadAsync("awb", Story[20..30], _ => "awb", i => 0.5 + 0.5 * (i % 2)),
        await ReadAsync("two-voices", Story[..12], i => i % 2 == 0 ? "rms" : "slt", _ => 0.6),
        await ReadAsync("music", Story[18..28], _ => "rms", i => 0.6 + i % 2, "0.01*(sin(2*PI*220*t)+sin(2*PI*277.2*t)+sin(2*PI*329.6*t))"),
        await HumanAsync(),
    ];

    /// <summary>A clip of a given length: the story, over and over.</summary>
    public async Task<string> OfLengthAsync(double seconds)
    {
        var story = await ReadAsync("story", Story, _ => "rms", i => 0.4 + 0.3 * (i % 4));
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"story-{seconds:0}s.mp4"));
        await Tool.FfmpegAsync("-v", "error", "-stream_loop", "-1", "-i", story, "-t", Number(seconds), "-c", "copy", path);
        return path;
    }

    /// <summary>The story, a sentence a line.</summary>
    public static IReadOnlyList<string> Lines => Story;

    /// <summary>What is said in clips made by <see cref="OfLengthAsync"/>, once.</summary>
    public static string Script => string.Join(' ', Story);

    private async Task<string> ReadAsync(string name, string[] lines, Func<int, string> voice, Func<int, double> pause, string music = "0")
    {
        var sentences = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            var text = Path.Combine(folder, "line.txt");
            await File.WriteAllTextAsync(text, lines[i]);
            var wav = Path.Combine(folder, $"{name}-{i}.wav");
            await Tool.FfmpegAsync(
                "-v", "error", "-f", "lavfi", "-i", $"flite=textfile={text}:voice={voice(i)}",
                "-af", $"aresample=48000,adelay={Number(pause(i) * 1000)}:all=1", wav);
            sentences.Add(wav);
        }

        return await JoinAsync(name, sentences, music);
    }

    private async Task<string> HumanAsync()
    {
        var sentences = new List<string>();
        foreach (var wav in Directory.GetFiles(Human, "*.wav").Order(StringComparer.Ordinal))
        {
            var padded = Path.Combine(folder, "human-" + Path.GetFileName(wav));
            await Tool.FfmpegAsync("-v", "error", "-i", wav, "-af", "aresample=48000,apad=pad_dur=0.7", padded);
            sentences.Add(padded);
        }

        return await JoinAsync("human", sentences, "0");
    }

    private async Task<string> JoinAsync(string name, List<string> wavs, string music)
    {
        var list = Path.Combine(folder, name + ".list");
        await File.WriteAllLinesAsync(list, wavs.Select(w => $"file '{w}'"));
        var path = Path.Combine(folder, name + ".mp4");
        await Tool.FfmpegAsync(
            "-v", "error", "-f", "concat", "-safe", "0", "-i", list, "-f", "lavfi", "-i", $"aevalsrc=exprs='{music}':s=48000",
            "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25",
            "-filter_complex", "[0:a]volume=0.7,apad=pad_dur=1[v];[v][1:a]amix=inputs=2:duration=first:normalize=0[a]",
            "-map", "2:v", "-map", "[a]", "-shortest", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "35", "-pix_fmt", "yuv420p",
            "-c:a", "aac", "-b:a", "128k", path);
        return path;
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
