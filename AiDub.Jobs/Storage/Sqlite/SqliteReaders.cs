using System.Collections.Concurrent;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>Connections that are read through and stay open between reads; each is used by one caller at a time.</summary>
/// <param name="isOfToday">Whether a connection is to the file that is there now.</param>
internal sealed class SqliteReaders(Func<SqliteSession, bool> isOfToday)
{
    // About as many as can read at once; who comes when all are in use opens another.
    private const int Most = 4;

    private readonly ConcurrentBag<SqliteSession> _kept = [];

    /// <summary>One that nobody uses; null where there is none.</summary>
    public SqliteSession? TryTake()
    {
        while (_kept.TryTake(out var session))
        {
            // One that was in use while the file was found gone may have been given back afterwards.
            if (isOfToday(session))
                return session;
            session.Dispose();
        }
        return null;
    }

    /// <summary>Keeps one for others, or closes it.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="isWhole">Whether what was read through it went well.</param>
    public void GiveBack(SqliteSession session, bool isWhole)
    {
        if (isWhole && isOfToday(session) && _kept.Count < Most)
            _kept.Add(session);
        else
            session.Dispose();
    }

    /// <summary>Closes those that nobody uses; those that are given back later are kept again.</summary>
    public void Close()
    {
        while (_kept.TryTake(out var session))
            session.Dispose();
    }
}
