using AiDub.Domain.Speech;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>Takes out of captions that roll or grow what the caption before has said already, so that every phrase is said once.</summary>
/// <remarks>
/// Live captions, and YouTube's, show the lines before again while the next is written. Captions are taken for rolling when words carry
/// times of their own, or when of those that follow each other closely half, and at least two, begin with a whole line with which the one
/// before ended.
/// </remarks>
internal static class RollingCaptions
{
    private const double Close = 0.5;
    private const int LeastRepeats = 2;

    /// <summary>The subtitles, in order of start, each phrase in one of them.</summary>
    public static List<RawCue> Unroll(List<RawCue> cues, CancellationToken ct)
    {
        if (!Roll(cues, ct))
            return cues;
        var once = new List<RawCue>(cues.Count);
        for (var i = 0; i < cues.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            var repeated = i == 0 || !IsClose(cues[i - 1], cues[i]) ? 0 : Repeated(cues[i - 1], cues[i]);
            var rest = Without(cues[i].Lines, repeated);
            if (rest.Count > 0)
                once.Add(cues[i] with { Lines = rest });
            else if (once.Count > 0)
                once[^1] = once[^1] with { End = Math.Max(once[^1].End, cues[i].End) };
        }
        return once;
    }

    private static bool Roll(List<RawCue> cues, CancellationToken ct)
    {
        var (close, repeats) = (0, 0);
        for (var i = 1; i < cues.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            if (!IsClose(cues[i - 1], cues[i]))
                continue;
            close++;
            if (Repeated(cues[i - 1], cues[i]) > 0)
                repeats++;
        }
        return cues.Exists(c => c.HasWordTimes) ? repeats > 0 : repeats >= LeastRepeats && 2 * repeats >= close;
    }

    private static bool IsClose(RawCue before, RawCue cue) => cue.Start - before.End < Close;

    // How many words a cue begins with that the one before ended with, a whole line of it at least (the failure function of Knuth, Morris
    // and Pratt).
    private static int Repeated(RawCue before, RawCue cue)
    {
        var ended = Words(before.Lines, out var last);
        var begun = Words(cue.Lines, out _);
        var failure = new int[begun.Count];
        for (var (i, k) = (1, 0); i < begun.Count; i++)
        {
            while (k > 0 && begun[i] != begun[k])
                k = failure[k - 1];
            failure[i] = begun[i] == begun[k] ? ++k : k;
        }
        var matched = 0;
        foreach (var word in ended)
        {
            while (matched > 0 && (matched == begun.Count || begun[matched] != word))
                matched = failure[matched - 1];
            if (begun.Count > 0 && begun[matched] == word)
                matched++;
        }
        return matched >= last ? matched : 0;
    }

    private static List<string> Words(IReadOnlyList<CueLine> lines, out int last)
    {
        var words = new List<string>();
        var before = 0;
        foreach (var line in lines)
        {
            before = words.Count;
            words.AddRange(Words(line.Text));
        }
        last = words.Count - before;
        return words;
    }

    // Where words are written without spaces every character counts as one.
    private static IEnumerable<string> Words(string line) =>
        line.Split(' ').SelectMany(w => w.Length > 0 && Prose.IsUnspaced(w[0]) ? w.Select(c => c.ToString()) : [w]);

    private static List<CueLine> Without(IReadOnlyList<CueLine> lines, int words)
    {
        var rest = new List<CueLine>();
        foreach (var line in lines)
        {
            var here = Words(line.Text).ToList();
            if (words >= here.Count)
            {
                words -= here.Count;
                continue;
            }
            rest.Add(words == 0 ? line : line with { Text = Prose.Join(here.Skip(words)) });
            words = 0;
        }
        return rest;
    }
}
