using AiDub.Domain.Dubbing;
using AiDub.Domain.Ports;
using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Dubbing.Intake;
using AiDub.Jobs.Dubbing.Running;
using AiDub.Jobs.Dubbing.Steps;
using AiDub.Jobs.Estimates;
using AiDub.Jobs.Hosting;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Storage;
using AiDub.Jobs.Uploads;
using AiDub.Tests.Jobs.Dubbing.Steps;
using AiDub.Tests.Jobs.Storage;
using AiDub.Tests.StandIns;
using Hangfire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using MongoDB.Driver;

namespace AiDub.Tests.Jobs.Hosting;

/// <summary>The job, its queue and its workers as in a process of their own, on a MongoDB, with steps that a test writes.</summary>
internal sealed class MongoWorker : IAsyncDisposable
{
    private readonly IHost _host;

    private MongoWorker(IHost host) => _host = host;

    public IProgressStore Progress => Get<IProgressStore>();

    /// <summary>What the queue says of a job.</summary>
    public string? StateOf(string job)
    {
        using var connection = Get<JobStorage>().GetConnection();
        return connection.GetStateData(job)?.Name;
    }

    public DubSweeper Sweeper => Get<DubSweeper>();

    public static Task<MongoWorker> StartAsync(
        MongoTestDatabase database, TestData data, IEnumerable<IDubStep> steps, params (string Key, string Value)[] settings) =>
        StartAsync(database, data, steps, client: null, settings);

    /// <summary>Starts one; everything it asks of its MongoDB goes through the client, if there is one.</summary>
    public static async Task<MongoWorker> StartAsync(
        MongoTestDatabase database, TestData data, IEnumerable<IDubStep> steps, IMongoClient? client, (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
        [
            new("Data:Directory", data.Root),
            new("Dubbing:HeartbeatSeconds", "0.2"),
            new("Dubbing:RetrySeconds", "0.1"),
            .. database.Environment.Concat(settings).Select(s => KeyValuePair.Create(s.Item1.Replace("__", ":"), (string?)s.Item2)),
        ]);
        builder.Services.AddLogging().AddSingleton(TimeProvider.System).AddSingleton<IConfiguration>(builder.Configuration);
        builder.Services.AddOutages().AddLeases().AddStorage(builder.Configuration).AddEstimates().AddDubbing().AddUploads();
        builder.Services.AddSingleton(FakeSynthesizer.InOrder());
        if (client is not null)
            builder.Services.Replace(ServiceDescriptor.Singleton(client));
        builder.Services.RemoveAll<IDubStep>();
        foreach (var step in steps)
            builder.Services.AddSingleton(step);
        builder.Services.AddStart(builder.Configuration).AddJobQueue(builder.Configuration);
        var worker = new MongoWorker(builder.Build());
        await worker._host.StartAsync();
        return worker;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async Task<Guid> SubmitAsync()
    {
        var order = Samples.Order();
        await Get<DubIntake>().AcceptAsync([order], default);
        return order.RequestId;
    }

    public async Task<DubProgress> UntilAsync(Guid requestId, Func<DubProgress, bool> happened)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (await Progress.FindAsync(requestId, deadline.Token) is { } dub && happened(dub))
                return dub;
            await Task.Delay(20, deadline.Token);
        }
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
