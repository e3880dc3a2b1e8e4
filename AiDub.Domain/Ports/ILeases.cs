namespace AiDub.Domain.Ports;

/// <summary>Leases by name: of all processes that share the records, one at most holds each.</summary>
public interface ILeases
{
    /// <summary>
    /// Takes a lease, or keeps it, until a time; it may be taken from a holder whose time has passed, or ends later than
    /// <paramref name="until"/> by more than <see cref="ClockLeeway.Most"/>: the clock was put back since.
    /// </summary>
    /// <param name="name">What is leased.</param>
    /// <param name="holder">Who asks.</param>
    /// <param name="now">Now.</param>
    /// <param name="until">Until when.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Whether <paramref name="holder"/> has it.</returns>
    Task<bool> HoldAsync(string name, Guid holder, DateTimeOffset now, DateTimeOffset until, CancellationToken ct);

    /// <summary>Gives a lease up before its time; one that another holds is left to it.</summary>
    Task ReleaseAsync(string name, Guid holder, CancellationToken ct);
}
