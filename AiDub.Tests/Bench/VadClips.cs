using System.Globalization;
using AiDub.Domain.Speech;
using AiDub.Jobs.Media.Audio;
using AiDub.Tests.EndToEnd;

namespace AiDub.Tests.Bench;

/// <summary>Sound in which nobody speaks, and speech with such sound under it; 16 kHz mono.</summary>
internal sealed class VadClips(string folder)
{
    public const int Rate = 16000;
    private const string Font = "/usr/share/sounds/sf2/TimGM6mb.sf2";
    private const string Human = "/usr/share/pocketsphinx/test/data/librivox";
    private const double Seconds = 12;

    // Half a second a beat.
    private const int Beats = 24;

    private static readonly string[] Story = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Bench", "story.txt"));

    /// <summary>What ffmpeg makes by formulas, by its kind and name.</summary>
    public static readonly IReadOnlyList<(string Kind, string Name, string Source)> Made =
    [
        ("silence", "digital", "anullsrc=r=16000:cl=mono"),
        ("silence", "faint", "anoisesrc=r=16000:a=0.001:seed=1"),
        ("tone", "220", "aevalsrc='0.3*sin(2*PI*220*t)':s=16000"),
        ("tone", "1000", "aevalsrc='0.3*sin(2*PI*1000*t)':s=16000"),
        ("tone", "dialling", "aevalsrc='0.2*(sin(2*PI*770*t)+sin(2*PI*1336*t))*lt(mod(t,0.4),0.2)':s=16000"),
        ("tone", "sweep", "aevalsrc='0.3*sin(2*PI*(200*t+60*t*t))':s=16000"),
        ("vibrato", "sine", "aevalsrc='0.3*sin(2*PI*220*t+8*sin(2*PI*5*t))':s=16000"),
        ("vibrato", "high", "aevalsrc='0.3*sin(2*PI*440*t+12*sin(2*PI*6*t))':s=16000"),
        ("vibrato", "harmonics", "aevalsrc='0.2*(sin(2*PI*180*t+3*sin(2*PI*5*t))+0.5*sin(2*PI*360*t+6*sin(2*PI*5*t))"
            + "+0.3*sin(2*PI*540*t+9*sin(2*PI*5*t)))':s=16000"),
        ("noise", "white", "anoisesrc=r=16000:a=0.2:seed=2"),
        ("noise", "pink", "anoisesrc=r=16000:a=0.4:c=pink:seed=3"),
        ("noise", "brown", "anoisesrc=r=16000:a=0.6:c=brown:seed=4"),
        ("modulated noise", "4 Hz", "anoisesrc=r=16000:a=0.3:seed=5,tremolo=f=4:d=0.9"),
        ("modulated noise", "pink 3 Hz", "anoisesrc=r=16000:a=0.6:c=pink:seed=6,tremolo=f=3:d=1"),
        ("modulated noise", "syllables", "anoisesrc=r=16000:a=0.6:c=pink:seed=7,tremolo=f=5:d=0.8,tremolo=f=0.7:d=0.9"),
        ("music by formula", "chords",
            "aevalsrc='0.1*(sin(2*PI*220*t)+sin(2*PI*277.2*t)+sin(2*PI*329.6*t))*(0.6+0.4*sin(2*PI*t/4))':s=16000"),
        ("music by formula", "FM",
            "aevalsrc='0.3*sin(2*PI*(220+110*floor(mod(t*2,4)))*t+4*exp(-3*mod(t*2,1))*sin(2*PI*440*t))*exp(-2*mod(t*2,1))':s=16000"),
    ];

    /// <summary>General MIDI programs that FluidSynth plays, with those of the chords below.</summary>
    public static readonly IReadOnlyList<(string Name, int Program, int? Chords, int Key)> Played =
    [
        ("piano", 0, 0, 60), ("harpsichord", 6, null, 64), ("organ", 19, 19, 60), ("guitar", 25, 25, 55), ("violin", 40, 48, 67),
        ("strings", 48, 48, 60), ("trumpet", 56, 61, 62), ("saxophone", 65, 33, 57), ("flute", 73, 46, 72), ("lead", 81, 89, 60),
        ("accordion", 21, 21, 62), ("band", 27, 4, 60),
    ];

    /// <summary>Every clip in which nobody speaks.</summary>
    public async Task<IReadOnlyList<(string Kind, string Name, short[] Samples)>> WithoutSpeechAsync()
    {
        var clips = new List<(string, string, short[])>();
        foreach (var (kind, name, _) in Made)
            clips.Add((kind, name, await MadeAsync(name)));
        clips.Add(("drums", "straight", await PlayedAsync("straight", MidiTune.Drums(Beats, isBroken: false))));
        clips.Add(("drums", "broken", await PlayedAsync("broken", MidiTune.Drums(Beats, isBroken: true))));
        foreach (var (name, program, chords, key) in Played)
            clips.Add(("music by FluidSynth", name, await PlayedAsync(name, MidiTune.Of(program, chords, Beats, key))));
        clips.Add(("music by SoX", "plucked", await PluckedAsync()));
        return clips;
    }

