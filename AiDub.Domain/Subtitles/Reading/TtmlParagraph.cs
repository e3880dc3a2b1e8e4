using System.Text;

namespace AiDub.Domain.Subtitles.Reading;

/// <summary>What a paragraph of TTML says: as one, or where spans of its own times stand apart, in parts.</summary>
internal sealed class TtmlParagraph
{
    // Less is a breath between words, each of which may have a span of its own.
    private const double Apart = 0.5;

    private readonly StringBuilder _said = new();
    private readonly List<(int At, double Begin, double End)> _spans = [];
    private int? _opened;
    private int _depth;
    private bool _hasTextOfItsOwn;

    /// <summary>Takes text.</summary>
    public void Add(string text)
    {
        _said.Append(text);
        _hasTextOfItsOwn |= _depth == 0 && !string.IsNullOrWhiteSpace(text);
    }

    /// <summary>Notes that a span with times of its own begins here.</summary>
    public void Open(double begin, double end)
    {
        _depth++;
        _opened = _said.Length;
        if (!double.IsNaN(begin) && !double.IsNaN(end))
            _spans.Add((_said.Length, begin, end));
    }

    /// <summary>Notes that it ends here: one of several words is no syllable, and what stands before it another word.</summary>
    public void Close()
    {
        _depth--;
        if (_opened is not { } at)
            return;
        _opened = null;
        var isPhrase = _said.ToString(at, _said.Length - at).Trim().Contains(' ');
        if (isPhrase && at > 0 && char.IsLetterOrDigit(_said[at]) && !char.IsWhiteSpace(_said[at - 1])
            && _said[at - 1] is not ('\'' or '’'))
            _said.Insert(at, ' ');
    }

    /// <summary>
    /// What is said from when to when, each part where all before it are over; as one where something is said outside its spans, or one of
    /// them lies outside its time, as where their times are not counted from its beginning.
    /// </summary>
    /// <param name="begin">When the paragraph begins, in seconds.</param>
    /// <param name="end">When it ends.</param>
    public IEnumerable<(double Begin, double End, string Text)> Parts(double begin, double end)
    {
        if (_spans.Count == 0 || _hasTextOfItsOwn || double.IsNaN(begin) || _spans.Exists(span => span.Begin >= end))
        {
            yield return (begin, end, _said.ToString());
            yield break;
        }
        var (at, from, until) = (0, _spans[0].Begin, _spans[0].End);
        foreach (var span in _spans.Skip(1))
        {
            if (span.Begin >= until + Apart)
            {
                yield return (from, until, _said.ToString(at, span.At - at));
                (at, from) = (span.At, span.Begin);
            }
            until = Math.Max(until, span.End);
        }
        yield return (from, until, _said.ToString(at, _said.Length - at));
    }
}
