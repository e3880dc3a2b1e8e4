using AiDub.Jobs.Hosting;
using AiDub.Jobs.Hosting.Doctor;

namespace AiDub.Tests.Jobs.Hosting;

/// <summary>Programs beside the service say in one line, as it does, that a file of settings cannot be read.</summary>
public sealed class BrokenSettingsTests
{
    private string _environment = null!;
    private string _file = null!;

    [SetUp]
    public void Break()
    {
        _environment = $"Broken{Guid.NewGuid():N}";
        _file = Path.Combine(AppContext.BaseDirectory, $"appsettings.{_environment}.json");
        File.WriteAllText(_file, "{ \"Workers\": { \"Count\": 1, } oops");
    }

    [TearDown]
    public void Remove() => File.Delete(_file);

    [Test]
    public async Task The_doctor_says_so()
    {
        var (exit, line) = await SaidAsync((args, output) => DoctorProgram.RunAsync(args, output, default));

        Assert.That(exit, Is.EqualTo(1));
        Assert.That(line, Does.StartWith("fail  settings  ").And.Contain(Path.GetFileName(_file)).And.Contain("LineNumber"));
    }

    [Test]
    public async Task Preparing_says_so()
    {
        var (exit, line) = await SaidAsync((args, output) => PrepareProgram.RunAsync(args, output, default));

        Assert.That(exit, Is.EqualTo(78));
        Assert.That(line, Does.StartWith("aidub: ").And.Contain(Path.GetFileName(_file)).And.EndWith("Correct the file."));
    }

    [Test]
    public async Task Migrating_says_so()
    {
        var (exit, line) = await SaidAsync((args, output) => MigrateProgram.RunAsync(args, output, default));

        Assert.That(exit, Is.EqualTo(78));
        Assert.That(line, Does.StartWith("aidub: ").And.Contain(Path.GetFileName(_file)).And.EndWith("Correct the file."));
    }

    private async Task<(int Exit, string Line)> SaidAsync(Func<string[], TextWriter, Task<int>> run)
    {
        using var output = new StringWriter();
        var exit = await run([$"--environment={_environment}"], output);
        return (exit, output.ToString().Trim().Split('\n').Single());
    }
}
