using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;

namespace AiDub.Tests.Jobs.Outages;

/// <summary>
/// Calls of one method that their caller gives up waiting for, and that reach the store later; whatever else is called reaches it at once.
/// </summary>
/// <param name="method">The method.</param>
/// <param name="away">What else reaches nothing while the store is away.</param>
internal sealed class LateCalls(string method, params IReadOnlyList<string> away) : PortCalls
{
    private readonly List<Func<Task>> _onTheWay = [];

    /// <summary>Whether the store is away.</summary>
    public bool IsAway { get; set; } = true;

    public override Task<T> CallAsync<T>(string called, Func<CancellationToken, Task<T>> call, CancellationToken ct)
    {
        if (!IsAway || (called != method && !away.Contains(called)))
            return call(ct);
        if (called == method)
            _onTheWay.Add(() => call(CancellationToken.None));
        throw new TransientDubException("The store did not answer.") { Outage = new Outage(Dependency.Records) };
    }

    /// <summary>Has what is on its way arrive.</summary>
    public async Task ArriveAsync()
    {
        Assert.That(_onTheWay, Is.Not.Empty);
        foreach (var call in _onTheWay)
            await call();
    }
}
