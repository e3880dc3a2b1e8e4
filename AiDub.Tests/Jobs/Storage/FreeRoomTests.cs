using AiDub.Jobs.Storage;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Storage;

public sealed class FreeRoomTests
{
    [Test]
    public void A_file_system_with_less_room_than_must_stay_free_is_short()
    {
        using var data = new TestData();

        Assert.That(Of(data.Root, atLeast: 1L << 40).IsShort(), Is.True);
        Assert.That(Of(data.Root, atLeast: 1).IsShort(), Is.False);
        Assert.That(Of(data.Root, atLeast: 1).IsShort(more: 1L << 50), Is.True);
    }

    [Test]
    public void A_file_system_that_does_not_say_how_large_it_is_is_not_taken_for_full()
    {
        // Its size is 0, as that of some network and FUSE mounts.
        Assert.That(new DriveInfo("/proc/self").TotalSize, Is.Zero);

        Assert.That(Of("/proc/self", atLeast: 1).IsShort(more: 1), Is.False);
    }

    private static FreeRoom Of(string folder, long atLeast)
    {
        var options = Options.Create(new DataOptions { Directory = folder, MinFreeBytes = atLeast });
        return new FreeRoom(new DataDirectory(options), options);
    }
}
