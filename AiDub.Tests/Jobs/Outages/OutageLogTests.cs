using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using AiDub.Tests.Api.Fakes;
using Microsoft.Extensions.Logging;

namespace AiDub.Tests.Jobs.Outages;

public sealed class OutageLogTests
{
    [Test]
    public void Only_what_is_no_outage_is_a_warning()
    {
        var log = new CapturedLog();
        using var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        var logger = logs.CreateLogger("test");

        logger.LogNotDone(new TransientDubException("away") { Outage = new Outage(Dependency.Records) }, "It was not removed.");
        logger.LogNotDone(new InvalidOperationException("a fault"), "It was not removed.");

        Assert.That(log.Entries.Select(e => e.Level), Is.EqualTo(new[] { LogLevel.Debug, LogLevel.Warning }));
    }
}
