namespace AiDub.Jobs.Outages;

/// <summary>
/// That somebody waits for an answer, so that no call of a store may take long; it goes with the work that is begun for him.
/// </summary>
public static class HurriedCalls
{
    private static readonly AsyncLocal<TimeSpan?> Current = new();

    /// <summary>How long one call may take; null: as long as it takes.</summary>
    internal static TimeSpan? Limit => Current.Value;

    /// <summary>Limits the calls of what is begun from here on.</summary>
    public static void Begin(TimeSpan limit) => Current.Value = limit;

    /// <summary>Begins work whose end nobody waits for, so that its calls may take as long as they do.</summary>
    /// <param name="begin">Begins it.</param>
    public static Task Unhurried(Func<Task> begin)
    {
        var before = Current.Value;
        Current.Value = null;
        try
        {
            return begin();
        }
        finally
        {
            Current.Value = before;
        }
    }
}
