using System.Numerics;
using System.Runtime.InteropServices;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines.Demucs;
using AiDub.Tests.Jobs.Media;

namespace AiDub.Tests.Jobs.Engines.Demucs;

/// <summary>
/// The spectrum that some graphs want, held against one that is added up number by number, and such graphs in a real process.
/// </summary>
public sealed class DemucsSpectrumTests
{
    private const int Length = 7000;
    private const int Columns = 7;

    [Test]
    public void Each_number_is_the_sum_over_its_window_of_the_mirrored_sound()
    {
        var (sound, spectrum) = (Noise(Length), new float[4 * 2048 * Columns]);

        new DemucsSpectrum(Length).Write(sound, spectrum);

        var (off, power) = (0.0, 0.0);
        foreach (var (row, column) in ((int[])[0, 1, 7, 500, 2047]).SelectMany(r => Enumerable.Range(0, Columns).Select(c => (r, c))))
        {
            var (left, right) = (Plainly(sound[..Length], row, column), Plainly(sound[Length..], row, column));
            double[] expected = [left.Real, left.Imaginary, right.Real, right.Imaginary];
            for (var plane = 0; plane < 4; plane++)
            {
                var error = spectrum[(((plane * 2048) + row) * Columns) + column] - expected[plane];
                (off, power) = (off + (error * error), power + (expected[plane] * expected[plane]));
            }
        }
        Assert.That(10 * Math.Log10(off / power), Is.LessThan(-100), "dB");
    }

    // Demucs leaves out the windows that hold more of the mirrored ends than of the sound, and misses them at the ends of each stretch.
    [Test]
    public void Sound_comes_back_from_its_spectrum_but_for_the_windows_that_are_left_out_at_its_ends()
    {
        var (sound, spectrum, back) = (Noise(Length), new float[4 * 2048 * Columns], new float[2 * Length]);
        var transform = new DemucsSpectrum(Length);

        transform.Write(sound, spectrum);
        transform.AddTo(spectrum, back);

        Assert.That(Decibels(back, [.. sound.Select((s, i) => (float)(s * Kept(i % Length)))]), Is.LessThan(-70));
        Assert.That(Enumerable.Range(1536, 4096).Select(Kept), Is.All.EqualTo(1).Within(1e-9), "what lies further in is whole");
    }

    [Test]
    public async Task Voices_are_the_sum_of_the_sound_and_the_spectrum_that_a_graph_answers()
    {
        var models = Directory.CreateTempSubdirectory("aidub-demucs-").FullName;
        using var host = new EngineHost(
            ("Engines:Demucs:ModelPath", await DemucsGraph.SpectralAsync(Path.Combine(models, "spectral.onnx"), Length)));

        Assert.That(await LeftAsync(host, frame => Weighed(frame, i => 0.5 + (0.25 * Kept(i)))), Is.LessThan(-60));
    }

    [Test]
    public async Task A_graph_that_says_nothing_of_its_length_is_asked_with_what_it_was_trained_on()
    {
        var models = Directory.CreateTempSubdirectory("aidub-demucs-").FullName;
        using var host = new EngineHost(
            ("Engines:Demucs:ModelPath", await DemucsGraph.AnyLengthAsync(Path.Combine(models, "any.onnx"))));

        Assert.That(await LeftAsync(host, _ => 0.5), Is.LessThan(-60));
    }

    // How far what is left of a recording is, in dB of it, from the recording less some share of each frame.
    private static async Task<double> LeftAsync(EngineHost host, Func<int, double> share)
    {
        var planes = Noise(3 * Length);
        var recording = Enumerable.Range(0, planes.Length).Select(i => planes[(i % 2 * 3 * Length) + (i / 2)]).ToArray();
        var (path, background) = (host.PathOf("recording.f32"), host.PathOf("background.f32"));
        await File.WriteAllBytesAsync(path, MemoryMarshal.AsBytes(recording.AsSpan()).ToArray());
        var mean = recording.Average();

        await host.Get<ISourceSeparator>().SeparateAsync(path, background, new NoProgress(), default);

        var left = MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(background)).ToArray();
        return Decibels(left, [.. recording.Select((s, i) => (float)(s - (share(i / 2) * (s - mean))))]);
    }

    // What windows that overlap by a quarter, weighed by a triangle, say of a frame together.
    private static double Weighed(int frame, Func<int, double> gain)
    {
        var windows = Enumerable.Range(0, 1 + (frame / (Length * 3 / 4))).Select(w => frame - (w * (Length * 3 / 4))).Where(i => i < Length)
            .Select(i => (Weight: Math.Min(i + 1, Length - i), Gain: gain(i))).ToList();
        return windows.Sum(w => w.Weight * w.Gain) / windows.Sum(w => w.Weight);
    }

    // The share of a sample that its windows hold.
    private static double Kept(int at) => Enumerable.Range(0, Columns).Select(column => at + 1536 - (column * 1024))
        .Where(i => i is >= 0 and < 4096).Sum(i => Math.Pow(0.5 * (1 - Math.Cos(2 * Math.PI * i / 4096)), 2)) / 1.5;

    private static Complex Plainly(float[] channel, int row, int column)
    {
        var sum = Complex.Zero;
        for (var i = 0; i < 4096; i++)
        {
            var at = Math.Abs((column * 1024) - 1536 + i);
            var sample = channel[at < channel.Length ? at : (2 * (channel.Length - 1)) - at];
            var window = 0.5 * (1 - Math.Cos(2 * Math.PI * i / 4096));
            sum += sample * window * Complex.Exp(-2 * Math.PI * Complex.ImaginaryOne * row * i / 4096);
        }
        return sum / 64;
    }

    // Left, then right. The highest frequency is not in a spectrum of Demucs: neighbours are averaged.
    private static float[] Noise(int frames)
    {
        var random = new Random(frames);
        var noise = Enumerable.Range(0, (2 * frames) + 1).Select(_ => (float)((random.NextDouble() * 2) - 0.9)).ToArray();
        return [.. noise.Zip(noise.Skip(1), (a, b) => (a + b) / 2)];
    }

    private static double Decibels(float[] found, float[] expected)
    {
        Assert.That(found, Has.Length.EqualTo(expected.Length));
        return 10 * Math.Log10(found.Zip(expected).Sum(p => Math.Pow(p.First - p.Second, 2)) / expected.Sum(s => (double)s * s));
    }
}
