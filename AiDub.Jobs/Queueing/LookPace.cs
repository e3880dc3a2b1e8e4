namespace AiDub.Jobs.Queueing;

/// <summary>How long a worker that found nothing waits before it looks again; pure.</summary>
/// <remarks>
/// Where nobody tells it of new dubs, it looks often as long as there was something to do a moment ago, and seldom afterwards: an idle
/// fleet costs its store next to nothing, and a busy one begins dubs at once.
/// </remarks>
public static class LookPace
{
    /// <summary>Between looks while dubs come in.</summary>
    public static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(50);

    /// <summary>Between looks while none do.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    /// <summary>Between looks of a process that is told of new dubs, should it have missed one.</summary>
    public static readonly TimeSpan Told = TimeSpan.FromMinutes(1);

    /// <summary>For how long after the last dub a process counts as busy.</summary>
    public static readonly TimeSpan Busyness = TimeSpan.FromSeconds(10);

    /// <summary>The wait.</summary>
    /// <param name="sinceLast">How long ago this process last had a dub to begin.</param>
    /// <param name="isTold">Whether it is told of new dubs.</param>
    /// <param name="untilNext">Until the next dub may be taken that waits already; null when none does.</param>
    public static TimeSpan Of(TimeSpan sinceLast, bool isTold, TimeSpan? untilNext)
    {
        var wait = isTold ? Told : sinceLast < Busyness ? Busy : Idle;
        return untilNext is { } next && next < wait ? next < Busy ? Busy : next : wait;
    }
}
