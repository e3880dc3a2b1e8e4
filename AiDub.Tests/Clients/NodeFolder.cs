using System.Diagnostics;
using AiDub.Tests.Documents;

namespace AiDub.Tests.Clients;

/// <summary>A temporary folder in which programs of an npm folder of <c>.tools</c> run.</summary>
internal sealed class NodeFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("aidub-node-").FullName;

    /// <summary>A folder with the packages that <c>./aidub test</c> installs as <paramref name="tools"/>.</summary>
    public NodeFolder(string tools)
    {
        var packages = Repository.File($".tools/{tools}/node_modules");
        Assert.That(Directory.Exists(packages), Is.True, $"the npm packages of {tools} are not installed: run ./aidub test once.");
        Directory.CreateSymbolicLink(File("node_modules"), packages);
    }

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => Path.Combine(_path, name);

    /// <summary>Writes a file into it.</summary>
    public Task WriteAsync(string name, string text) => System.IO.File.WriteAllTextAsync(File(name), text);

    /// <summary>Copies a file of the repository into it.</summary>
    public void Take(string file) => System.IO.File.Copy(Repository.File(file), File(Path.GetFileName(file)));

    /// <summary>Runs a program in it and returns what it said; one that fails fails the test.</summary>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        var (exit, output, error) = await TryRunAsync(program, arguments);
        Assert.That(exit, Is.Zero, $"{program}:\n{output}{error}");
        return output;
    }

    /// <summary>Runs a program in it: its exit code, and what it said.</summary>
    public async Task<(int Exit, string Output, string Error)> TryRunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [program, .. arguments])
        {
            WorkingDirectory = _path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Nothing of a test leaves this machine.
            Environment = { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true", ["NO_COLOR"] = "1" },
        };
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, output[0], output[1]);
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
