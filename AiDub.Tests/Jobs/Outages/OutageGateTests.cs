using AiDub.Domain.Errors;
using AiDub.Jobs.Dubbing;
using AiDub.Jobs.Outages;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Outages;

public sealed class OutageGateTests
{
    [TestCase(Dependency.Records, false)]
    [TestCase(Dependency.Objects, false)]
    [TestCase(Dependency.Storage, false)]
    [TestCase(Dependency.Engine, true)]
    public void Workers_take_no_dub_while_what_every_dub_needs_is_away(Dependency away, bool isOpen)
    {
        using var watch = new OutageWatch(
            [], Microsoft.Extensions.Options.Options.Create(new DubbingOptions()), new TestClock(), NullLogger<OutageWatch>.Instance);
        var gate = new OutageGate(watch);
        Assert.That(gate.IsOpen, Is.True);

        watch.Report(new Outage(away));

        Assert.That(gate.IsOpen, Is.EqualTo(isOpen));
    }
}
