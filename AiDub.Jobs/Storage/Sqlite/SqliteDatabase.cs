using Microsoft.Data.Sqlite;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>
/// The embedded record store: one SQLite file in the data folder. A new file has its indexes at once; to an older one they are added in the
/// background.
/// </summary>
/// <remarks>
/// It is read through a few connections that stay open, and written through one (<see cref="SqliteWriter"/>), so that a read is not held up
/// by writes, and writes go to the disk together.
/// </remarks>
public sealed class SqliteDatabase : IDisposable
{
    // How long a lock of another program is waited for: who asked is then told to come again, and a dub waits.
    private const int BusySeconds = 2;

    private const int CannotOpen = 14;

    private const int ThereMilliseconds = 100;

    private readonly TimeProvider _clock;
    private readonly string _path;
    private readonly string _connectionString;
    private readonly Lock _making = new();
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;
    private readonly SqliteDamage _damage;
    private volatile bool _isMade;
    private volatile int _opening;
    private long _thereUntil;

    /// <summary>The database in the data folder; its tables are made, or brought up to date, when it is first used.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="clock">Says when the file last took a write that only tried it; null: the system's.</param>
    public SqliteDatabase(DataDirectory data, TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _path = data.File(SqlitePath.FileName);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString();
        _damage = new SqliteDamage(_connectionString);
        _readers = new SqliteReaders(IsOfToday);
        _writer = new SqliteWriter(Open, IsOfToday, TimeSpan.FromSeconds(BusySeconds));
    }

    /// <summary>Opens the file, and makes its tables when they are not there; once is enough.</summary>
    public void Make()
    {
        lock (_making)
        {
            if (!_isMade)
                MakeTables();
            _isMade = true;
        }
    }

    private void MakeTables()
    {
        SqlitePath.ThrowIfTooLong(_path);
        // The journals beside the database get its rights.
        OwnerOnly.File(_path, make: true);
        OwnerOnly.File(_path + "-wal");
        OwnerOnly.File(_path + "-shm");
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        SqliteTables.Make(connection);
    }

    /// <summary>Writes one small row: returns when the file takes writes, and is whole where it was found damaged.</summary>
    public Task ProbeAsync(CancellationToken ct)
    {
        if (_damage.IsNoted)
            _damage.Look(Forget);
        return ExecuteAsync(
            "INSERT INTO health (id, at) VALUES (1, @at) ON CONFLICT (id) DO UPDATE SET at = @at", ct, ("@at", _clock.GetUtcNow()));
    }

    private void Forget()
    {
        Interlocked.Increment(ref _opening);
        _readers.Close();
    }

    /// <summary>Runs a statement that changes rows and returns how many it changed, once that is on the disk.</summary>
    public Task<int> ExecuteAsync(string sql, CancellationToken ct, params (string Name, object? Value)[] parameters) =>
        WriteAsync(session => session.Execute(sql, parameters), ct);

    /// <summary>Runs a statement that changes rows and returns those that it names, once they are on the disk.</summary>
    public Task<List<T>> ChangeAsync<T>(
        string sql, Func<SqliteDataReader, T> read, CancellationToken ct, params (string Name, object? Value)[] parameters) =>
        WriteAsync(session => session.Query(sql, read, parameters), ct);

    /// <summary>Runs a statement that only reads; every row is read before it returns.</summary>
    public Task<List<T>> QueryAsync<T>(
        string sql, Func<SqliteDataReader, T> read, CancellationToken ct, params (string Name, object? Value)[] parameters) =>
        ReadAsync(session => session.Query(sql, read, parameters), ct);

    /// <summary>Reads through a connection of its own.</summary>
    internal Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken ct)
    {
        try
        {
            ct.ThrowIfCancellationRequested();
            ThrowIfGone();
            var session = _readers.TryTake() ?? Open();
            var isWhole = false;
            try
            {
                var result = read(session);
                isWhole = true;
                return Task.FromResult(result);
            }
            finally
            {
                _readers.GiveBack(session, isWhole);
            }
        }
        catch (OperationCanceledException)
        {
            return Task.FromCanceled<T>(ct);
        }
        catch (Exception e)
        {
            _damage.Note(e);
            return Task.FromException<T>(e);
        }
    }

    /// <summary>A row that was read before and has not changed since; false when it has to be read.</summary>
    internal bool TryFindKept<T>(Guid id, out T? row)
        where T : class
    {
        row = null;
        if (_damage.IsNoted || !IsThere() || _readers.TryTake() is not { } session)
            return false;
        var isWhole = false;
        try
        {
            var isKept = session.Kept.TryFind(id, session.Version(), out row);
            isWhole = true;
            return isKept;
        }
        catch (SqliteException)
        {
            // Whoever reads it is told.
            return false;
        }
        finally
        {
            _readers.GiveBack(session, isWhole);
        }
    }

    // Looked up for one of the many who ask so in a moment: a file that was removed is noticed by all others at once.
    private bool IsThere()
    {
        var now = Environment.TickCount64;
        if (now < Volatile.Read(ref _thereUntil))
            return true;
        if (!_isMade || !File.Exists(_path))
            return false;
        Volatile.Write(ref _thereUntil, now + ThereMilliseconds);
        return true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _writer.Dispose();
        _readers.Close();
    }

    /// <summary>Makes a change of several statements, all of them or none; returns once they are on the disk.</summary>
    internal async Task<T> WriteAsync<T>(Func<SqliteSession, T> change, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ThrowIfGone();
        try
        {
            return await _writer.WriteAsync(change, ct);
        }
        catch (SqliteException e) when (_damage.Note(e))
        {
            throw;
        }
    }

    // Through connections that are open a file that was removed can still be written to, and nothing of it would be found again.
    private void ThrowIfGone()
    {
        if (!_isMade)
            Make();
        _damage.ThrowIfNoted();
        if (File.Exists(_path))
            return;
        Forget();
        throw new SqliteException("The database's file is gone.", CannotOpen);
    }

    private SqliteSession Open() => new(_connectionString, _opening);

    private bool IsOfToday(SqliteSession session) => session.Opening == _opening;
}
