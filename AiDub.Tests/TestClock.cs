namespace AiDub.Tests;

/// <summary>
/// A clock that stands still until it is moved, whose timers run all the same: for what waits in real time beside what it reads of the
/// clock. <see cref="Samples.Clock"/> is for everything else.
/// </summary>
internal sealed class TestClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
