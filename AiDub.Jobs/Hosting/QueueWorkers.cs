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
    IHostApplicationLifetime lifetime,
    ILogger<QueueWorkers> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private Task _beginning = Task.CompletedTask;
    private CancellationTokenRegistration _stopping;
    private BackgroundJobServer? _server;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // At once and not when it is this one's turn: before it the web server waits for requests that may never end.
        _stopping = lifetime.ApplicationStopping.Register(SendStop);
        // Opening the queue may block for as long as a driver is patient.
        _beginning = Task.Run(() => BeginAsync(_stopped.Token), CancellationToken.None);
        return gate.Opened.IsCompleted ? _beginning.WaitAsync(cancellationToken) : Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        SendStop();
        await _beginning.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_server is null)
            return;
        // A wait that is given up is no fault of the process, which would end by it as if it had crashed.
        await _server.WaitForShutdownAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _server?.Dispose();
        _stopped.Dispose();
    }

    private void SendStop()
    {
        _stopped.Cancel();
        _server?.SendStop();
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        await gate.Opened.WaitAsync(ct);
        while (true)
        {
            try
            {
                _server = new BackgroundJobServer(Options(), storage);
                // A stop that came while it was made found nobody to tell.
                if (ct.IsCancellationRequested)
                    _server.SendStop();
                return;
            }
            catch (Exception e) when (!ct.IsCancellationRequested && OutageRules.Of(e, Dependency.Records) is { } outage)
            {
                watch.Report(outage, e);
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
