using AiDub.Domain.Errors;
using AiDub.Domain.Ports;
using AiDub.Jobs.Engines;

namespace AiDub.Tests.Jobs.Engines;

/// <summary>Programs that say nothing of a disk on which their sound has no room, and end with 0.</summary>
[TestFixture("Espeak", "espeak-ng", "es")]
[TestFixture("Flite", "flite", "en")]
public sealed class CutSpeechTests(string engine, string program, string language)
{
    private const string Text = "La casa es grande y el coche es rojo, y nadie ha visto al perro que ladra toda la noche en el patio.";

    // A program that passes over SIGXFSZ is told of its limit (here 16 blocks of 512 bytes) as it would be of a full disk.
    private const string FullAt8Kb = "trap '' XFSZ; ulimit -f 16";

    [Test]
    public async Task A_text_is_spoken_whole_or_not_at_all()
    {
        using var host = new EngineHost(("Engines:Synthesizer", engine));
        await Of(host).SpeakAsync(new SpeechRequest(Text, language), host.PathOf("whole.wav"), default);
        var tool = new FakeTool(host.Folder, program, $"{FullAt8Kb}; exec {program} \"$@\"");
        using var full = new EngineHost(("Engines:Synthesizer", engine), ($"Engines:{engine}:Executable", tool.Path));

        try
        {
            await Of(full).SpeakAsync(new SpeechRequest(Text, language), full.PathOf("1.wav"), default);
        }
        catch (TransientDubException e)
        {
            Assert.That(e.Message, Does.Contain("broke off"));
            Assert.That(Directory.GetFileSystemEntries(full.Folder), Is.Empty);
            return;
        }
        Assert.That(await File.ReadAllBytesAsync(full.PathOf("1.wav")), Is.EqualTo(await File.ReadAllBytesAsync(host.PathOf("whole.wav"))));
    }

    private static ISynthesizer Of(EngineHost host) => host.Get<Synthesizers>().InOrder.Single();
}
