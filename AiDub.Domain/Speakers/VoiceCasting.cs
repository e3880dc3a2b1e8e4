namespace AiDub.Domain.Speakers;

/// <summary>A voice that an engine offers.</summary>
/// <param name="Name">By the engine's own naming.</param>
/// <param name="PitchHz">Its median pitch in Hz; null when it is not known.</param>
/// <param name="Gender">How it sounds; null when that is not known.</param>
public sealed record OfferedVoice(string Name, double? PitchHz, Gender? Gender);

/// <summary>Gives every speaker a voice that is kept throughout.</summary>
/// <remarks>
/// What the user chose comes first. The others are cast among the voices of their gender: whoever speaks lower is given the lower voice, no
/// two share one as long as there are enough, and of all such matchings the one with the least sum of |semitones between speaker and
/// voice|, weighted by how much each speaks, is found by dynamic programming over speakers and voices by pitch. Of an engine that knows no
/// pitch, the voices of a gender go round. Equal input gives equal voices.
/// </remarks>
public static class VoiceCasting
{
    // The first voice is the language's own and sounds best: another must fit better by more than this.
    private const double OwnVoiceSemitones = 3;

    // More than any distance between pitches: voices are shared only when there are too few.
    private const double SharedSemitones = 1000;

    /// <summary>The voice of every speaker by id; null for the engine's default, where nothing is known of its voices.</summary>
    /// <param name="speakers">Who speaks.</param>
    /// <param name="offered">What the engine has for the language, its own voice for it first; may be empty.</param>
    /// <param name="choices">What the user chose, by the names of <see cref="VoiceChoices"/>; null for nothing.</param>
    public static IReadOnlyDictionary<string, string?> Cast(
        IReadOnlyList<Speaker> speakers, IReadOnlyList<OfferedVoice> offered, IReadOnlyDictionary<string, string>? choices)
    {
        var cast = speakers.ToDictionary(s => s.Id, s => VoiceChoices.For(s, choices));
        var usable = offered.Where(v => v.PitchHz is not null).ToList();
        foreach (var group in speakers.Where(s => cast[s.Id] is null && s.PitchHz is not null).GroupBy(s => s.Gender))
        {
            var voices = usable.Where(v => v.Gender == group.Key).ToList();
            var free = voices.Where(v => !cast.ContainsValue(v.Name)).ToList();
            foreach (
                var (id, voice) in Match([.. group], free.Count > 0 ? free : voices.Count > 0 ? voices : usable, offered.FirstOrDefault()))
                cast[id] = voice;
        }
        if (usable.Count == 0)
            Deal(speakers.Where(s => cast[s.Id] is null && s.Gender is not null), offered, cast);
        if (speakers.Count > 1)
            Share(speakers.Where(s => cast[s.Id] is null), offered, cast);
        return cast;
    }

    // Where no voice's pitch is known, those of a speaker's gender go round.
    private static void Deal(IEnumerable<Speaker> speakers, IReadOnlyList<OfferedVoice> offered, Dictionary<string, string?> cast)
    {
        foreach (var group in speakers.GroupBy(s => s.Gender).ToList())
        {
            var voices = offered.Where(v => v.Gender == group.Key).Select(v => v.Name).ToList();
            var free = voices.Where(v => !cast.ContainsValue(v)).ToList();
            foreach (var (place, speaker) in group.Index())
                cast[speaker.Id] = free.Count > 0 ? free[place % free.Count] : voices.FirstOrDefault();
        }
    }

    // Of whom nothing could be measured, each is given another voice, a man's and a woman's in turn, so that they can be told apart.
    private static void Share(IEnumerable<Speaker> unheard, IReadOnlyList<OfferedVoice> offered, Dictionary<string, string?> cast)
    {
        var own = offered.FirstOrDefault();
        var turns = offered.Where(v => v.PitchHz is not null).GroupBy(v => v.Gender != own!.Gender)
            .SelectMany(g => g.Select((voice, place) => (voice.Name, Turn: (2 * place) + (g.Key ? 1 : 0))))
                .OrderBy(v => v.Turn)
                .Select(v => v.Name)
                .ToList();
        var free = turns.Where(v => !cast.ContainsValue(v)).ToList();
        var next = 0;
        foreach (var speaker in unheard.ToList())
            cast[speaker.Id] = free.Count == 0 ? turns.FirstOrDefault() : free[next++ % free.Count];
    }

    private static IEnumerable<(string Speaker, string Voice)> Match(
        IReadOnlyList<Speaker> speakers, IReadOnlyList<OfferedVoice> voices, OfferedVoice? own)
    {
        if (voices.Count == 0)
            return [];
        var low = speakers.OrderBy(s => s.PitchHz).ThenBy(s => s.Id, StringComparer.Ordinal).ToList();
        var lowVoices = voices.OrderBy(v => v.PitchHz).ToList();

        // best[i, j]: the least cost of the first i speakers among the first j voices; the last of them speaks with voice j − 1 where took
        // says so.
        var best = new double[low.Count + 1, lowVoices.Count + 1];
        var took = new (bool Voice, bool Shared)[low.Count + 1, lowVoices.Count + 1];
        for (var i = 1; i <= low.Count; i++)
        {
            best[i, 0] = double.MaxValue;
            for (var j = 1; j <= lowVoices.Count; j++)
            {
                var cost = low[i - 1].Segments * Semitones(low[i - 1], lowVoices[j - 1], own);
                var (alone, shared) = (Sum(best[i - 1, j - 1], cost), Sum(best[i - 1, j], cost + SharedSemitones * low[i - 1].Segments));
                best[i, j] = Math.Min(best[i, j - 1], Math.Min(alone, shared));
                took[i, j] = (best[i, j - 1] > best[i, j], alone > shared);
            }
        }
        return Trace(low, lowVoices, took);
    }

    private static List<(string Speaker, string Voice)> Trace(
        List<Speaker> speakers, List<OfferedVoice> voices, (bool Voice, bool Shared)[,] took)
    {
        var matched = new List<(string Speaker, string Voice)>();
        for (var (i, j) = (speakers.Count, voices.Count); i > 0;)
        {
            if (!took[i, j].Voice)
            {
                j--;
                continue;
            }
            matched.Add((speakers[i - 1].Id, voices[j - 1].Name));
            (i, j) = (i - 1, took[i, j].Shared ? j : j - 1);
        }
        return matched;
    }

    private static double Semitones(Speaker speaker, OfferedVoice voice, OfferedVoice? own) =>
        Math.Abs(12 * Math.Log2(voice.PitchHz!.Value / speaker.PitchHz!.Value)) + (voice == own ? 0 : OwnVoiceSemitones);

    private static double Sum(double a, double b) => a == double.MaxValue ? a : a + b;
}
