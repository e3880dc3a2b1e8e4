using AiDub.Domain.Errors;
using AiDub.Jobs.Hosting;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Outages;
using AiDub.Tests.Api.Fakes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MongoDB.Driver;

namespace AiDub.Tests.Jobs.Outages;

/// <summary>What a start does whose records refuse it.</summary>
public sealed class PatientStartTests
{
    [Test]
    public void Without_the_right_to_write_it_is_refused()
    {
        using var logs = LoggerFactory.Create(_ => { });
        using var watch = Watch(logs, code: 13);
        using var start = new PatientStart(new Nothing(), watch, new StartGate(), logs.CreateLogger<PatientStart>());

        Assert.That(() => start.StartAsync(default), Throws.TypeOf<MongoCommandException>().With.Property("Code").EqualTo(13));
    }

    [Test]
    public async Task A_full_disk_is_waited_for_and_said_by_its_code()
    {
        var log = new CapturedLog();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var watch = Watch(logs, code: 14031);
        var gate = new StartGate();
        using var start = new PatientStart(new Nothing(), watch, gate, logs.CreateLogger<PatientStart>());

        await start.StartAsync(default);

        Assert.That(gate.Opened.IsCompleted, Is.False);
        Assert.That(log.Entries.Select(entry => entry.Message), Has.Some.Contains("(14031)"));
        await start.StopAsync(default);
    }

    private static OutageWatch Watch(ILoggerFactory logs, int code) => new(
        [new Refusing(code)],
        Options.Create(new OutageOptions()),
        Options.Create(new LeaseOptions()),
        TimeProvider.System,
        logs.CreateLogger<OutageWatch>());

    private sealed class Refusing(int code) : IReachProbe
    {
        public Outage Of => new(Dependency.Records);

        public Task ReachAsync(CancellationToken ct) => throw MongoRefusal.Of(code);
    }

    private sealed class Nothing : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
