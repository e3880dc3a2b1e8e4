using AiDub.Domain.Errors;
using AiDub.Jobs.Leases;
using AiDub.Jobs.Outages;
using AiDub.Tests.Api.Fakes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Outages;

/// <summary>What whoever runs the service is told of an outage.</summary>
public sealed class OutageWatchTests
{
    [Test]
    public void An_outage_is_said_with_the_code_that_the_server_gave_and_not_in_its_words()
    {
        var refusal = MongoRefusal.Of(13, "Unauthorized", "not authorized: ryan");
        var log = new CapturedLog();
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var watch = new OutageWatch(
            [], Options.Create(new OutageOptions()), Options.Create(new LeaseOptions()), TimeProvider.System,
            logs.CreateLogger<OutageWatch>());

        watch.Report(new TransientDubException("The records cannot be reached.", refusal) { Outage = new Outage(Dependency.Records) });

        var said = log.Entries.First().Message;
        Assert.That(said, Does.Contain("The records cannot be reached").And.Contain("Unauthorized (13)").And.Not.Contain("ryan"));
    }
}
