namespace AiDub.Domain.Estimates;

/// <summary>How long a step of a dub took, or has taken so far.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Seconds">Wall-clock time; 0 or more.</param>
public sealed record StepTime(string Step, double Seconds);

/// <summary>Estimates how long a dub still takes from how long its steps took; pure.</summary>
/// <remarks>
/// How much work a step is beside the others is known beforehand, roughly; how fast this machine and these engines do it is what the done
/// steps and the share of the current one measure. The further a step is, the more its own pace counts.
/// </remarks>
public static class TimeLeft
{
    // Rough shares of a dub's time, in hundredths. What the others take says nothing about the rest: the network's speed, or next to no
    // work.
    private static readonly Dictionary<string, double> Weights = new()
    {
        ["transcribe"] = 60,
        ["speakers"] = 2,
        ["translate"] = 4,
        ["speak"] = 8,
        ["fit"] = 6,
        ["render"] = 20,
    };

    // Less time was no work: a text that was given, say.
    private const double LeastSeconds = 0.2;

    private const double LeastWeight = 4;
    private const double LeastShare = 0.1;
    private const double TrustedShare = 0.2;

    /// <summary>Seconds until the dub is complete, 0 or more; null while too little has been measured.</summary>
    /// <param name="done">The steps that are done.</param>
    /// <param name="current">The step that works, and for how long it has.</param>
    /// <param name="share">The share of the current step that is done, 0–1; 0 also for steps that do not say.</param>
    /// <param name="after">The steps that follow.</param>
    public static double? Estimate(IReadOnlyList<StepTime> done, StepTime current, double share, IReadOnlyList<string> after)
    {
        var measured = done.Where(step => WeightOf(step.Step) > 0 && step.Seconds >= LeastSeconds).ToList();
        var (weight, seconds) = (measured.Sum(step => WeightOf(step.Step)), measured.Sum(step => step.Seconds));
        double? pace = weight >= LeastWeight ? seconds / weight : null;
        if (Rest(current, Math.Clamp(share, 0, 1), pace) is not { } rest)
            return null;

        if (WeightOf(current.Step) > 0)
            (weight, seconds) = (weight + WeightOf(current.Step), seconds + current.Seconds + rest);
        var following = after.Sum(WeightOf);
        if (following == 0)
            return rest;
        return weight >= LeastWeight ? rest + following * seconds / weight : null;
    }

    // What is left of the current step, by its own pace and by that of the others.
    private static double? Rest(StepTime current, double share, double? pace)
    {
        double? own = share > 0 && current.Seconds >= LeastSeconds ? current.Seconds * (1 - share) / share : null;
        if (pace is not { } known)
            return share >= LeastShare ? own : null;
        // A step that takes longer than it should goes on for a while.
        var expected = Math.Max(known * WeightOf(current.Step) - current.Seconds, current.Seconds / 4);
        var trust = own is null ? 0 : Math.Pow(Math.Min(1, share / TrustedShare), 2);
        return trust * (own ?? 0) + (1 - trust) * expected;
    }

    private static double WeightOf(string step) => Weights.GetValueOrDefault(step);
}
