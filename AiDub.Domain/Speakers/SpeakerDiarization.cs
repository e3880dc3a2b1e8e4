namespace AiDub.Domain.Speakers;

/// <summary>Finds how many speakers there are and who speaks which segment.</summary>
/// <remarks>
/// Agglomerative clustering: every segment begins as a speaker of its own, and the two most alike are joined until no two are less than one
/// speaker apart (<see cref="VoiceCluster.Difference"/>). The unit is the scatter within segments, which the recording itself tells.
/// Then every segment goes to the speaker it is nearest to. Memory grows with the number of segments, time with its square.
/// </remarks>
public static class SpeakerDiarization
{
    private const double LeastVariance = 1e-3;
    private const int Rounds = 3;

    /// <summary>The speaker of every segment, numbered from 0 in the order in which they first speak.</summary>
    /// <param name="prints">The voice of every segment; null where none was found: such a segment is the speaker's before it.</param>
    /// <param name="rules">When voices count as two speakers'; null for the defaults.</param>
    public static IReadOnlyList<int> Group(IReadOnlyList<VoicePrint?> prints, SpeakerRules? rules = null)
    {
        rules ??= new SpeakerRules();
        var clear = Enumerable.Range(0, prints.Count).Where(i => prints[i]?.VoicedSeconds >= rules.LeastVoicedSeconds).ToList();
        if (clear.Count == 0)
            clear = [.. Enumerable.Range(0, prints.Count).Where(i => prints[i] is not null)];
        if (clear.Count == 0)
            return new int[prints.Count];
        var variances = Variances([.. clear.Select(i => prints[i]!)]);
        var voices = clear.Select(i => VoiceCluster.Of(prints[i]!)).ToArray();
        var speakers = Refine(voices, Join(voices, variances, rules), variances, rules);
        return InOrder([.. prints.Select(p => p is null ? -1 : Nearest(VoiceCluster.Of(p), speakers, variances, rules))]);
    }

    private static double[] Variances(IReadOnlyList<VoicePrint> prints) =>
    [
        .. Enumerable.Range(0, prints[0].Timbre.Count).Select(k => Math.Max(
            LeastVariance, prints.Sum(p => p.VoicedSeconds * p.TimbreVariance[k]) / prints.Sum(p => p.VoicedSeconds))),
    ];

    // Every cluster knows the one after it that is most like it, so that nothing as large as a table of all pairs is kept.
    private static List<VoiceCluster> Join(VoiceCluster[] voices, double[] variances, SpeakerRules rules)
    {
        var clusters = voices.ToArray<VoiceCluster?>();
        var nearest = new (int Other, double Difference)[clusters.Length];
        for (var i = 0; i < clusters.Length; i++)
            nearest[i] = Find(i);
        while (true)
        {
            var a = 0;
            for (var i = 1; i < clusters.Length; i++)
                a = nearest[i].Difference < nearest[a].Difference ? i : a;
            if (nearest[a].Difference > 1)
                return [.. clusters.OfType<VoiceCluster>()];
            var b = nearest[a].Other;
            (clusters[a], clusters[b]) = (VoiceCluster.Joined(clusters[a]!, clusters[b]!), null);
            nearest[b] = (b, double.MaxValue);
            for (var i = 0; i < clusters.Length; i++)
            {
                if (clusters[i] is null || i > b)
                    continue;
                if (i == a || nearest[i].Other == a || nearest[i].Other == b)
                    nearest[i] = Find(i);
                else if (i < a
                    && VoiceCluster.Difference(clusters[i]!, clusters[a]!, variances, rules) is var d
                    && d < nearest[i].Difference)
                    nearest[i] = (a, d);
            }
        }

        (int Other, double Difference) Find(int i)
        {
            var best = (i, double.MaxValue);
            for (var j = i + 1; j < clusters.Length; j++)
            {
                if (clusters[j] is not null
                    && VoiceCluster.Difference(clusters[i]!, clusters[j]!, variances, rules) is var d
                    && d < best.MaxValue)
                    best = (j, d);
            }
            return best;
        }
    }

    // What was joined early, on little evidence, may turn out to be nearer to another speaker.
    private static List<VoiceCluster> Refine(VoiceCluster[] voices, List<VoiceCluster> speakers, double[] variances, SpeakerRules rules)
    {
        for (var round = 0; round < Rounds; round++)
            speakers = [
                .. voices.GroupBy(v => Nearest(v, speakers, variances, rules))
                    .OrderBy(g => g.Key)
                    .Select(g => g.Aggregate(VoiceCluster.Joined))];
        return speakers;
    }

    private static int Nearest(VoiceCluster voice, List<VoiceCluster> speakers, double[] variances, SpeakerRules rules) =>
        Enumerable.Range(0, speakers.Count).MinBy(s => VoiceCluster.Difference(voice, speakers[s], variances, rules));

    private static List<int> InOrder(int[] found)
    {
        var numbers = new Dictionary<int, int>();
        var last = found.FirstOrDefault(f => f >= 0, 0);
        var labels = new List<int>(found.Length);
        foreach (var speaker in found)
        {
            last = speaker < 0 ? last : speaker;
            numbers.TryAdd(last, numbers.Count);
            labels.Add(numbers[last]);
        }
        return labels;
    }
}
