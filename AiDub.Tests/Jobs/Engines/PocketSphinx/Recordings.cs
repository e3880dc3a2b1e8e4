using System.Text.RegularExpressions;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Tests.Jobs.Engines.PocketSphinx;

/// <summary>Recordings at 16 kHz to recognise: people, synthetic voices and things that are no speech.</summary>
internal static partial class Recordings
{
    public const int Rate = 16000;
    private const string LibriVox = "/usr/share/pocketsphinx/test/data/librivox";

    /// <summary>Five sentences of a LibriVox reader with half a second between them.</summary>
    public static (short[] Samples, string Text) ReadByAPerson()
    {
        var samples = Directory.GetFiles(LibriVox, "*.wav").Order(StringComparer.Ordinal).SelectMany(f => Samples(f).Concat(Silence(0.5)));
        var text = string.Join(
            ' ', Sentence().Matches(File.ReadAllText(Path.Combine(LibriVox, "transcription"))).Select(m => m.Groups[1].Value));
        return ([.. samples], text);
    }

    /// <summary>A text as Flite's rms voice, whose own rate is 16 kHz, speaks it.</summary>
    public static async Task<short[]> SpokenAsync(EngineHost host, string text)
    {
        var path = host.PathOf($"{Guid.NewGuid():N}.wav");
        await host.Get<Synthesizers>().InOrder.Single(s => s.Name == "Flite")
            .SpeakAsync(new SpeechRequest(text, "en", "rms"), path, default);
        return Samples(path);
    }

    public static short[] Silence(double seconds) => new short[(int)(Rate * seconds)];

    public static short[] Noise(double seconds, int level)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, (int)(Rate * seconds)).Select(_ => (short)random.Next(-level, level))];
    }

    /// <summary>A tune of decaying notes with a drum twice a second.</summary>
    public static short[] Music(double seconds)
    {
        var random = new Random(2);
        return [.. Enumerable.Range(0, (int)(Rate * seconds)).Select(i => i / (double)Rate).Select(t => (short)(16000 * (
            0.5 * Math.Sin(2 * Math.PI * (220 + 110 * Math.Floor(t * 2 % 4)) * t) * Math.Exp(-3 * (t * 2 % 1))
            + 0.3 * Math.Sin(2 * Math.PI * (440 + 55 * Math.Floor(t * 4 % 7)) * t) * Math.Exp(-4 * (t * 4 % 1))
            + 0.4 * (random.NextDouble() - 0.5) * Math.Exp(-20 * (t % 0.5)))))];
    }

    public static async Task<string> WriteAsync(EngineHost host, params short[][] parts)
    {
        var samples = parts.SelectMany(p => p).ToArray();
        var path = host.PathOf($"{Guid.NewGuid():N} with spaces.wav");
        await new WavFile(Rate, samples).WriteAsync(path, default);
        return path;
    }

    private static short[] Samples(string path) => WavFile.Read(path).Samples;

    [GeneratedRegex("<s> (.*) </s>")]
    private static partial Regex Sentence();
}
