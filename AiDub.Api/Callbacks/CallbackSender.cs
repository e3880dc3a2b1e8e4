using AiDub.Api.Views;
using AiDub.Domain.Callbacks;
using AiDub.Domain.Ports;
using Microsoft.Extensions.Options;

namespace AiDub.Api.Callbacks;

/// <summary>
/// Sends the callbacks that are due. Any number of processes may: each callback is claimed by one, and by another when that one dies.
/// </summary>
internal sealed class CallbackSender(
    ICallbackOutbox outbox,
    IProgressStore progress,
    IDubStore dubs,
    CallbackBodies bodies,
    CallbackPost post,
    IOptions<CallbackOptions> options,
    TimeProvider clock,
    ILogger<CallbackSender> log) : BackgroundService
{
    // How soon a dub is looked at again that has not ended yet.
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);

    // How often callbacks are looked for that ended long ago.
    private static readonly TimeSpan Tidying = TimeSpan.FromHours(1);

    private readonly CallbackFlights _flights = new(options.Value);
    private long? _tidiedAt;

    /// <summary>
    /// Sends what is due, and what becomes due meanwhile, until nothing is and all that was sent is answered; returns how many callbacks it
    /// took up. A receiver that does not answer delays its own user's callbacks only.
    /// </summary>
    public async Task<int> SendDueAsync(CancellationToken ct)
    {
        for (var sent = 0; ;)
        {
            while (_flights.HasRoom && await ClaimAsync(ct) is { } claimed)
            {
                _flights.Begin(claimed, SendAsync(claimed, ct));
                sent++;
            }
            if (_flights.IsEmpty)
                return sent;
            // Its lease ends, and then it is sent again.
            foreach (var error in await _flights.EndedAsync(TimeSpan.FromSeconds(options.Value.PollSeconds), clock, ct))
                log.LogWarning(error, "A callback could not be sent; it will be tried again.");
            // Where there is always one on its way, this does not return.
            await TidyWhenDueAsync(ct);
        }
    }

    /// <summary>Removes the callbacks that ended longer ago than they are kept.</summary>
    public async Task TidyAsync(CancellationToken ct)
    {
        var removed = await outbox.RemoveEndedAsync(clock.GetUtcNow().AddHours(-options.Value.KeepHours), ct);
        if (removed > 0)
            log.LogInformation("{Count} callbacks were removed that had ended long ago.", removed);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsConfigured)
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.PollSeconds), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SendDueAsync(stoppingToken);
                await TidyWhenDueAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "Callbacks could not be sent; it will be tried again.");
            }
        }
    }

    private async Task TidyWhenDueAsync(CancellationToken ct)
    {
        if (_tidiedAt is { } at && clock.GetElapsedTime(at) < Tidying)
            return;
        _tidiedAt = clock.GetTimestamp();
        await TidyAsync(ct);
    }

    private Task<CallbackDelivery?> ClaimAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return outbox.ClaimDueAsync(now, now.AddSeconds(options.Value.LeaseSeconds), _flights.Busy, ct);
    }

    private async Task SendAsync(CallbackDelivery delivery, CancellationToken ct)
    {
        var running = await progress.FindAsync(delivery.RequestId, ct);
        var record = running is null ? await dubs.FindAsync(delivery.RequestId, ct) : null;
        var verdict = CallbackVerdicts.Judge(delivery, running, record);
        var ended = running is not null ? DubView.Of(running) : record is not null ? DubView.Of(record) : null;
        var now = clock.GetUtcNow();
        if (verdict == CallbackVerdict.Wait)
            await outbox.SaveAsync(delivery with { NextAt = now + SoonAgain, SetAt = now }, ct);
        else if (verdict == CallbackVerdict.Drop || ended?.Order.Callback is null)
            await outbox.RemoveAsync(delivery.RequestId, delivery.Attempt, ct);
        else
            await TellAsync(delivery, ended, ct);
    }

    private async Task TellAsync(CallbackDelivery delivery, DubView ended, CancellationToken ct)
    {
        var body = await bodies.OfAsync(ended, ct);
        var attempt = await post.SendAsync(ended.Order.Callback!.Url, delivery.EventId, body, ct);
        var next = delivery.After(attempt, Random.Shared.NextDouble());
        var level = next.State == CallbackState.GivenUp ? LogLevel.Warning : LogLevel.Information;
        log.Log(level, "Callback {EventId}, try {Try}: {State}, status {Status}, {Error}",
            delivery.EventId, next.Attempts.Count, next.State, attempt.Status, attempt.Error ?? "no error");
        await outbox.SaveAsync(next, ct);
    }
}
