using System.Text;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>
/// Reads formats of blocks that a line with a time begins: SubRip, WebVTT, YouTube's SBV, and the lines that Whisper prints.
/// </summary>
/// <remarks>
/// Of WebVTT that was sent in pieces (HLS) each piece may begin with a header whose <c>X-TIMESTAMP-MAP</c> says where its clock stands; the
/// first piece's is taken for the video's.
/// </remarks>
internal sealed class BlockReader
{
    private static readonly string[] VttBlocks = ["NOTE", "STYLE", "REGION"];

    private readonly List<TextLine> _lines;
    private readonly RepairLog _repairs;
    private readonly bool _isVtt;
    private readonly List<RawCue> _cues = [];
    private readonly List<StringBuilder> _texts = [];
    private double _offset;
    private double? _firstMap;

    private BlockReader(List<TextLine> lines, RepairLog repairs)
    {
        (_lines, _repairs) = (lines, repairs);
        _isVtt = IsHeader(lines.Find(l => !l.IsBlank).Text ?? "");
    }

    /// <summary>The subtitles in the order of the file.</summary>
    /// <exception cref="SubtitleFormatException">There is none, but something that is none.</exception>
    public static List<RawCue> Read(List<TextLine> lines, RepairLog repairs, CancellationToken ct)
    {
        var reader = new BlockReader(lines, repairs);
        reader.Read(ct);
        if (reader._cues.Count == 0 && lines.Find(l => !l.IsBlank && !reader.IsApart(l.Text)) is { Text: not null } first)
            throw new SubtitleFormatException(
                reader.FirstTime() ?? first.Number, "a time is expected, such as 00:00:01,000 --> 00:00:02,500");
        return [.. reader._cues.Zip(reader._texts, (cue, text) => Complete(cue, text.ToString()))];
    }

    private static RawCue Complete(RawCue cue, string text) =>
        cue with { Lines = CueMarkup.ToLines(text), HasWordTimes = CueMarkup.HasWordTimes(text) };

    private void Read(CancellationToken ct)
    {
        for (var at = 0; at < _lines.Count;)
        {
            ct.ThrowIfCancellationRequested();
            var line = _lines[at];
            if (line.IsBlank)
                at++;
            else if (IsHeader(line.Text))
                at = ReadHeader(at);
            else if (_isVtt && !IsTiming(at) && IsApart(line.Text))
                at = SkipBlock(at);
            else if (IsTiming(at))
                at = ReadCue(at);
            else if ((_isVtt && IsTiming(at + 1)) || (IsIndex(at) && !IsMeantAsTime(at)))
                at++;
            else
                at = ReadStray(at);
        }
    }

    private int ReadHeader(int at)
    {
        if (_cues.Count > 0)
            _repairs.Add(_lines[at].Number, "a second header was passed over");
        var end = SkipBlock(at);
        for (; at < end; at++)
        {
            if (TimestampMap.TryParse(_lines[at].Text) is not { } map)
                continue;
            _firstMap ??= map;
            _offset = map - _firstMap.Value;
        }
        return end;
    }

    // Returns the line after the cue.
    private int ReadCue(int at)
    {
        var line = _lines[at];
        CueTiming.TryParse(line.Text, _isVtt, out var timing);
        var said = new StringBuilder(timing.Text);
        var first = ++at;
        at = TakeText(at, said);
        if (said.Length == 0 && NextText(at) is { } later)
        {
            _repairs.Add(_lines[later].Number, "a blank line before it was passed over");
            at = TakeText(later, said);
        }
        var (start, end) = (timing.Start + _offset, timing.End + _offset);
        if (!timing.IsUsual)
            _repairs.Add(line.Number, "the time is not written as it should be");
        if (start < 0)
            _repairs.Add(line.Number, "the time is before the start");
        if (double.IsNaN(start))
            start = Math.Max(0, end - Reading(said.Length));
        _cues.Add(new RawCue(line.Number, Math.Max(0, start), end, []));
        _texts.Add(said);
        return Math.Max(at, first);
    }

    // Text without a time belongs to the subtitle before: a blank line came between. What was meant to be a time and is none is left out
    // with its text.
    private int ReadStray(int at)
    {
        var line = _lines[at];
        if (IsMeantAsTime(at) || _cues.Count == 0)
        {
            _repairs.Add(line.Number, IsMeantAsTime(at) ? "left out: no time can be read" : "left out: there is no time before it");
            do
                at++;
            while (at < _lines.Count && !Ends(at) && !BeginsCue(at));
            return at;
        }
        _repairs.Add(line.Number, "a blank line before it was passed over");
        return TakeText(at, _texts[^1]);
    }

    private int TakeText(int at, StringBuilder said)
    {
        for (; at < _lines.Count && !Ends(at) && !BeginsCue(at) && !IsHeader(_lines[at].Text); at++)
        {
            if (!_lines[at].IsBlank)
                said.Append(said.Length > 0 ? "\n" : "").Append(_lines[at].Text);
        }
        return at;
    }

    private int? NextText(int at)
    {
        while (at < _lines.Count && _lines[at].IsBlank)
            at++;
        var isText = at < _lines.Count
            && !BeginsCue(at)
            && !IsMeantAsTime(at)
            && !IsApart(_lines[at].Text)
            && !(_isVtt && IsTiming(at + 1));
        return isText ? at : null;
    }

    private int SkipBlock(int at)
    {
        while (at < _lines.Count && !_lines[at].IsBlank)
            at++;
        return at;
    }

    // A line of spaces ends nothing in WebVTT: captions that roll hold such lines.
    private bool Ends(int at) => _isVtt ? _lines[at].Text.Length == 0 : _lines[at].IsBlank;

    private bool BeginsCue(int at) => IsTiming(at) || IsIndex(at);

    // A number before a time; a blank line stands between them where every line of the file has one after it.
    private bool IsIndex(int at)
    {
        if (!IsNumber(_lines[at].Text) || at + 1 == _lines.Count)
            return false;
        var next = _lines[at + 1].IsBlank && (at == 0 || _lines[at - 1].IsBlank) ? at + 2 : at + 1;
        return IsTiming(next) || IsMeant(next);
    }

    private bool IsMeantAsTime(int at) => IsMeant(at) || (IsNumber(_lines[at].Text) && IsMeant(at + 1) && !IsTiming(at + 1));

    private bool IsMeant(int at) => at < _lines.Count && CueTiming.IsMeant(_lines[at].Text);

    private bool IsTiming(int at) => at < _lines.Count && CueTiming.TryParse(_lines[at].Text, _isVtt, out _);

    private int? FirstTime() =>
        _lines.Find(l => l.Text is not null && CueTiming.IsMeant(l.Text)) is { Text: not null } line ? line.Number : null;

    private bool IsApart(string line) => IsHeader(line) || (_isVtt && VttBlocks.Any(b => BeginsWith(line, b, StringComparison.Ordinal)));

    private static bool IsHeader(string line) => BeginsWith(line, "WEBVTT", StringComparison.OrdinalIgnoreCase);

    private static bool BeginsWith(string line, string word, StringComparison comparison) =>
        line.StartsWith(word, comparison) && (line.Length == word.Length || line[word.Length] == ' ');

    private static bool IsNumber(string line) =>
        line.AsSpan().Trim() is { Length: > 0 and < 10 } text && !text.ContainsAnyExceptInRange('0', '9');

    private static double Reading(int characters) => CueTimes.SecondsToRead(characters);
}
