using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Queueing;
using Hangfire;
using Hangfire.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting;

/// <summary>The workers of this process: they begin once the start's work is done and the queue can be opened.</summary>
internal sealed class QueueWorkers(
    JobStorage storage,
    JobActivator activator,
    IJobFilterProvider filters,
    StartGate gate,
    OutageWatch watch,
    IOptions<WorkerOptions> options,
    ILogger<QueueWorkers> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private Task _beginning = Task.CompletedTask;
    private BackgroundJobServer? _server;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Opening the queue may block for as long as a driver is patient.
        _beginning = Task.Run(() => BeginAsync(_stopped.Token), CancellationToken.None);
        return gate.Opened.IsCompleted ? _beginning.WaitAsync(cancellationToken) : Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopped.CancelAsync();
        await _beginning.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_server is null)
            return;
        _server.SendStop();
        await _server.WaitForShutdownAsync(cancellationToken);
    }

    public void Dispose()
    {
        _server?.Dispose();
        _stopped.Dispose();
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        await gate.Opened.WaitAsync(ct);
        while (true)
        {
            try
            {
                _server = new BackgroundJobServer(Options(), storage);
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested && OutageRules.Of(e, Dependency.Records) is { } outage)
            {
                watch.Report(outage);
                log.LogInformation("The queue cannot be opened yet: {Reason}", outage.Message);
                await watch.OverAsync(outage, ct);
            }
        }
    }

    private BackgroundJobServerOptions Options() => new()
    {
        Activator = activator,
        FilterProvider = filters,
        WorkerCount = options.Value.Count,
        Queues = options.Value.QueuesInOrder,
        ShutdownTimeout = TimeSpan.FromSeconds(options.Value.ShutdownSeconds),
        // Nothing is scheduled: what waits for its next try is offered from then on.
        SchedulePollingInterval = TimeSpan.FromMinutes(1),
    };
}
