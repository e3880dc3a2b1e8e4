namespace AiDub.Domain.Speakers;

/// <summary>Who speaks in a source, and when.</summary>
/// <param name="Speakers">In the order in which they first speak; empty when nobody does.</param>
/// <param name="Segments">The id of the speaker of every segment of the transcript.</param>
public sealed record SpeakerMap(IReadOnlyList<Speaker> Speakers, IReadOnlyList<string> Segments)
{
    /// <summary>The map of a transcript.</summary>
    /// <param name="prints">The voice of every segment; null where none was found.</param>
    /// <param name="known">The speaker of every segment as the recogniser heard them or a text names them; null where they do not
    /// say.</param>
    /// <param name="others">Whether somebody else speaks than in the segment before, where a text says so; null when none does.</param>
    /// <remarks>
    /// Names are believed. Segments without one go by their voices: to the name that most segments of the same voice have, else to a
    /// speaker of their own; without a voice they are the speaker's before them. Where a text says that another speaks, another does.
    /// </remarks>
    public static SpeakerMap Of(IReadOnlyList<VoicePrint?> prints, IReadOnlyList<string?> known, IReadOnlyList<bool>? others = null)
    {
        var labels = InOrder(Turned(known.All(k => k is not null) ? Numbered(known) : Merged(prints, known), known, others));
        var speakers = labels.Zip(prints).GroupBy(pair => pair.First).OrderBy(g => g.Key).Select(g =>
        {
            var pitch = Median([.. g.Select(pair => pair.Second).OfType<VoicePrint>()]);
            return new Speaker(Id(g.Key), pitch, Speaker.GenderOf(pitch), g.Count());
        });
        return new SpeakerMap([.. speakers], [.. labels.Select(Id)]);
    }

    private static string Id(int number) => FormattableString.Invariant($"S{number + 1}");

    private static int[] Numbered(IReadOnlyList<string?> names)
    {
        var numbers = new Dictionary<string, int>();
        return [.. names.Select(name => name is null ? -1 : numbers.TryAdd(name, numbers.Count) ? numbers.Count - 1 : numbers[name])];
    }

    private static int[] Merged(IReadOnlyList<VoicePrint?> prints, IReadOnlyList<string?> known)
    {
        var labels = Numbered(known);
        var voices = SpeakerDiarization.Group(prints);
        if (labels.All(l => l < 0))
            return [.. voices];
        var count = labels.Max() + 1;
        var named = Enumerable.Range(0, labels.Length)
            .Where(i => labels[i] >= 0 && prints[i] is not null)
            .ToLookup(i => voices[i], i => labels[i])
            .ToDictionary(g => g.Key, g => g.CountBy(label => label).MaxBy(c => c.Value).Key);
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] >= 0)
                continue;
            if (prints[i] is null && i > 0)
                labels[i] = labels[i - 1];
            else if (prints[i] is not null)
                labels[i] = named.TryGetValue(voices[i], out var name) ? name : count + voices[i];
            else
                labels[i] = labels.First(l => l >= 0);
        }
        return labels;
    }

    // Where another speaks it is who spoke before, else somebody new; whoever sounds the same after that goes on as that speaker.
    private static int[] Turned(int[] heard, IReadOnlyList<string?> known, IReadOnlyList<bool>? others)
    {
        if (others is null || !others.Contains(true))
            return heard;
        var labels = heard.ToArray();
        var earlier = -1;
        for (var i = 1; i < labels.Length; i++)
        {
            var last = labels[i - 1];
            if (known[i] is null && others[i] && heard[i] == last)
                labels[i] = earlier >= 0 ? earlier : heard.Max() + 1;
            else if (known[i] is null && !others[i] && heard[i] == heard[i - 1])
                labels[i] = last;
            if (labels[i] != last)
                earlier = last;
        }
        return labels;
    }

    private static List<int> InOrder(int[] labels)
    {
        var numbers = new Dictionary<int, int>();
        return [.. labels.Select(label => numbers.TryAdd(label, numbers.Count) ? numbers.Count - 1 : numbers[label])];
    }

    // Each segment's median counts as long as it is voiced.
    private static double? Median(IReadOnlyList<VoicePrint> prints)
    {
        var (half, sum) = (prints.Sum(p => p.VoicedSeconds) / 2, 0.0);
        foreach (var print in prints.OrderBy(p => p.PitchHz))
        {
            sum += print.VoicedSeconds;
            if (sum >= half)
                return Math.Round(print.PitchHz, 1);
        }
        return null;
    }
}
