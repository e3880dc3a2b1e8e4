using System.Runtime.InteropServices;
using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Engines.Demucs;
using AiDub.Tests.Jobs.Engines.Native;
using AiDub.Tests.Jobs.Media;

namespace AiDub.Tests.Jobs.Engines.Demucs;

/// <summary>How a recording is taken apart, by graphs that compute something plain in a real process.</summary>
public sealed class DemucsTests
{
    private const int Window = 1000;
    private const int Part = DemucsWindows.PartWindows * Window * 3 / 4;
    private EngineHost _host = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        var models = Directory.CreateTempSubdirectory("aidub-demucs-").FullName;
        _host = new EngineHost(
            ("Engines:Demucs:ModelPath", await DemucsGraph.SwappingAsync(Path.Combine(models, "swapping.onnx"), Window)));
    }

    [OneTimeTearDown]
    public void Close() => _host.Dispose();

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(Window / 2)]
    [TestCase(Window)]
    [TestCase(Window + 1)]
    [TestCase(Part)]
    [TestCase((2 * Part) + 777)]
    public async Task What_is_left_is_the_recording_less_what_overlapping_windows_take_for_voices(int frames)
    {
        var recording = Noise(frames);

        var background = await SeparateAsync(_host, recording);

        Assert.That(background, Has.Length.EqualTo(recording.Length));
        var expected = Plainly(recording);
        var off = background.Zip(expected, (a, b) => ((double)a - b) * ((double)a - b)).Sum();
        var power = Math.Max(1e-12, recording.Sum(s => (double)s * s));
        Assert.That(10 * Math.Log10((off / power) + 1e-20), Is.LessThan(-100), "dB of the recording");
    }

    [Test]
    public async Task It_says_how_far_it_is_and_never_less_than_before()
    {
        var shares = new List<double>();

        await SeparateAsync(_host, Noise((2 * Part) + 5), new Told(shares));

        Assert.That(shares, Is.Ordered.And.Some.InRange(0.2, 0.8));
        Assert.That(shares[^1], Is.EqualTo(1));
    }

    [Test]
    public async Task Silence_stays_silence() =>
        Assert.That(await SeparateAsync(_host, new float[6000]), Is.All.Zero);

    [Test]
    public async Task Samples_that_are_no_numbers_are_silence_and_spoil_nothing_else()
    {
        var whole = Noise(3 * Window);
        var (spoiled, silenced) = (whole.ToArray(), whole.ToArray());
        (spoiled[500], spoiled[901], spoiled[4000]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        (silenced[500], silenced[901], silenced[4000]) = (0, 0, 0);

        Assert.That(await SeparateAsync(_host, spoiled), Is.EqualTo(await SeparateAsync(_host, silenced)));
    }

    [Test]
    public void A_model_that_makes_no_sound_of_a_recording_is_not_believed()
    {
        var recording = Path.GetTempFileName();
        File.WriteAllBytes(recording, new byte[80]);
        var windows = new DemucsWindows(4, _ => Enumerable.Repeat(float.NaN, 8).ToArray());

        Assert.That(
            () => windows.Write(new DemucsAsk(recording, recording + ".out", 0, 0, 1), _ => { }, default),
            Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public async Task It_is_ready_and_says_what_it_is()
    {
        var check = await _host.Get<ICheckedEngine>(e => e.Name == "Demucs").CheckAsync(default);

        Assert.That((check.Ready, check.Detail), Is.EqualTo((true, "tells the background from voices")));
    }

    [Test]
    public async Task A_graph_that_wants_something_else_is_refused_and_the_reason_is_the_operators()
    {
        var graph = new TinyGraph();
        var path = await graph.Output("out", graph.Input("in", 1, 2, Window), 1, 2, Window).WriteAsync(_host.PathOf("other.onnx"));
        using var host = new EngineHost(("Engines:Demucs:ModelPath", path));

        var check = await host.Get<ICheckedEngine>(e => e.Name == "Demucs").CheckAsync(default);

        Assert.That(check.Ready, Is.False);
        Assert.That(check.Detail, Does.Contain("other.onnx is no Demucs"));
        Assert.That(
            host.Get<ISourceSeparator>().LeftOut, Does.Contain("left out"), "nobody has to prepare anything to be told so");
        Assert.That(
            () => SeparateAsync(host, new float[20]), Throws.TypeOf<TransientDubException>().With.Message.Not.Contains("onnx"));
    }

    [Test]
    public async Task What_is_cancelled_ends()
    {
        using var stop = new CancellationTokenSource();
        var path = await WriteAsync(Noise(40 * Part));

        Assert.That(
            () => _host.Get<ISourceSeparator>().SeparateAsync(path, path + ".out", new Once(stop.Cancel), stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Without_a_model_it_is_not_installed()
    {
        using var host = new EngineHost(("Engines:Demucs:ModelPath", ""));

        Assert.That(host.Get<ISourceSeparator>().IsInstalled, Is.False);
    }

    // The same in one piece: every window of the whole recording, in doubles.
    private static double[] Plainly(float[] recording)
    {
        const int stride = Window * 3 / 4;
        var (frames, ramp) = (recording.Length / 2, DemucsGraph.Ramp(Window));
        var middle = Enumerable.Range(0, frames).Select(i => ((double)recording[2 * i] + recording[(2 * i) + 1]) / 2).ToList();
        var mean = frames == 0 ? 0 : middle.Average();
        var (voices, weights) = (new double[recording.Length], new double[frames]);
        for (var at = 0; at < frames; at += stride)
        {
            for (var i = 0; i < Window && at + i < frames; i++)
            {
                var weight = Math.Min(i + 1, Window - i);
                weights[at + i] += weight;
                voices[2 * (at + i)] += weight * ramp[i] * (recording[(2 * (at + i)) + 1] - mean);
                voices[(2 * (at + i)) + 1] += weight * ramp[i] * (recording[2 * (at + i)] - mean);
            }
        }
        return [.. recording.Select((sample, i) => sample - (voices[i] / weights[i / 2]))];
    }

    private static float[] Noise(int frames)
    {
        var random = new Random(frames);
        return [.. Enumerable.Range(0, 2 * frames).Select(_ => (float)((random.NextDouble() * 2) - 0.9))];
    }

    private async Task<float[]> SeparateAsync(EngineHost host, float[] recording, IProgress<double>? progress = null)
    {
        var (path, background) = (await WriteAsync(recording), _host.PathOf($"{Guid.NewGuid():N}.f32"));
        await host.Get<ISourceSeparator>().SeparateAsync(path, background, progress ?? new NoProgress(), default);
        return MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(background)).ToArray();
    }

    private async Task<string> WriteAsync(float[] samples)
    {
        var path = _host.PathOf($"{Guid.NewGuid():N}.f32");
        await File.WriteAllBytesAsync(path, MemoryMarshal.AsBytes(samples.AsSpan()).ToArray());
        return path;
    }

    private sealed class Told(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }

    private sealed class Once(Action then) : IProgress<double>
    {
        public void Report(double value) => then();
    }
}
