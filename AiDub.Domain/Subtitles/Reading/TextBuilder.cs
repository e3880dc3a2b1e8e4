namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Makes what is said of subtitles: one text after another, each with a speaker, none longer than
/// <see cref="SubtitleParser.MaxTextLength"/>.
/// </summary>
internal sealed class TextBuilder(RepairLog repairs, bool areAsidesSounds)
{
    private readonly List<TimedText> _texts = [];

    /// <summary>The texts of subtitles that are in order of start; those that begin together share their time by their lengths.</summary>
    /// <exception cref="SubtitleFormatException">There are more than <see cref="SubtitleParser.MaxTexts"/>.</exception>
    public static List<TimedText> Build(List<RawCue> cues, RepairLog repairs, CancellationToken ct)
    {
        var builder = new TextBuilder(repairs, cues.Exists(c => c.Lines.Any(l => SoundDescriptions.IsAside(l.Text))));
        for (var first = 0; first < cues.Count;)
        {
            ct.ThrowIfCancellationRequested();
            var end = first + 1;
            while (end < cues.Count && cues[end].Start - cues[first].Start < CueTimes.Together)
                end++;
            builder.Add(cues.GetRange(first, end - first), end < cues.Count ? cues[end].Start : double.MaxValue);
            first = end;
        }
        return builder._texts;
    }

    private void Add(List<RawCue> together, double next)
    {
        var (start, end, line) = (together[0].Start, Math.Min(together.Max(c => c.End), next), together[0].Line);
        var parts = Parts(together.SelectMany(c => c.Lines)).SelectMany(p => Pieces(p, line)).ToList();
        if (_texts.Count + parts.Count > SubtitleParser.MaxTexts)
            throw new SubtitleFormatException(
                line, FormattableString.Invariant($"there are more than {SubtitleParser.MaxTexts} subtitles"));
        var total = parts.Sum(p => (double)p.Weight);
        var said = 0.0;
        foreach (var part in parts)
        {
            var from = start + ((end - start) * said / total);
            said += part.Weight;
            var to = said < total ? start + ((end - start) * said / total) : end;
            if (to > from)
                _texts.Add(
                    new TimedText(from, to, part.Said, part.Speaker) { Caption = part.Caption, IsOtherSpeaker = part.IsOtherSpeaker });
        }
    }

    // Lines that follow each other are one text until another speaks.
    private static IEnumerable<List<CueLine>> Parts(IEnumerable<CueLine> lines)
    {
        List<CueLine> part = [];
        foreach (var line in lines)
        {
            if (part.Count > 0 && (line.IsOtherSpeaker || line.Speaker != part[0].Speaker))
            {
                yield return part;
                part = [];
            }
            part.Add(line);
        }
        if (part.Count > 0)
            yield return part;
    }

    private IEnumerable<Part> Pieces(List<CueLine> lines, int line)
    {
        var shown = string.Join('\n', lines.Select(l => l.Text));
        var said = SaidText.OneLine(SoundDescriptions.Said(shown, areAsidesSounds));
        var caption = SaidText.OneLine(shown) is var all && all == said ? null : all;
        var (speaker, isOther) = (lines[0].Speaker, lines[0].IsOtherSpeaker);
        if (said.Length <= SubtitleParser.MaxTextLength)
            return [new Part(said, caption is null ? null : TextSplitter.Split(caption, SubtitleParser.MaxTextLength).First(), speaker,
                isOther)];
        repairs.Add(line, FormattableString.Invariant($"the text is longer than {SubtitleParser.MaxTextLength} characters and was split"));
        return TextSplitter.Split(said, SubtitleParser.MaxTextLength)
            .Select((piece, i) => new Part(piece, null, speaker, isOther && i == 0));
    }

    private sealed record Part(string Said, string? Caption, string? Speaker, bool IsOtherSpeaker)
    {
        public int Weight => Math.Max(1, Said.Length > 0 ? Said.Length : Caption!.Length);
    }
}
