namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Finds where another begins to speak: at one of several dialogue dashes, at <c>&gt;&gt;</c>, at a label; none of them is said.
/// </summary>
internal static class SpeakerTurns
{
    private const string Enders = ".?!…？！。";

    /// <summary>The subtitles with their lines parted by who speaks, and without what says so.</summary>
    public static List<RawCue> Find(List<RawCue> cues)
    {
        var parted = cues.ConvertAll(c => c with { Lines = Parted(c.Lines) });
        var labels = SpeakerLabels.Of(parted.SelectMany(c => c.Lines.Select(l => l.Text)));
        return parted.ConvertAll(c => c with { Lines = Labelled(c.Lines, labels) });
    }

    private static List<CueLine> Parted(IReadOnlyList<CueLine> lines)
    {
        var parted = new List<CueLine>(lines.Count);
        var dashes = lines.Count(l => Dash(l.Text, areSeveral: true) > 0);
        foreach (var line in lines)
        {
            var dash = Dash(line.Text, dashes > 1);
            var isFirst = true;
            foreach (var piece in Pieces(line.Text[dash..], isDialogue: dash > 0))
            {
                var chevrons = piece.Length - piece.TrimStart('>').Length;
                var said = (chevrons > 1 ? piece[chevrons..] : piece).Trim();
                var isOther = chevrons > 1 || !isFirst || (dash > 0 && dashes > 1);
                isFirst = false;
                if (said.Length > 0)
                    parted.Add(new CueLine(said, line.Speaker, isOther));
            }
        }
        return parted;
    }

    // A line on which two speak: "- Who? - You.", ">> Hello. >> Hi."
    private static IEnumerable<string> Pieces(string line, bool isDialogue)
    {
        var begin = 0;
        for (var i = 1; i < line.Length - 2; i++)
        {
            if (line[i - 1] != ' ')
                continue;
            var isChevrons = line[i] == '>' && line[i + 1] == '>';
            var isDash = isDialogue && IsDash(line[i]) && i > 1 && Enders.Contains(line[i - 2]) && !char.IsDigit(line[i + 1]);
            if (!isChevrons && !isDash)
                continue;
            yield return line[begin..i];
            begin = isDash ? i + 1 : i;
            while (isChevrons && i < line.Length - 2 && line[i] == '>')
                i++;
        }
        yield return line[begin..];
    }

    // How long the dash is that begins a line, with its space. Before a digit it may be a minus, unless other lines begin with dashes too.
    private static int Dash(string line, bool areSeveral)
    {
        var length = 0;
        while (length < line.Length && IsDash(line[length]))
            length++;
        if (length == 0 || length == line.Length)
            return 0;
        while (length < line.Length && line[length] == ' ')
            length++;
        return length < line.Length && char.IsDigit(line[length]) && line[length - 1] != ' ' && !areSeveral ? 0 : length;
    }

    private static bool IsDash(char c) => c is '-' or '‐' or '‑' or '–' or '—' or '―' or '－' or '−';

    private static List<CueLine> Labelled(IReadOnlyList<CueLine> lines, SpeakerLabels labels)
    {
        var labelled = new List<CueLine>(lines.Count);
        string? speaker = null;
        var isOther = false;
        foreach (var line in lines)
        {
            var (name, said) = labels.Split(line.Text);
            if (name is not null || line.IsOtherSpeaker)
                speaker = name;
            isOther |= line.IsOtherSpeaker;
            if (said.Length == 0)
                continue;
            labelled.Add(new CueLine(said, line.Speaker ?? speaker, isOther));
            isOther = false;
        }
        return labelled;
    }
}
