namespace AiDub.Domain.Estimates;

/// <summary>A time that counts down by the clock and leans towards the newest estimate, so that it does not jump with each.</summary>
/// <param name="Seconds">Seconds left, 0 or more; null while nothing is known.</param>
/// <param name="At">When that was, in seconds on any clock that does not go back.</param>
public sealed record SteadyCountdown(double? Seconds, double At)
{
    // After this many seconds, two thirds of the way to a new estimate are gone.
    private const double LagSeconds = 5;

    /// <summary>Nothing is known yet.</summary>
    public static SteadyCountdown Unknown { get; } = new(null, 0);

    /// <summary>The time left at <paramref name="now"/>, given an estimate of it; as the estimate when it is the first.</summary>
    public SteadyCountdown Next(double? estimate, double now)
    {
        if (estimate is not { } target || Seconds is not { } before)
            return new SteadyCountdown(estimate, now);
        var passed = Math.Max(0, now - At);
        var counted = Math.Max(0, before - passed);
        return new SteadyCountdown(counted + (1 - Math.Exp(-passed / LagSeconds)) * (target - counted), now);
    }
}
