using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>
/// Writes for everybody in this process, in the order in which they ask: what is asked for while one transaction is on its way to the disk
/// goes there together in the next. Each caller is told once what he wrote is on the disk, or what it failed with.
/// </summary>
/// <param name="open">Opens the connection that is written through; called again after a failure.</param>
/// <param name="isOfToday">Whether a connection is to the file that is there now.</param>
/// <param name="patience">How long the lock of another program is waited for, from when a caller asked.</param>
internal sealed class SqliteWriter(Func<SqliteSession> open, Func<SqliteSession, bool> isOfToday, TimeSpan patience) : IDisposable
{
    // As many as a transaction can hold without those who ask next having to wait long.
    private const int MostAtOnce = 256;

    private const int Busy = 5;

    // The rest of a result code says more than is asked here.
    private const int PrimaryCode = 0xff;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentQueue<SqliteWrite> _asked = [];
    private readonly Lock _session = new();
    private SqliteSession? _kept;
    private bool _isDisposed;
    private int _isWriting;

    /// <summary>Makes a change; returns once it is on the disk.</summary>
    /// <param name="change">Runs its statements: all of them count, or none.</param>
    /// <param name="ct">Takes it back while it waits for its turn; one that has begun is waited for.</param>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> change, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var write = new SqliteWrite<T>(change);
        _asked.Enqueue(write);
        if (Interlocked.Exchange(ref _isWriting, 1) == 0)
            _ = Task.Run(WriteAllAsync, CancellationToken.None);
        await using (ct.UnsafeRegister(static (state, token) => ((SqliteWrite)state!).TryWithdraw(token), write))
            return await write.Written;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_session)
        {
            _isDisposed = true;
            if (Volatile.Read(ref _isWriting) == 0)
                Close();
        }
    }

    private async Task WriteAllAsync()
    {
        do
        {
            while (Take() is { Count: > 0 } writes)
                await WriteTogetherAsync(writes);
            lock (_session)
            {
                if (_isDisposed)
                    Close();
            }
            Volatile.Write(ref _isWriting, 0);
        }
        // Who asked in between saw that somebody was writing.
        while (!_asked.IsEmpty && Interlocked.Exchange(ref _isWriting, 1) == 0);
    }

    private List<SqliteWrite> Take()
    {
        var writes = new List<SqliteWrite>();
        while (writes.Count < MostAtOnce && _asked.TryDequeue(out var write))
        {
            if (write.TryBegin())
                writes.Add(write);
        }
        return writes;
    }

    private async Task WriteTogetherAsync(List<SqliteWrite> writes)
    {
        try
        {
            await TransactAsync(writes);
        }
        catch (Exception) when (writes.Count > 1)
        {
            // One of them made the whole fail: alone, each fails or does not.
            foreach (var write in writes.Where(write => !write.Written.IsCompleted))
                await WriteTogetherAsync([write]);
        }
        catch (Exception e)
        {
            writes[0].Fail(e);
        }
    }

    private async Task TransactAsync(List<SqliteWrite> writes)
    {
        try
        {
            if (_kept is not null && !isOfToday(_kept))
                Close();
            var session = _kept ??= open();
            if (!await TryBeginAsync(session, writes))
                return;
            foreach (var write in writes)
                Make(write, session);
            session.Run("COMMIT");
        }
        catch
        {
            Close();
            throw;
        }
        foreach (var write in writes)
            write.Tell();
    }

    // False when another program held the lock for longer than any of them waits.
    private async Task<bool> TryBeginAsync(SqliteSession session, List<SqliteWrite> writes)
    {
        while (session.TryRun("BEGIN IMMEDIATE") is not 0 and var code)
        {
            if ((code & PrimaryCode) != Busy)
                session.ThrowUnlessDone(code);
            foreach (var write in writes.Where(write => Stopwatch.GetElapsedTime(write.AskedAt) >= patience).ToList())
            {
                writes.Remove(write);
                write.Fail(new SqliteException("The database is locked by another program.", Busy));
            }
            if (writes.Count == 0)
                return false;
            await Task.Delay(BetweenTries);
        }
        return true;
    }

    // What one fails with is its own, and undoes nothing of the others.
    private static void Make(SqliteWrite write, SqliteSession session)
    {
        session.Run("SAVEPOINT one");
        if (!write.TryMake(session))
        {
            // Of some faults, such as a full disk, SQLite takes everything back.
            if (!session.IsInTransaction)
                write.Throw();
            session.Run("ROLLBACK TO one");
        }
        session.Run("RELEASE one");
    }

    private void Close()
    {
        _kept?.Dispose();
        _kept = null;
    }
}
