using AiDub.Jobs.Storage;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Storage;

/// <summary>A data folder of a test's own, gone when it is disposed.</summary>
internal sealed class TestData : IDisposable
{
    public TestData()
    {
        Root = System.IO.Directory.CreateTempSubdirectory("aidub-test-").FullName;
        Directory = new DataDirectory(Options.Create(new DataOptions { Directory = Root }));
    }

    public string Root { get; }

    public DataDirectory Directory { get; }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        Directory.Dispose();
        System.IO.Directory.Delete(Root, recursive: true);
    }
}
