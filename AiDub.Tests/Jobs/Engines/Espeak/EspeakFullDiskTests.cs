using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines;
using AiDub.Jobs.Outages;

namespace AiDub.Tests.Jobs.Engines.Espeak;

public sealed class EspeakFullDiskTests
{
    [Test]
    [CancelAfter(60_000)]
    public void Speech_that_finds_no_room_tells_of_a_full_disk(CancellationToken ct)
    {
        using var host = new EngineHost(("Engines:Synthesizer", "Espeak"));
        // What is written first, before it has its name.
        File.CreateSymbolicLink(host.PathOf("1.wav.part"), "/dev/full");
        var text = string.Concat(Enumerable.Repeat("La casa es grande y el coche es rojo. ", 40));

        var error = Assert.CatchAsync(
            () => host.Get<Synthesizers>().InOrder.Single().SpeakAsync(new SpeechRequest(text, "es"), host.PathOf("1.wav"), ct));

        Assert.That(OutageRules.Of(error), Is.EqualTo(new Outage(Dependency.Storage)));
        Assert.That(Directory.GetFileSystemEntries(host.Folder), Is.Empty);
    }
}
