using AiDub.Domain.Dubbing;
using AiDub.Jobs.Quotas;
using AiDub.Jobs.Uploads;
using AiDub.Tests.Jobs.Dubbing;
using AiDub.Tests.Jobs.Storage;
using Microsoft.Extensions.Options;

namespace AiDub.Tests.Jobs.Quotas;

public sealed class UsageMeterTests
{
    private JobBench _bench = null!;

    [SetUp]
    public void SetUp() => _bench = new JobBench();

    [TearDown]
    public void TearDown() => _bench.Dispose();

    [TestCase(0)]
    [TestCase(90)]
    public async Task The_work_of_a_dub_that_can_be_edited_counts_however_long_ago_it_was_made(int daysAgo)
    {
        var (now, objects) = (TimeProvider.System.GetUtcNow(), new InMemoryObjectStore());
        var order = Samples.Order();
        await _bench.Dubs.PutAsync(
            new DubRecord
            {
                Order = order,
                Response = Samples.Response(),
                CreatedAt = now.AddDays(-daysAgo),
                FinishedAt = now,
                EditableUntil = now.AddHours(24),
            },
            default);
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, new byte[1000]);
        await objects.PutAsync($"{ObjectKeys.Work(order.RequestId)}speech.wav", file, "audio/wav", default);
        File.Delete(file);

        var meter = new UsageMeter(_bench.Progress, _bench.Dubs, objects, Options.Create(new UploadOptions()), TimeProvider.System);

        Assert.That((await meter.MeasureAsync(order.UserId, default)).Work, Is.EqualTo(1000));
    }
}
