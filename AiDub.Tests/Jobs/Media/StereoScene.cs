using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Tests.Jobs.Media;

/// <summary>
/// A voice that speaks from 2 to 8 s of ten, and music all through, each as stereo of its own so that what becomes of either can be
/// measured.
/// </summary>
internal sealed record StereoScene(float[] Voice, float[] Music)
{
    public const int Rate = 48000;
    public static readonly AudioSpan[] Spoken = [new(2, 4.8), new(5.4, 8)];

    private const double Seconds = 10;
    private const string Text =
        "the_old_man_walked_along_the_river_until_the_sun_went_down"
        + "_and_then_he_turned_around_and_walked_back_to_the_village_where_everybody_waited";

    public float[] Sum => [.. Voice.Zip(Music, (v, m) => v + m)];

    /// <summary>A scene.</summary>
    /// <param name="bench">With ffmpeg, which speaks.</param>
    /// <param name="pan">Where the voice is: −1 left, 0 in the middle, 1 right.</param>
    /// <param name="width">How far the music is from mono: 0 mono, 1 as much in the sides as in the middle.</param>
    /// <param name="musicDb">How loud the music is beside the voice, in dB.</param>
    public static async Task<StereoScene> MakeAsync(MediaBench bench, double pan, double width, double musicDb = -12)
    {
        var wav = await bench.MakeAsync("scene.wav", $"-f lavfi -i flite=text='{Text}':voice=rms -ar {Rate} -ac 1 -c:a pcm_s16le");
        var said = WavFile.Read(wav).Samples;
        var (voice, music) = (new float[(int)(2 * Seconds * Rate)], new float[(int)(2 * Seconds * Rate)]);
        foreach (var (start, end) in Spoken)
        {
            for (var n = (int)(start * Rate); n < (int)(end * Rate); n++)
            {
                var sample = said[n % said.Length] / 40000f;
                voice[2 * n] = (float)(sample * Math.Cos((pan + 1) * Math.PI / 4) * Math.Sqrt(2));
                voice[(2 * n) + 1] = (float)(sample * Math.Sin((pan + 1) * Math.PI / 4) * Math.Sqrt(2));
            }
        }
        for (var n = 0; n < music.Length / 2; n++)
        {
            var (middle, side) = (Tune(n, 220, 0.5), width * Tune(n, 330, 0.31));
            (music[2 * n], music[(2 * n) + 1]) = ((float)(middle + side), (float)(middle - side));
        }
        var gain = Math.Sqrt(Power(voice, Spoken) / Power(music, Spoken)) * Math.Pow(10, musicDb / 20);
        return new StereoScene(voice, [.. music.Select(m => (float)(m * gain))]);
    }

    /// <summary>The mean power of interleaved stereo within stretches of time.</summary>
    public static double Power(float[] stereo, params AudioSpan[] where)
    {
        var (sum, count) = (0.0, 0L);
        foreach (var (start, end) in where)
        {
            for (var i = 2 * (int)(start * Rate); i < 2 * (int)(end * Rate); i++, count++)
                sum += (double)stereo[i] * stereo[i];
        }
        return sum / count;
    }

    public static double Decibels(double power, double reference) => 10 * Math.Log10(power / reference);

    /// <summary>Writes interleaved stereo as the sound of a video.</summary>
    public static async Task<string> WriteAsync(
        MediaBench bench, float[] stereo, string name, string options = "-c:v libx264 -preset ultrafast -c:a pcm_s16le")
    {
        await File.WriteAllBytesAsync(
            bench.Path("scene.f32"), System.Runtime.InteropServices.MemoryMarshal.AsBytes(stereo.AsSpan()).ToArray());
        return await bench.MakeAsync(
            name,
            $"-f lavfi -i testsrc2=s=160x120:r=25:d={Seconds} -f f32le -ar {Rate} -ac 2 -i scene.f32 -map 0:v -map 1:a -shortest "
                + $"{options}");
    }

    // Notes that fade, of four harmonics.
    private static double Tune(int n, double hertz, double noteSeconds)
    {
        var t = (double)n / Rate;
        var note = hertz * Math.Pow(2, Math.Floor(t / noteSeconds % 5) * 2 / 12);
        return Math.Exp(-2 * (t % noteSeconds)) * Enumerable.Range(1, 4).Sum(h => Math.Sin(2 * Math.PI * h * note * t) / h);
    }
}
