using AiDub.Domain.Dubbing;

namespace AiDub.Tests.Domain.Dubbing;

public sealed class UploadKeyTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public void The_key_of_an_upload_is_known_whoever_it_is_of()
    {
        var keys = new[] { 51L, -1, (long?)null }.Select(user => ObjectKeys.Upload(Day, user, Guid.NewGuid()));

        Assert.That(keys.Select(ObjectKeys.IsUpload), Is.All.True);
    }

    [TestCase("uploads/2026-11-25/51/a")]
    [TestCase("uploads/2026-11-25/51/52/0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90")]
    [TestCase("uploads/2026-11-25/../0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90")]
    [TestCase("uploads/soon/0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90")]
    [TestCase("uploads/2026-11-25/")]
    [TestCase("results/51/0b9f6c1e-5d0a-4c0e-9a53-2f4b1c7d8e90")]
    [TestCase("")]
    public void No_other_key_is_taken_for_one(string key) => Assert.That(ObjectKeys.IsUpload(key), Is.False);
}
