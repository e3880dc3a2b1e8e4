namespace AiDub.Domain.Ports;

/// <summary>How far ahead a recorded time may lie, so that nobody waits for one that was recorded before a clock was put back.</summary>
public static class ClockLeeway
{
    /// <summary>
    /// By how much longer than it could be meant a time must lie ahead to be taken for one of a clock that has been put back since. More
    /// than the longest pause before a retry, and than clocks of one fleet may be apart.
    /// </summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(15);
}
