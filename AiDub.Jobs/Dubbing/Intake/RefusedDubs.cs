using System.Threading.Channels;
using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Outages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AiDub.Jobs.Dubbing.Intake;

/// <summary>Sees to it that dubs are not made whose submission was not answered as accepted: who sent it may well send it again.</summary>
/// <remarks>
/// Whether their documents were written is not known when their store did not answer. Then it is asked again until it does, or this process
/// ends.
/// </remarks>
public sealed class RefusedDubs(IProgressStore progress, TimeProvider clock, ILogger<RefusedDubs> log) : BackgroundService
{
    // What else is refused while so many wait is forgotten only if the store answers at once.
    private const int MostWaiting = 10_000;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly Channel<IReadOnlyList<DubOrder>> _waiting = Channel.CreateBounded<IReadOnlyList<DubOrder>>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Forgets the dubs of a request, at once where their store answers.</summary>
    public async Task ForgetAsync(IReadOnlyList<DubOrder> orders)
    {
        try
        {
            await AskAsync(orders, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.LogNotDone(e, "The documents of a request that was not accepted could not be removed; it will be tried again.");
            _waiting.Writer.TryWrite(orders);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var orders in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            if (await TryForgetAsync(orders, stoppingToken))
                continue;
            // Behind the others, in case it is the one that is wrong.
            _waiting.Writer.TryWrite(orders);
            await Task.Delay(BetweenTries, clock, stoppingToken);
        }
    }

    private async Task<bool> TryForgetAsync(IReadOnlyList<DubOrder> orders, CancellationToken ct)
    {
        try
        {
            await AskAsync(orders, ct);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogNotDone(e, "The documents of a request that was not accepted could not be removed yet.");
            return false;
        }
    }

    private Task AskAsync(IReadOnlyList<DubOrder> orders, CancellationToken ct) =>
        progress.ForgetAsync([.. orders.Select(order => DubProgress.Accept(order, clock.GetUtcNow()))], ct);
}
