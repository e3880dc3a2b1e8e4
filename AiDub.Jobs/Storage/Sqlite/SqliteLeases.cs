using AiDub.Domain.Ports;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>Leases as rows of the embedded database.</summary>
public sealed class SqliteLeases(SqliteDatabase database) : ILeases
{
    /// <inheritdoc />
    public async Task<bool> HoldAsync(string name, Guid holder, DateTimeOffset now, DateTimeOffset until, CancellationToken ct) =>
        await database.ExecuteAsync(
        """
        INSERT INTO leases (name, holder, until) VALUES (@name, @holder, @until)
        ON CONFLICT (name) DO UPDATE SET holder = @holder, until = @until WHERE holder = @holder OR until <= @now OR until > @ahead
        """,
        ct,
        ("@name", name),
        ("@holder", holder),
        ("@now", now),
        ("@until", until),
        ("@ahead", until + ClockLeeway.Most)) == 1;

    /// <inheritdoc />
    public Task ReleaseAsync(string name, Guid holder, CancellationToken ct) => database.ExecuteAsync(
        "DELETE FROM leases WHERE name = @name AND holder = @holder", ct, ("@name", name), ("@holder", holder));
}
