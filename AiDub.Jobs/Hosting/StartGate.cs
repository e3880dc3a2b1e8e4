using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MongoDB.Driver;

namespace AiDub.Jobs.Hosting;

/// <summary>Opens once what has to be done with the records before the first dub is done.</summary>
public sealed class StartGate
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the gate opens.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Opens it.</summary>
    public void Open() => _opened.TrySetResult();
}

/// <summary>
/// Does what has to be done with the records at the start. When they are away the process starts all the same, is not ready, and does it
/// once they are back.
/// </summary>
/// <param name="start">What has to be done.</param>
/// <param name="watch">Says when the records are back.</param>
/// <param name="gate">Opened afterwards.</param>
/// <param name="log">Told that the start waits.</param>
public sealed class PatientStart(
    IHostedService start, OutageWatch watch, StartGate gate, ILogger<PatientStart> log) : IHostedService, IDisposable
{
    private static readonly Outage Records = new(Dependency.Records);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Result codes of SQLite.
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // A code of MongoDB.
    private const int Unauthorized = 13;

    private readonly CancellationTokenSource _stopped = new();
    private Task _starting = Task.CompletedTask;

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await TryAsync(isFirst: true, cancellationToken))
            return;
        log.LogWarning("{Message} This process has started, waits for them and takes no dub until they are back.", Records.Message);
        _starting = Task.Run(() => StartLaterAsync(_stopped.Token), CancellationToken.None);
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopped.CancelAsync();
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (gate.Opened.IsCompleted)
            await start.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _stopped.Dispose();

    private async Task StartLaterAsync(CancellationToken ct)
    {
        try
        {
            do
                await watch.OverAsync(Records, ct);
            while (!await TryAsync(isFirst: false, ct));
            log.LogInformation("The records are there: this process takes dubs now.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogCritical(e, "This process could not do what has to be done before the first dub; it takes none.");
        }
    }

    // Whether they answer is asked first, because the work itself may take long.
    private async Task<bool> TryAsync(bool isFirst, CancellationToken ct)
    {
        try
        {
            await ReachAsync(ct);
            await start.StartAsync(ct);
            gate.Open();
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested
            && OutageRules.Of(e, Dependency.Records) is not null
            && !(isFirst && IsForItsOperator(e)))
        {
            watch.Report(Records, e);
            return false;
        }
    }

    // A database that is damaged, or that this user cannot open or write, does not come right by waiting: the start is refused and says
    // why.
    private static bool IsForItsOperator(Exception error) =>
        error is SqliteException { SqliteErrorCode: ReadOnly or Corrupt or CannotOpen or NotADatabase }
            or MongoCommandException { Code: Unauthorized }
            or MongoWriteException { WriteError.Code: Unauthorized }
        || (error is TransientDubException { InnerException: { } cause } && IsForItsOperator(cause));

    private async Task ReachAsync(CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(Patience);
        try
        {
            await watch.ReachAsync(Records, late.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException(Records.Message, e);
        }
    }
}
