using AiDub.Domain.Errors;
using AiDub.Jobs.Storage;
using AiDub.Tests.Api.Fakes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiDub.Tests.Jobs.Storage;

public sealed class ScratchTests
{
    private TestData _data = null!;

    private string Root => Path.Combine(_data.Root, "scratch");

    [SetUp]
    public void Open() => _data = new TestData();

    [TearDown]
    public void Close() => _data.Dispose();

    [Test]
    public void A_folder_is_gone_with_its_content_when_its_attempt_ends()
    {
        using (var folder = new Scratch(_data.Directory).Create())
            File.WriteAllText(Path.Combine(folder.Path, "half.wav"), "x");

        Assert.That(Directory.EnumerateFileSystemEntries(Root), Is.Empty);
    }

    // Nobody makes a file in the first, root included; the second is not there, as a disk that is not mounted.
    [TestCase("/proc/self")]
    [TestCase("/proc/none")]
    public void A_folder_of_attempts_that_cannot_be_written_to_is_found_by_the_look_for_room(string elsewhere)
    {
        Directory.CreateSymbolicLink(Root, elsewhere);

        Assert.That(
            () => _data.Directory.ProbeAsync(default), Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
    }

    [Test]
    public void A_folder_of_attempts_that_nobody_may_write_to_is_waited_for_as_room_on_the_disk_is()
    {
        // Nobody makes a file there, root included.
        Directory.CreateSymbolicLink(Root, "/sys");

        Assert.That(
            () => new Scratch(_data.Directory).Create(),
            Throws.TypeOf<TransientDubException>().With.Property("Outage").EqualTo(new Outage(Dependency.Storage)));
    }

    [Test]
    public void What_a_killed_process_left_is_cleared_and_what_a_living_one_uses_is_not()
    {
        Directory.CreateDirectory(Path.Combine(Root, "dead"));
        File.WriteAllText(Path.Combine(Root, "dead", "half.wav"), "x");
        File.WriteAllText(Path.Combine(Root, "dead.lock"), "");
        File.WriteAllText(Path.Combine(Root, "stillborn.lock"), "");
        Directory.CreateDirectory(Path.Combine(Root, "older"));
        using var living = new Scratch(_data.Directory).Create();
        File.WriteAllText(Path.Combine(living.Path, "half.wav"), "x");

        new Scratch(_data.Directory).ClearOrphans(NullLogger.Instance);

        Assert.That(
            Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories),
            Is.EquivalentTo([living.Path, living.Path + ".lock", Path.Combine(living.Path, "half.wav")]));
    }

    [Test]
    public void What_is_left_and_cannot_be_removed_is_said_once_and_stops_no_start()
    {
        // Nobody makes a file there, root included; there are folders.
        Directory.CreateSymbolicLink(Root, "/sys");
        using var log = new CapturedLog();

        new Scratch(_data.Directory).ClearOrphans(log.CreateLogger(""));

        Assert.That(
            log.Entries.Where(e => e.Message.Contains(Root, StringComparison.Ordinal)).Select(e => e.Level),
            Is.EqualTo([LogLevel.Warning]));
    }
}
