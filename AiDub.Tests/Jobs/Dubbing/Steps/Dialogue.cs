using AiDub.Domain.Audio;
using AiDub.Domain.Ports;
using AiDub.Domain.Speech;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Media.Audio;
using AiDub.Tests.Jobs.Engines;
using AiDub.Tests.Jobs.Engines.PocketSphinx;

namespace AiDub.Tests.Jobs.Dubbing.Steps;

/// <summary>People who talk in turn, half a second between them, as 16 kHz mono WAV; with who says what.</summary>
internal sealed record Dialogue(string WavPath, IReadOnlyList<Segment> Segments, IReadOnlyList<string> Voices)
{
    public static readonly string[] Sentences =
    [
        "Good morning and welcome to our small bakery.",
        "Every day we mix the flour with water and a little salt.",
        "Then the bread has to rest for two hours.",
        "We open the doors at seven in the morning.",
        "The first people always ask for the dark bread.",
        "It is still warm and it smells wonderful.",
        "Where did you learn how to bake like this?",
        "My father showed me when I was ten years old.",
        "He used to wake me up long before the sun came up.",
        "I did not like it then but I am grateful today.",
    ];

    /// <summary>Flite's voices, sentence by sentence in turn.</summary>
    /// <param name="host">With the engines.</param>
    /// <param name="musicDb">How loud music is under the speech, in dB relative to it; null for none.</param>
    /// <param name="voices">Who speaks.</param>
    public static async Task<Dialogue> SpokenAsync(EngineHost host, double? musicDb, params string[] voices)
    {
        var flite = host.Get<Synthesizers>().InOrder.Single(s => s.Name == "Flite");
        var turns = new List<(string Voice, short[] Samples)>();
        foreach (var sentence in Sentences)
        {
            var (voice, path) = (voices[turns.Count % voices.Length], host.PathOf($"{Guid.NewGuid():N}.wav"));
            await flite.SpeakAsync(new SpeechRequest(sentence, "en", voice), path, default);
            turns.Add((voice, WavFile.Read(path).Samples));
        }
        return await JoinAsync(host, turns, musicDb);
    }

    /// <summary>What was recorded, in turn.</summary>
    public static async Task<Dialogue> JoinAsync(
        EngineHost host, IReadOnlyList<(string Voice, short[] Samples)> turns, double? musicDb = null)
    {
        var (samples, segments) = (new List<short>(), new List<Segment>());
        foreach (var (_, turn) in turns)
        {
            samples.AddRange(Recordings.Silence(0.5));
            var start = (double)samples.Count / Recordings.Rate;
            samples.AddRange(SpeechEdges.Trim(turn, Recordings.Rate));
            segments.Add(new Segment(segments.Count, start, (double)samples.Count / Recordings.Rate, "Something."));
        }
        var sound = samples.ToArray();
        if (musicDb is { } db)
        {
            var music = Recordings.Music(sound.Length / (double)Recordings.Rate);
            var gain = Level(sound) * Math.Pow(10, db / 20) / Level(music);
            for (var i = 0; i < music.Length; i++)
                sound[i] = (short)Math.Clamp(sound[i] + (gain * music[i]), short.MinValue, short.MaxValue);
        }
        var wav = host.PathOf($"{Guid.NewGuid():N}.wav");
        await new WavFile(Recordings.Rate, sound).WriteAsync(wav, default);
        return new Dialogue(wav, segments, [.. turns.Select(t => t.Voice)]);
    }

    private static double Level(short[] samples) => Math.Sqrt(samples.Average(s => (double)s * s));
}
