using System.Text;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Takes out what notes mark as sung: <c>♪ la la ♪</c>, <c>♪ la la</c>, and a song that goes on over lines until its closing note.
/// </summary>
internal static class Songs
{
    /// <summary>The lines of a text without what is sung.</summary>
    public static string Without(string text)
    {
        if (NextNote(text, 0) < 0)
            return text;
        var lines = text.Split('\n');
        var said = new StringBuilder(text.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            var first = NextNote(lines[i], 0);
            if (first < 0)
                said.Append(lines[i]).Append('\n');
            else if (NextNote(lines[i], first + 1) >= 0)
                said.Append(Outside(lines[i])).Append('\n');
            else if (first > 0 && first + NoteLength(lines[i], first) < lines[i].Length)
                said.Append(lines[i], 0, first).Append('\n');
            else if (first == 0)
                i = Closing(lines, i);
        }
        return said.ToString().TrimEnd('\n');
    }

    // The line on which a song ends that begins on this one: the next with a note, if the note ends it.
    private static int Closing(string[] lines, int from)
    {
        for (var i = from + 1; i < lines.Length; i++)
        {
            var note = NextNote(lines[i], 0);
            if (note >= 0)
                return note > 0 && note + NoteLength(lines[i], note) == lines[i].Length ? i : from;
        }
        return from;
    }

    private static string Outside(string line)
    {
        var said = new StringBuilder(line.Length);
        var (at, sung) = (0, false);
        while (NextNote(line, at) is >= 0 and var note)
        {
            if (!sung)
                said.Append(line, at, note - at);
            sung = !sung;
            at = note + NoteLength(line, note);
        }
        if (!sung)
            said.Append(line, at, line.Length - at);
        return said.ToString();
    }

    private static int NextNote(string line, int from)
    {
        for (; from < line.Length; from++)
        {
            if (line[from] is '♪' or '♫' or '♬' or '♩'
                || (line[from] == '\uD83C' && from + 1 < line.Length && line[from + 1] is '\uDFB5' or '\uDFB6'))
                return from;
        }
        return -1;
    }

    private static int NoteLength(string line, int at) => char.IsSurrogate(line[at]) ? 2 : 1;
}
