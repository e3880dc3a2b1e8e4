using AiDub.Domain.Dubbing;
using AiDub.Jobs.Estimates;
using AiDub.Jobs.Storage.Sqlite;
using AiDub.Tests.Jobs.Storage;
using Microsoft.Data.Sqlite;

namespace AiDub.Tests.Jobs.Estimates;

public sealed class RecentPacesTests
{
    private TestData _data = null!;
    private TestClock _clock = null!;
    private SqliteDubStore _dubs = null!;

    [SetUp]
    public void Open()
    {
        (_data, _clock) = (new TestData(), new TestClock());
        _dubs = new SqliteDubStore(new SqliteDatabase(_data.Directory), _clock);
    }

    [TearDown]
    public void Close()
    {
        SqliteConnection.ClearAllPools();
        _data.Dispose();
    }

    [Test]
    public async Task What_another_process_made_is_known_to_this_one()
    {
        await MakeAsync(seconds: 30, duration: 60);
        await MakeAsync(seconds: 10, duration: 100);

        var paces = await new RecentPaces(new SqliteDubStore(new SqliteDatabase(_data.Directory), _clock), _clock).FindAsync(default);

        Assert.That(paces.Paces.Order(), Is.EqualTo(new[] { 0.07, 0.45 }).AsCollection.Within(1e-9));
        Assert.That(paces.TypicalSeconds, Is.EqualTo(20));
    }

    [Test]
    public async Task Renderings_and_dubs_that_share_their_work_with_others_say_nothing_of_a_whole_dub()
    {
        await MakeAsync(seconds: 1, duration: 100, Samples.Order() with { Revision = 1 });
        await MakeAsync(seconds: 1, duration: 100, Samples.Order() with { Batch = new DubBatch(Guid.NewGuid(), []) });

        var paces = await new RecentPaces(_dubs, _clock).FindAsync(default);

        Assert.That((paces.Paces.Count, paces.TypicalSeconds), Is.EqualTo((0, (double?)null)));
    }

    private Task MakeAsync(double seconds, double duration, DubOrder? order = null)
    {
        var response = Samples.Response() with { DurationSeconds = duration };
        response = response with
        {
            Report = response.Report with { Attempts = 1, StepSeconds = new Dictionary<string, double> { ["speak"] = seconds } },
        };
        var now = _clock.GetUtcNow();
        return _dubs.PutAsync(
            new DubRecord { Order = order ?? Samples.Order(), Response = response, CreatedAt = now, FinishedAt = now }, default);
    }
}
