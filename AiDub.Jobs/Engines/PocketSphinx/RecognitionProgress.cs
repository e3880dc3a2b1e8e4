using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines.PocketSphinx;

/// <summary>Adds up what processes that share a recording have done.</summary>
internal sealed class RecognitionProgress(IReadOnlyList<AudioSpan> chunks, IProgress<double> progress)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, double> _open = chunks.Select((c, i) => (c, i))
        .ToDictionary(c => PocketSphinxBatch.Id(c.i), c => c.c.Length);
    private readonly double _total = chunks.Sum(c => c.Length);
    private double _done;

    /// <summary>Whether all chunks are done.</summary>
    public bool IsWhole
    {
        get
        {
            lock (_lock)
                return _open.Count == 0;
        }
    }

    /// <summary>Counts the chunk of an id as done, once.</summary>
    public void Count(string id)
    {
        lock (_lock)
        {
            if (!_open.Remove(id, out var seconds))
                return;
            _done += seconds;
            progress.Report(Math.Min(1, _done / _total));
        }
    }
}
