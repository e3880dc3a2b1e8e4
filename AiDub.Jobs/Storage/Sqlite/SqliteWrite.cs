using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace AiDub.Jobs.Storage.Sqlite;

/// <summary>A change that somebody asked for and waits for.</summary>
internal abstract class SqliteWrite
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Withdrawn = 2;

    private int _state;
    private Exception? _fault;

    /// <summary>When it was asked for, as a timestamp of <see cref="Stopwatch"/>.</summary>
    public long AskedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>Ends once it is on the disk or has failed.</summary>
    public abstract Task Written { get; }

    /// <summary>Takes it in hand; false when whoever asked for it has taken it back.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    /// <summary>Takes it back, unless it is in hand.</summary>
    public void TryWithdraw(CancellationToken ct)
    {
        if (Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) == Waiting)
            Cancel(ct);
    }

    /// <summary>Makes it within the transaction that is open; false when it failed.</summary>
    public bool TryMake(SqliteSession session)
    {
        _fault = null;
        try
        {
            Make(session);
            return true;
        }
        catch (Exception e)
        {
            _fault = e;
            return false;
        }
    }

    /// <summary>Throws what it failed with.</summary>
    public void Throw() => ExceptionDispatchInfo.Throw(_fault!);

    /// <summary>Tells who waits what became of it: the transaction is on the disk.</summary>
    public void Tell()
    {
        if (_fault is { } fault)
            Fail(fault);
        else
            Succeed();
    }

    /// <summary>Tells who waits that it failed.</summary>
    public abstract void Fail(Exception fault);

    /// <summary>Runs its statement.</summary>
    protected abstract void Make(SqliteSession session);

    /// <summary>Tells who waits that it is done.</summary>
    protected abstract void Succeed();

    /// <summary>Tells who waits that it is not made.</summary>
    protected abstract void Cancel(CancellationToken ct);
}

/// <summary>A change and what it returns.</summary>
/// <param name="change">Runs its statement.</param>
internal sealed class SqliteWrite<T>(Func<SqliteSession, T> change) : SqliteWrite
{
    private readonly TaskCompletionSource<T> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _made = default!;

    /// <inheritdoc cref="SqliteWrite.Written" />
    public override Task<T> Written => _told.Task;

    public override void Fail(Exception fault) => _told.TrySetException(fault);

    protected override void Make(SqliteSession session) => _made = change(session);

    protected override void Succeed() => _told.TrySetResult(_made);

    protected override void Cancel(CancellationToken ct) => _told.TrySetCanceled(ct);
}
