using AiDub.Domain.Dubbing;
using AiDub.Jobs.Storage.Sqlite;
using AiDub.Tests.Jobs.Storage;

namespace AiDub.Tests.Jobs.Dubbing.Fencing;

/// <summary>Dubs that can be edited for longer than the document of a rendering that failed is kept.</summary>
public sealed class ForgottenRenderingTests
{
    [Test]
    public async Task A_dub_is_rendered_at_once_after_a_rendering_failed_of_which_nothing_is_known_any_more()
    {
        using var data = new TestData();
        var (database, dub) = (new SqliteDatabase(data.Directory), Guid.NewGuid());
        using var bench = new FencingBench(
            new SqliteProgressStore(database), new SqliteDubTurns(database), new SqliteLeases(database),
            new SqliteDubStore(database, TimeProvider.System), new SqliteEditStore(database), new SqliteCallbackOutbox(database));
        bench.Settings.Retention.KeepEditableHours = 1000;
        await bench.AcceptAsync(Samples.Order(dub));
        await bench.RunAsync(dub);
        await bench.DeliverAsync(dub);
        await bench.EditAsync(dub);
        await bench.RunAsync(dub, failsAt: "fit");
        await bench.SweepAsync(TimeSpan.FromHours(25));
        await bench.SweepAsync(TimeSpan.FromHours(bench.Settings.Retention.KeepUnreadHours));
        Assert.That(await bench.StateAsync(dub), Is.Null, "its document is gone");

        await bench.EditAsync(dub);
        await bench.RunAsync(dub);

        Assert.That(await bench.StateAsync(dub), Is.EqualTo(DubState.Complete));
    }
}
