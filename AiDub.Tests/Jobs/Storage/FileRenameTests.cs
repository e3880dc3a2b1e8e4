using AiDub.Jobs.Storage.LocalFiles;

namespace AiDub.Tests.Jobs.Storage;

public sealed class FileRenameTests
{
    [Test]
    public void What_this_user_may_not_rename_is_told_as_that() =>
        // Nobody renames there, root included.
        Assert.That(
            () => FileRename.TryReplace("/proc/self/comm", "/proc/self/cmdline"),
            Throws.InstanceOf<UnauthorizedAccessException>().With.Message.Contains("/proc/self/cmdline"));
}
