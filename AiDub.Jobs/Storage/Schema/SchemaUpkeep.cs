using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Storage.Schema;

/// <summary>
/// Brings the record store to the version of this program once it has started: no start waits on an index of a million records.
/// </summary>
public sealed class SchemaUpkeep(
    SchemaMigration migration, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<SchemaUpkeep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What comes before the first wait would hold the start up.
        await Task.Yield();
        while (!await TryAsync(stoppingToken))
            await Task.Delay(Pause, clock, stoppingToken);
    }

    private async Task<bool> TryAsync(CancellationToken ct)
    {
        try
        {
            return await migration.RunAsync(line => log.LogInformation("{Line}", line), ct);
        }
        catch (StartRefusedException e)
        {
            log.LogCritical("This process stops: {Reason}", e.Message);
            lifetime.StopApplication();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogNotDone(e, "The indexes of the records could not be looked at; it will be tried again.");
            return false;
        }
    }
}
