using System.Diagnostics;
using AiDub.Tests.EndToEnd;
using AiDub.Tests.Jobs.Storage;

namespace AiDub.Tests.Faults;

/// <summary>kill -9 of a process that has copied half a file into the object store, from another file system, and not renamed it.</summary>
[TestFixture]
public sealed class KilledPutTests
{
    [Test]
    public async Task A_put_that_is_killed_before_the_rename_leaves_no_object_and_after_the_next_start_nothing()
    {
        if (TemporaryFolder.OnAnotherFileSystem is not { } elsewhere)
        {
            Assert.Ignore("There is only one file system here.");
            return;
        }
        using var data = new TestData();
        var objects = Path.Combine(elsewhere, $"aidub-{Guid.NewGuid():N}");
        Directory.CreateDirectory(objects);
        Directory.CreateSymbolicLink(data.Directory.File("objects"), objects);
        // It ends when the test says so, and the copy with it.
        var pipe = Path.Combine(data.Root, "pipe");
        using (var make = Process.Start("mkfifo", [pipe]))
            await make.WaitForExitAsync();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "AiDub.Tests.dll")]);
        start.Environment[StorePutter.Variable] = pipe;
        start.Environment["AIDUB_DATA"] = data.Root;
        using var process = Process.Start(start)!;
        await using (
            var half = await Task.Run(() => new FileStream(pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)))
        {
            await half.WriteAsync(new byte[200_000]);
            await DubServer.UntilAsync(
                "half of it is copied", () => Task.FromResult(Copies(objects).Any(copy => new FileInfo(copy).Length > 0)));

            process.Kill();
            await process.WaitForExitAsync();
        }
        var store = StorePutter.Store(data.Directory);
        Assert.That(await store.SizeAsync(StorePutter.Key, default), Is.Null);
        Assert.That(await store.ListAsync("", default), Is.Empty);
        Assert.That(Copies(objects), Is.Not.Empty, "it was killed between the two");

        store.Folder.ClearUnfinished();

        Assert.That(Directory.EnumerateFiles(objects, "*", SearchOption.AllDirectories), Is.Empty);
        Directory.Delete(objects, recursive: true);
    }

    private static IEnumerable<string> Copies(string objects) =>
        Directory.Exists(Path.Combine(objects, ".incoming")) ? Directory.EnumerateFiles(Path.Combine(objects, ".incoming")) : [];
}