    /// <summary>One of <see cref="Made"/>.</summary>
    public async Task<short[]> MadeAsync(string name)
    {
        var path = Path.Combine(folder, "made.wav");
        var (length, source) = (Seconds.ToString(CultureInfo.InvariantCulture), Made.Single(m => m.Name == name).Source);
        await Tool.FfmpegAsync(
            "-v", "error", "-y", "-f", "lavfi", "-t", length, "-i", source, "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", path);
        return WavFile.Read(path).Samples;
    }

    /// <summary>A tune, by FluidSynth.</summary>
    public async Task<short[]> PlayedAsync(string name, byte[] tune)
    {
        var (midi, wav) = (Path.Combine(folder, name + ".mid"), Path.Combine(folder, name + ".wav"));
        await File.WriteAllBytesAsync(midi, tune);
        await Tool.RunAsync("fluidsynth", "-niq", "-R", "0", "-C", "0", "-g", "0.8", "-r", "16000", "-F", wav, Font, midi);
        return (await MonoAsync(wav))[..(int)(Seconds * Rate)];
    }

    /// <summary>Plucked strings, by SoX.</summary>
    public async Task<short[]> PluckedAsync()
    {
        var path = Path.Combine(folder, "plucked.wav");
        string[] notes = ["G2", "B2", "D3", "G3", "D4", "G4", "E3", "A3", "C4", "E4", "D3", "A2"];
        var tune = notes.SelectMany(n => new[] { ":", "synth", "1", "pluck", n }).Skip(1);
        await Tool.RunAsync("sox", ["-n", "-r", "16000", "-c", "1", path, .. tune]);
        return await MonoAsync(path);
    }

    /// <summary>A voice reading our story, or a person reading LibriVox, with pauses between the sentences.</summary>
    /// <param name="voice">A voice of Flite, <c>espeak</c> or <c>person</c>.</param>
    public async Task<short[]> SpokenAsync(string voice)
    {
        var samples = new List<short>();
        var lines = voice == "person" ? Directory.GetFiles(Human, "*.wav").Order(StringComparer.Ordinal) : Story.Skip(voice.Length).Take(5);
        foreach (var (line, i) in lines.Select((l, i) => (l, i)))
        {
            samples.AddRange(new short[(int)(Rate * (0.8 + (0.4 * (i % 3))))]);
            samples.AddRange(voice == "person" ? WavFile.Read(line).Samples : await ReadAsync(voice, line));
        }
        samples.AddRange(new short[Rate]);
        return [.. samples];
    }

    /// <summary>Speech with other sound under it, repeated as often as it takes.</summary>
    /// <param name="speech">Without any noise.</param>
    /// <param name="under">What is laid under it.</param>
    /// <param name="decibels">How much louder the speech is, where somebody speaks.</param>
    public static short[] Mix(short[] speech, short[] under, double decibels)
    {
        var truth = Truth(speech);
        var (power, frames) = (0.0, 0);
        for (var i = 0; i < truth.Length * 160; i++)
        {
            if (truth[i / 160])
                (power, frames) = (power + ((double)speech[i] * speech[i]), frames + 1);
        }
        var gain = Math.Sqrt(power / frames / under.Average(s => (double)s * s) / Math.Pow(10, decibels / 10));
        var mixed = speech.Select((s, i) => s + (gain * under[i % under.Length])).ToArray();
        var scale = Math.Min(1, 30000 / mixed.Max(Math.Abs));
        return [.. mixed.Select(s => (short)(scale * s))];
    }

    /// <summary>Where somebody speaks in clean speech, in frames of 10 ms: to 35 dB below the loudest, gaps of 0.2 s counted.</summary>
    public static bool[] Truth(short[] speech)
    {
        var meter = new LevelMeter(Rate);
        meter.Add(speech);
        var line = meter.Levels.Order().ElementAt((int)(0.95 * meter.Levels.Count)) - 35;
        var truth = meter.Levels.Select(l => l > line).ToArray();
        var last = -1;
        for (var i = 0; i < truth.Length; i++)
        {
            if (!truth[i])
                continue;
            if (last >= 0 && i - last <= 20)
                truth.AsSpan(last..i).Fill(true);
            last = i;
        }
        return truth;
    }

    private async Task<short[]> ReadAsync(string voice, string line)
    {
        var (text, wav) = (Path.Combine(folder, "line.txt"), Path.Combine(folder, "line.wav"));
        await File.WriteAllTextAsync(text, line);
        if (voice == "espeak")
            await Tool.RunAsync("espeak-ng", "-v", "en-us", "-w", wav, "-f", text);
        else
            await Tool.FfmpegAsync("-v", "error", "-y", "-f", "lavfi", "-i", $"flite=textfile={text}:voice={voice}", wav);
        return await MonoAsync(wav);
    }

    private async Task<short[]> MonoAsync(string wav)
    {
        var mono = Path.Combine(folder, "mono.wav");
        await Tool.FfmpegAsync("-v", "error", "-y", "-i", wav, "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", mono);
        return WavFile.Read(mono).Samples;
    }
}
