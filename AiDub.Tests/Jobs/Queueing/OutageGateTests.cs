using AiDub.Domain.Errors;
using AiDub.Jobs.Outages;
using AiDub.Jobs.Queueing;
using AiDub.Tests.Jobs.Dubbing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Queueing;

public sealed class OutageGateTests
{
    [TestCase(Dependency.Records, false)]
    [TestCase(Dependency.Objects, false)]
    [TestCase(Dependency.Storage, false)]
    [TestCase(Dependency.Engine, true)]
    public void Workers_take_no_dub_while_what_every_dub_needs_is_away(Dependency away, bool isOpen)
    {
        using var watch = new OutageWatch(
            [], new DubSettings(), new DubSettings(), Samples.Clock(), NullLogger<OutageWatch>.Instance);
        var gate = new OutageGate(watch);
        Assert.That(gate.IsOpen, Is.True);

        watch.Report(new Outage(away));

        Assert.That(gate.IsOpen, Is.EqualTo(isOpen));
    }
}
