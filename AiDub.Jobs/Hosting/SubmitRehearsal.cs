using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Queueing;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Telemetry;
using Hangfire;
using Hangfire.Common;
using Hangfire.InMemory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiDub.Jobs.Hosting;

/// <summary>
/// Goes through what accepting a dub goes through, so that it is compiled and prepared before the first is submitted: of the service's own
/// records nothing is changed, and the dub that is accepted is one of records and a queue that are gone afterwards.
/// </summary>
/// <param name="intake">Takes dubs in.</param>
/// <param name="scratch">Where those records are.</param>
/// <param name="filters">What the queue does to every job.</param>
public sealed class SubmitRehearsal(DubIntake intake, Scratch scratch, IJobFilterProvider filters)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Goes through it.</summary>
    /// <param name="submit">Submits one dub to what it is given; returns whether it was accepted.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>Whether the dub was accepted and queued.</returns>
    public async Task<bool> GoAsync(Func<DubSubmissions, Task<bool>> submit, CancellationToken ct)
    {
        await intake.RehearseAsync(ct);
        using var quiet = DubTelemetry.Silence();
        using var folder = scratch.Create();
        using var queue = new InMemoryStorage();
        await using var services = Services(folder.Path, queue);
        // It is queued after it was answered.
        return await submit(services.GetRequiredService<DubSubmissions>())
            && services.GetRequiredService<TurnSignal>().Wait(Patience, ct);
    }

    private ServiceProvider Services(string folder, JobStorage queue)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Data:Directory", folder)]).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(settings)
            .AddSingleton(TimeProvider.System)
            .AddRooms(settings)
            .AddQueueing()
            .AddSingleton<IDubQueue>(provider => new HangfireDubQueue(
                new BackgroundJobClient(queue, filters), queue, provider.GetRequiredService<IOptions<WorkerOptions>>()))
            .BuildServiceProvider();
    }
}
