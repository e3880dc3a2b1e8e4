using AiDub.Api.Page;
using Microsoft.Extensions.FileProviders;

namespace AiDub.Tests.Api.Page;

/// <summary>What is made of a file is made once, whoever asks and however.</summary>
public sealed class CompressedFilesTests
{
    private string _folder = null!;
    private PhysicalFileProvider _files = null!;

    [SetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("aidub-twins-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, "page"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "page", "main.js"), "let nothing = 0;");
        _files = new PhysicalFileProvider(_folder);
    }

    [TearDown]
    public void Stop()
    {
        _files.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void A_file_is_compressed_once_however_its_path_is_written()
    {
        var made = 0;
        var smaller = new CompressedFiles(_files, null, body =>
        {
            made++;
            return body[1..];
        });

        string[] paths = ["/page/main.js", "/page//main.js", "//page/main.js", "/page/./main.js"];

        Assert.That(paths.Select(path => smaller.GetFileInfo(path).Length), Is.All.EqualTo(15));
        Assert.That(made, Is.EqualTo(1));
    }

    [Test]
    public void One_that_could_not_be_read_is_tried_again()
    {
        var tries = 0;
        var smaller = new CompressedFiles(_files, null, body => tries++ == 0 ? throw new IOException("too many open files") : body[1..]);
        Assert.That(() => smaller.GetFileInfo("/page/main.js"), Throws.InstanceOf<IOException>());

        Assert.That(smaller.GetFileInfo("/page/main.js").Exists, Is.True);
    }

    [Test]
    public async Task One_that_was_changed_is_made_anew()
    {
        var smaller = new CompressedFiles(_files, null, body => body[1..]);
        Assert.That(smaller.GetFileInfo("/page/main.js").Length, Is.EqualTo(15));

        await File.WriteAllTextAsync(Path.Combine(_folder, "page", "main.js"), "let more = 1000000;");

        Assert.That(smaller.GetFileInfo("/page/main.js").Length, Is.EqualTo(18));
    }
}
