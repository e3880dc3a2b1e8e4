using AiDub.Domain.Ports;
using AiDub.Jobs.Hosting;
using AiDub.Tests.Jobs.Engines;

namespace AiDub.Tests.Jobs.Hosting;

public sealed class PrepareProgramTests
{
    [Test]
    public async Task What_was_prepared_is_used_as_it_is()
    {
        var folder = Directory.CreateTempSubdirectory("aidub-tests-").FullName;
        try
        {
            var said = new StringWriter();
            Assert.That(
                await PrepareProgram.RunAsync([$"--Engines:Apertium:CompiledDirectory={folder}"], said, default), Is.Zero, said.ToString());
            var compiled = Directory.GetDirectories(folder).Single();
            Assert.That(said.ToString().Trim(), Is.EqualTo($"English into Indonesian is compiled in {compiled}."));

            var before = Directory.GetLastWriteTimeUtc(folder);
            using var host = new EngineHost(("Engines:Apertium:CompiledDirectory", folder));
            Assert.That(await host.Get<ITranslator>(e => e.Name == "Apertium").TargetsAsync("en", default), Does.Contain("id"));
            Assert.That(Directory.GetLastWriteTimeUtc(folder), Is.EqualTo(before), "nothing was compiled again");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task A_folder_that_cannot_be_written_is_an_error_of_one_line()
    {
        var file = Path.GetTempFileName();
        try
        {
            var said = new StringWriter();
            Assert.That(await PrepareProgram.RunAsync([$"--Engines:Apertium:CompiledDirectory={file}"], said, default), Is.EqualTo(1));
            Assert.That(
                said.ToString().Trim().Split('\n'),
                Has.Length.EqualTo(1).And.All.StartsWith("English into Indonesian could not be compiled: "));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
