using System.Buffers;
using AiDub.Domain.Speech;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Parts subtitles that go on after another one has begun and ended within them, as where somebody throws in a word: what is said before
/// it, and what is said behind it. Speech is laid one after another, so all of it would have to be said before the word otherwise.
/// </summary>
internal static class Interruptions
{
    // Less than this is the slack of an end, and not speech that goes on.
    private const double LeastSeconds = 0.5;

    // A full stop with quotes and brackets behind it.
    private const int LongestEnd = 8;

    // Descriptions of sounds and lyrics are left out as a whole, and so are not parted.
    private static readonly SearchValues<char> Marks = SearchValues.Create("[(（【「{*♪♫#");

    /// <summary>
    /// The subtitles with what is interrupted in parts, after sentences; what is one sentence stays as it is, and so does what would have
    /// to be said faster in parts.
    /// </summary>
    /// <param name="cues">In order of start.</param>
    /// <param name="ct">Ends the work.</param>
    public static List<RawCue> Part(List<RawCue> cues, CancellationToken ct)
    {
        var (parted, waiting) = (new List<RawCue>(cues.Count), new PriorityQueue<RawCue, (double Start, int Place)>());
        for (var (next, place) = (0, 0); next < cues.Count || waiting.Count > 0;)
        {
            ct.ThrowIfCancellationRequested();
            var cue = waiting.Count > 0 && (next == cues.Count || waiting.Peek().Start < cues[next].Start)
                ? waiting.Dequeue()
                : cues[next++];

            // Those that begin together share their time by their lengths.
            var isAlone = parted.Count == 0 || cue.Start - parted[^1].Start >= CueTimes.Together;
            if (isAlone && End(cues, next, cue) is { } end && Parted(cue, cues[next], end) is (var before, var behind))
            {
                waiting.Enqueue(behind, (behind.Start, place++));
                cue = before;
            }
            parted.Add(cue);
        }
        return parted;
    }

    // When those end that begin next, and together; null where that is no interruption.
    private static double? End(List<RawCue> cues, int next, RawCue cue)
    {
        if (next == cues.Count || cues[next].Start - cue.Start < CueTimes.Together)
            return null;
        var end = cues[next].End;
        for (var i = next + 1; i < cues.Count && cues[i].Start - cues[next].Start < CueTimes.Together; i++)
            end = Math.Max(end, cues[i].End);
        return cue.End - end >= LeastSeconds ? end : null;
    }

    private static (RawCue Before, RawCue Behind)? Parted(RawCue cue, RawCue thrown, double to)
    {
        var (from, total) = (thrown.Start, cue.Lines.Sum(l => l.Text.Length));
        if (total > SubtitleParser.MaxTextLength || cue.Lines.Any(l => l.Text.AsSpan().ContainsAny(Marks)))
            return null;
        var (best, least, said) = ((Line: -1, At: 0, Said: 0), double.MaxValue, 0);
        foreach (var (i, line) in cue.Lines.Index())
        {
            foreach (var at in SentenceEnds(line.Text))
            {
                if (said + at == total)
                    continue;
                var when = cue.Start + ((cue.End - cue.Start) * (said + at) / total);
                var off = when < from ? from - when : Math.Max(0, when - to);
                if (off < least)
                    (best, least) = ((i, at, said + at), off);
            }
            said += line.Text.Length;
        }
        var fastest = Math.Max(best.Said / (from - cue.Start), (total - best.Said) / (cue.End - to));
        if (best.Line < 0 || fastest >= total / (from - cue.Start))
            return null;
        // Who is not named is told from the other by the change alone.
        var returns = thrown.Lines.Any(l => l.IsOtherSpeaker);
        var (cut, rest) = (cue.Lines[best.Line], cue.Lines[best.Line].Text[best.At..].Trim());
        return (
            cue with { End = from, Lines = [.. cue.Lines.Take(best.Line), cut with { Text = cut.Text[..best.At].Trim() }] },
            cue with
            {
                Start = to,
                Lines =
                [
                    .. rest.Length > 0 ? [cut with { Text = rest, IsOtherSpeaker = returns }] : (CueLine[])[],
                    .. cue.Lines.Skip(best.Line + 1),
                ],
            });
    }

    private static IEnumerable<int> SentenceEnds(string text)
    {
        for (var i = 1; i <= text.Length; i++)
        {
            if (text[i - 1] == ' ' || !(i == text.Length || text[i] == ' ' || Prose.IsUnspaced(text[i - 1])))
                continue;
            if (Prose.EndsSentence(text.AsSpan(Math.Max(0, i - LongestEnd), Math.Min(i, LongestEnd))))
                yield return i;
        }
    }
}
