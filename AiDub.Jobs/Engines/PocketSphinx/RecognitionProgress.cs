using AiDub.Domain.Speech;

namespace AiDub.Jobs.Engines.PocketSphinx;

/// <summary>Adds up what processes that share a recording have done, from the lines of their logs.</summary>
internal sealed class RecognitionProgress(IReadOnlyList<AudioSpan> chunks, IProgress<double> progress)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, double> _open = chunks.Select((c, i) => (c, i))
        .ToDictionary(c => PocketSphinxBatch.Id(c.i), c => c.c.Length);
    private readonly double _total = chunks.Sum(c => c.Length);
    private double _done;

    /// <summary>Takes a line of a log; a chunk counts once.</summary>
    public void Read(string line)
    {
        if (BatchOutput.ReadFinished(line) is not { } id)
            return;
        lock (_lock)
        {
            if (!_open.Remove(id, out var seconds))
                return;
            _done += seconds;
            progress.Report(Math.Min(1, _done / _total));
        }
    }
}
