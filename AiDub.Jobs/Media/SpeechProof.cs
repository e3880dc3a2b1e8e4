using AiDub.Domain.Ports;
using AiDub.Jobs.Media.Audio;

namespace AiDub.Jobs.Media;

/// <summary>Asks of some sounds at once whether somebody speaks in them.</summary>
internal static class SpeechProof
{
    // What was heard before is forgotten in it.
    private const int PauseSeconds = 1;

    /// <summary>Whether somebody speaks in any of the sounds of each; null when nothing here can tell.</summary>
    /// <param name="finder">What can tell.</param>
    /// <param name="sounds">Of each its sounds, one channel each, at <see cref="HeardTrack.SampleRate"/>.</param>
    /// <param name="folder">Where a file may lie meanwhile.</param>
    /// <param name="ct">Ends the work.</param>
    /// <exception cref="Domain.Errors.TransientDubException">What could tell did not work.</exception>
    public static async Task<bool[]?> FindAsync(
        ISpeechFinder finder, IReadOnlyList<IReadOnlyList<short[]>> sounds, string folder, CancellationToken ct)
    {
        if (sounds.All(s => s.Count == 0))
            return new bool[sounds.Count];
        var (all, places) = (new List<short>(), new List<(int Of, double From, double To)>());
        foreach (var (of, some) in sounds.Index())
        {
            foreach (var sound in some)
            {
                places.Add((of, Seconds(all.Count), Seconds(all.Count + sound.Length)));
                all.AddRange(sound);
                all.AddRange(new short[PauseSeconds * HeardTrack.SampleRate]);
            }
        }
        var wav = Path.Combine(folder, "proof.wav");
        await new WavFile(HeardTrack.SampleRate, [.. all]).WriteAsync(wav, ct);
        if (await finder.FindAsync(wav, null, ct) is not { } speech)
            return null;
        return [.. sounds.Select((_, of) => places.Any(p => p.Of == of && speech.Any(s => s.Start < p.To && s.End > p.From)))];
    }

    private static double Seconds(int samples) => (double)samples / HeardTrack.SampleRate;
}
