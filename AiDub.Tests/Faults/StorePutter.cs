using AiDub.Jobs.Storage;
using AiDub.Jobs.Storage.LocalFiles;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Faults;

/// <summary>A process that stores one file in the local object store, and nothing else.</summary>
internal static class StorePutter
{
    /// <summary>The path of the file; the data folder is <c>AIDUB_DATA</c>.</summary>
    public const string Variable = "AIDUB_TEST_PUT";

    public const string Key = "work/00000000-0000-4000-8000-000000000000/source";

    public static LocalObjectStore Store(DataDirectory data) =>
        new(data, new SignedUrls(data, Options.Create(new ObjectOptions()), TimeProvider.System));

    public static async Task<int> RunAsync(string path)
    {
        using var data = new DataDirectory(
            Options.Create(new DataOptions { Directory = Environment.GetEnvironmentVariable("AIDUB_DATA")! }));
        await Store(data).PutAsync(Key, path, "application/octet-stream", default);
        return 0;
    }
}
