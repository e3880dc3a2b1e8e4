namespace AiDub.Jobs.Dubbing.Attempts;

/// <summary>The highest percent of a dub that was told, from whichever thread.</summary>
internal sealed class RisingPercent(int percent)
{
    private int _highest = percent;

    public int Highest => Volatile.Read(ref _highest);

    public void Report(int percent)
    {
        var seen = Highest;
        while (percent > seen)
        {
            var before = Interlocked.CompareExchange(ref _highest, percent, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
