namespace AiDub.Domain.Estimates;

/// <summary>How long a step of a dub took, or has taken so far.</summary>
/// <param name="Weight">Roughly how much work it is beside the others; 0 when how long it takes says nothing about them.</param>
/// <param name="Seconds">Wall-clock time; 0 or more.</param>
public sealed record StepTime(double Weight, double Seconds);

/// <summary>Estimates how long a dub still takes from how long its steps took; pure.</summary>
/// <remarks>
/// How much work a step is beside the others is known beforehand, roughly; how fast this machine and these engines do it is what the done
/// steps and the share of the current one measure. The further a step is, the more its own pace counts.
/// </remarks>
public static class TimeLeft
{
    // Less time was no work: a text that was given, say.
    private const double LeastSeconds = 0.2;

    private const double LeastWeight = 4;
    private const double LeastShare = 0.1;
    private const double TrustedShare = 0.2;

    /// <summary>Seconds until the dub is complete, 0 or more; null while too little has been measured.</summary>
    /// <param name="done">The steps that are done.</param>
    /// <param name="current">The step that works, and for how long it has.</param>
    /// <param name="share">The share of the current step that is done, 0–1; 0 also for steps that do not say.</param>
    /// <param name="after">The weight of the steps that follow.</param>
    public static double? Estimate(IReadOnlyList<StepTime> done, StepTime current, double share, double after)
    {
        var measured = done.Where(step => step.Weight > 0 && step.Seconds >= LeastSeconds).ToList();
        var (weight, seconds) = (measured.Sum(step => step.Weight), measured.Sum(step => step.Seconds));
        double? pace = weight >= LeastWeight ? seconds / weight : null;
        if (Rest(current, Math.Clamp(share, 0, 1), pace) is not { } rest)
            return null;

        if (current.Weight > 0)
            (weight, seconds) = (weight + current.Weight, seconds + current.Seconds + rest);
        if (after == 0)
            return rest;
        return weight >= LeastWeight ? rest + after * seconds / weight : null;
    }

    // What is left of the current step, by its own pace and by that of the others.
    private static double? Rest(StepTime current, double share, double? pace)
    {
        double? own = share > 0 && current.Seconds >= LeastSeconds ? current.Seconds * (1 - share) / share : null;
        if (pace is not { } known)
            return share >= LeastShare ? own : null;
        // A step that takes longer than it should goes on for a while.
        var expected = Math.Max(known * current.Weight - current.Seconds, current.Seconds / 4);
        var trust = own is null ? 0 : Math.Pow(Math.Min(1, share / TrustedShare), 2);
        return trust * (own ?? 0) + (1 - trust) * expected;
    }
}
