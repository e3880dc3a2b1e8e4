using System.Globalization;
using System.Runtime.InteropServices;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Jobs.Media;

/// <summary>
/// A clip in which a white flash and a 1 kHz beep come together, and what is left of that in a result: where each flash is seen and each
/// beep is heard.
/// </summary>
internal static class FlashAndBeep
{
    private const int Rate = 48000;
    private const int Window = 240;
    private const double Tone = 1000;
    private const double Bright = 120;

    /// <summary>ffmpeg's input of the picture, 160×90 at 25 frames a second; no spaces within an argument.</summary>
    public static string Picture(double seconds, params double[] at) => FormattableString.Invariant(
        $"-f lavfi -i color=black:s=160x90:r=25:d={seconds},drawbox=c=white:t=fill:enable='{Between(at)}'");

    /// <summary>ffmpeg's input of the sound, mono at 48 kHz.</summary>
    public static string Sound(double seconds, params double[] at) => FormattableString.Invariant(
        $"-f lavfi -i aevalsrc='0.5*sin(2*PI*1000*t)*({Between(at)})':s={Rate}:d={seconds}");

    /// <summary>When flashes begin, in seconds on the clock that a player shows.</summary>
    public static async Task<IReadOnlyList<double>> FlashesAsync(string path)
    {
        var printed = await Tool.FfmpegAsync(
            "-v", "error", "-copyts", "-i", path, "-map", "0:v:0", "-fps_mode", "passthrough",
            "-vf", "scale=32:18,signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-", "-f", "null", "-");
        var (flashes, time, wasBright) = (new List<double>(), 0.0, false);
        foreach (var line in printed.Split('\n'))
        {
            if (line.IndexOf("pts_time:", StringComparison.Ordinal) is >= 0 and var at)
                time = Number(line[(at + "pts_time:".Length)..].Split(' ')[0]);
            if (!line.StartsWith("lavfi.signalstats.YAVG=", StringComparison.Ordinal))
                continue;
            var isBright = Number(line.Split('=')[1]) > Bright;
            if (isBright && !wasBright)
                flashes.Add(time);
            wasBright = isBright;
        }
        return flashes;
    }

    /// <summary>When beeps begin, in seconds on the clock that a player shows; speech has more in it than the tone.</summary>
    public static async Task<IReadOnlyList<double>> BeepsAsync(string path)
    {
        var raw = Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileName(path) + ".f32");
        await Tool.FfmpegAsync(
            "-v", "error", "-copyts", "-i", path, "-map", "0:a:0", "-af", $"aresample={Rate}:async=1:first_pts=0",
            "-ac", "1", "-f", "f32le", raw);
        var samples = MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(raw)).ToArray();
        File.Delete(raw);
        var tones = samples.Chunk(Window).Select(ToneOf).ToList();
        var least = 0.3 * tones.DefaultIfEmpty().Max();
        var beeps = new List<double>();
        for (var i = 1; i < tones.Count; i++)
        {
            var (at, isFirst) = (i * Window / (double)Rate, tones[i] >= least && tones[i - 1] < least);
            if (isFirst && least > 0 && (beeps.Count == 0 || at - beeps[^1] > 0.5) && IsHeld(tones, i, least))
                beeps.Add(at);
        }
        return beeps;
    }

    /// <summary>Fails unless flashes and beeps come where they are expected, and each pair within one frame.</summary>
    /// <param name="path">The result.</param>
    /// <param name="places">Where they are to be, in seconds.</param>
    /// <param name="within">How far both may be from there together: what joints may add.</param>
    /// <param name="frame">The length of a frame in seconds.</param>
    public static async Task AssertAsync(string path, IReadOnlyList<double> places, double within = 0.1, double frame = 0.04)
    {
        var (flashes, beeps) = (await FlashesAsync(path), await BeepsAsync(path));
        var told = $"{Path.GetFileName(path)}: flashes at {Told(flashes)}, beeps at {Told(beeps)}, expected at {Told(places)}";
        TestContext.Out.WriteLine(told);
        Assert.That((flashes.Count, beeps.Count), Is.EqualTo((places.Count, places.Count)), told);
        for (var i = 0; i < places.Count; i++)
        {
            Assert.That(flashes[i], Is.EqualTo(beeps[i]).Within(frame), told);
            Assert.That(flashes[i], Is.EqualTo(places[i]).Within(within), told);
        }
    }

    // A fifth of a second, of which the tone is nearly all.
    private static bool IsHeld(List<double> tones, int from, double least) =>
        from + 30 < tones.Count && tones.Skip(from + 2).Take(28).Count(t => t >= least) >= 24;

    // The amplitude of the tone where it is most of what sounds (Goertzel), else 0.
    private static double ToneOf(float[] window)
    {
        var (turn, s1, s2, power) = (2 * Math.Cos(2 * Math.PI * Tone / Rate), 0.0, 0.0, 0.0);
        foreach (var sample in window)
        {
            (s1, s2) = (sample + (turn * s1) - s2, s1);
            power += sample * sample;
        }
        var amplitude = Math.Sqrt(Math.Max(0, (s1 * s1) + (s2 * s2) - (turn * s1 * s2))) * 2 / window.Length;
        return amplitude * amplitude / 2 > 0.6 * power / window.Length ? amplitude : 0;
    }

    private static string Between(double[] at) =>
        string.Join('+', at.Select(a => FormattableString.Invariant($"between(t,{a},{a + 0.2})")));

    private static string Told(IEnumerable<double> times) =>
        string.Join(' ', times.Select(t => t.ToString("0.000", CultureInfo.InvariantCulture)));

    private static double Number(string text) => double.Parse(text.Trim(), CultureInfo.InvariantCulture);
}
