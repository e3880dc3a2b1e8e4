namespace AiDub.Domain.Subtitles.Reading;

/// <summary>Notes what is mended while a file is read; a line is told of once for one thing.</summary>
internal sealed class RepairLog
{
    private readonly SortedDictionary<int, string> _first = [];
    private readonly HashSet<int> _lines = [];

    /// <summary>How many frames were supposed to make a second, where a file counts in them and does not say; else null.</summary>
    public double? SupposedRate { get; set; }

    /// <summary>Notes a repair.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <param name="what">What was done, for a person.</param>
    public void Add(int line, string what)
    {
        if (!_lines.Add(line))
            return;
        _first[line] = what;
        if (_first.Count > SubtitleReading.MaxRepairs)
            _first.Remove(_first.Keys.Max());
    }

    /// <summary>The reading of texts with these repairs.</summary>
    public SubtitleReading Of(IReadOnlyList<TimedText> texts) =>
        new(texts, [.. _first.Select(r => new TextRepair(r.Key, r.Value))], _lines.Count) { SupposedRate = SupposedRate };
}
